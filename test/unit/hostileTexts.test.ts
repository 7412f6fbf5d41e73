/** Texts that mean harm, through everything that makes words, rows, documents or files of what comes from outside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../src/api/explain.ts';
import { failureText } from '../../src/commands/failure.ts';
import { connectionFormats } from '../../src/domain/connectionFormats.ts';
import { uriOf } from '../../src/domain/connectionUri.ts';
import { setVariable } from '../../src/domain/envFile.ts';
import { ServiceError } from '../../src/domain/errors.ts';
import { pgsqlLink, sqltoolsConnection } from '../../src/domain/handOver.ts';
import { instanceDocument, instanceJson } from '../../src/domain/instanceDocument.ts';
import { inMessage, inRow, inTerminal, inTree } from '../../src/domain/places.ts';
import { psqlEnvironment } from '../../src/domain/psql.ts';
import { Secret } from '../../src/domain/secret.ts';
import { activityNodes, describeActivity } from '../../src/tree/activity.ts';
import { describeNode } from '../../src/tree/describeNode.ts';
import { childrenOf, rootNodes, type TreeNode } from '../../src/tree/nodes.ts';
import type { NodeView } from '../../src/tree/nodeView.ts';
import { shorten } from '../../src/wizard/rows.ts';
import { instanceWith } from '../support/instances.ts';
import { targetWith } from '../support/targets.ts';
import { accountWith, operationWith, stateWith } from '../support/treeStates.ts';
import { withContents } from './tree/contentsStates.ts';

const secret = new Secret('Known-Secret-1');

const hostile: Readonly<Record<string, string>> = {
  'a command link': '[click](command:workbench.action.terminal.sendSequence?%7B%7D)',
  'a web link in Markdown': '![x](https://example.com/pixel.png)',
  'an icon': '$(flame) $(loading~spin)',
  'marks that reverse text': 'safe\u202Egnp.exe\u2066',
  'an escape of terminals': '\u001B]0;title\u0007\u001B[2J\u009B31m',
  'line breaks': 'one\r\nrm -rf ~\u2028\u2029\u0085two',
  'a shell': '"; $(reboot) `reboot` && reboot #\'\\',
  HTML: '<img src=x onerror=alert(1)><b>b</b>',
  'a comment that ends': '*/ // "x": 1 },',
  'half a character': '\uD800',
  'a very long text': 'w'.repeat(100_000),
  'a known secret': `it was ${secret.reveal()}!`,
};

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function explanationOf(text: string) {
  return explain(
    new ServiceError({ action: 'CreateInstances', region: 'r', code: 'InternalError', message: text, requestId: text }),
  );
}

function everyRow(nodes: readonly TreeNode[]): NodeView[] {
  return nodes.flatMap((node) => [describeNode(node), ...everyRow(childrenOf(node))]);
}

function instanceOf(text: string) {
  return instanceWith({
    name: text,
    status: text,
    zone: text,
    version: text,
    specCode: text,
    chargeType: text,
    createdAt: text,
    addresses: [{ kind: text, host: text, port: 5432, status: text }],
    tags: [{ key: text, value: text }],
  });
}

function rowsOf(text: string): NodeView[] {
  const explanation = explanationOf(text);
  const operations = (['failed', 'working'] as const).map((state) =>
    operationWith({ id: state, name: text, subject: text, state, explanation, requestId: text, instanceId: text }),
  );
  const state = stateWith({
    accounts: [
      accountWith({
        label: text,
        source: text,
        regions: [
          { region: 'ap-guangzhou', instances: [instanceOf(text)] },
          { region: text, instances: [], failure: explanation },
        ],
      }),
    ],
    operations,
  });
  const contents = {
    accounts: { kind: 'rows', rows: [{ name: text, type: text, ready: true, remark: text }] },
    databases: { kind: 'rows', rows: [{ name: text, owner: text, encoding: text }] },
  } as const;
  return [
    ...everyRow(rootNodes(withContents(state, contents))),
    ...activityNodes({ operations, now: 0, accounts: new Map([[accountWith().accountId, text]]) }).map(
      describeActivity,
    ),
  ];
}

for (const [what, text] of Object.entries(hostile)) {
  test(`${what} is harmless in every row of the trees`, () => {
    const rows = rowsOf(text);
    assert.ok(rows.length > 15);
    for (const { label, description = '', tooltip = '', accessibilityLabel } of rows) {
      for (const shown of [label, description, accessibilityLabel, ...tooltip.split('\n')]) {
        assert.doesNotMatch(shown, unseen);
        assert.ok(shown.length < 4_000, String(shown.length));
        assert.ok(!shown.includes(secret.reveal()));
        assert.doesNotMatch(inTree(shown), /\]\(|\$\(/);
      }
    }
  });

  test(`${what} is harmless in messages, rows of lists and the name of a terminal`, () => {
    const words = failureText(`Cannot create "${text}"`, explanationOf(text));
    for (const shown of [inMessage(words), inRow(shorten(text)), inTerminal(text)]) {
      assert.doesNotMatch(shown.replaceAll('\n', ' '), unseen);
      assert.ok(shown.length <= 5_000);
      assert.ok(!shown.includes(secret.reveal()));
    }
    assert.ok(!inMessage(words).includes(']('));
    for (const shown of [inRow(shorten(text)), inTerminal(text)]) assert.ok(!shown.includes('$('));
    assert.ok(!inTerminal(text).includes('\n'));
  });

  test(`${what} is a value in documents, and nothing else of them`, () => {
    const facts = { instance: instanceOf(text), access: { accounts: [{ user: text }], databases: [text] } };
    const json = instanceJson(facts);
    assert.doesNotMatch(json.replaceAll('\n', ''), unseen);
    const usual = instanceJson({ instance: instanceOf('x'), access: { accounts: [{ user: 'x' }], databases: ['x'] } });
    assert.equal(json.split('\n').length, usual.split('\n').length, 'it begins no line');
    const document = instanceDocument(facts, { account: text, project: text, passwordKept: false, problem: text });
    assert.doesNotMatch(document.replaceAll('\n', ''), unseen);
    const withoutComments = document.replaceAll(/^\s*\/\/.*$/gm, '');
    assert.deepEqual(JSON.parse(withoutComments), JSON.parse(json));
  });

  test(`${what} is a name in what is copied, written and handed over, and nothing else of it`, () => {
    const target = targetWith({ host: text, user: text, database: text, instance: { id: 'postgres-1', name: text } });
    for (const { id, write } of connectionFormats()) {
      const copied = String(write(target, false));
      assert.doesNotMatch(copied.replaceAll('\n', ''), unseen, id);
      if (id !== 'node') assert.ok(!copied.includes('\n'), `${id} is one line`);
      if (id !== 'node' && id !== 'libpq') assert.doesNotMatch(copied, /[`$'\\;|<>]|&&/, id);
    }
    const { edit } = setVariable('A=1\n', 'URL', uriOf(target, { scheme: 'postgresql', password: 'p' }));
    assert.match(edit.text, /^URL=[\w.%:/@[\]?=&-]+\n$/);
    for (const [name, value] of Object.entries(psqlEnvironment(target))) {
      if (typeof value === 'string') assert.ok(!value.includes('\0'), name);
    }
    assert.match(pgsqlLink(target).query, /^[\w.%=&-]+$/);
    assert.doesNotMatch(String(sqltoolsConnection(target)['name']), unseen);
  });
}
