import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreateInstanceDeps } from '../../../src/commands/createInstance.ts';
import { createInstance } from '../../../src/commands/createInstance.ts';
import type { WayOn } from '../../../src/commands/retirementGuide.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { ServiceError } from '../../../src/domain/errors.ts';
import type { Explanation } from '../../../src/domain/explanation.ts';
import { checkSettings } from '../../../src/domain/settings.ts';
import type { Settlement } from '../../../src/instances/creation.ts';
import type { CreateOperation } from '../../../src/instances/operation.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryLog, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { catalogWith, memoryDesk } from '../../support/world.ts';

const way: readonly Move[] = [
  { choose: 'Serverless' },
  { choose: 'ap-shanghai' },
  { choose: 'ap-shanghai-2' },
  { type: 'demo' },
  { choose: '10.4' },
  { choose: 'UTF8' },
  { choose: 'No VPC' },
  { choose: 'Default project' },
  { choose: 'No tags' },
];

const instance = instanceWith({ name: 'demo' });

function world(
  moves: readonly Move[],
  settle: (plan: CreatePlan) => Settlement['kind'],
  more: {
    press?: readonly string[];
    explanation?: Explanation;
    signIn?: boolean;
    ways?: readonly WayOn[];
    agrees?: readonly boolean[];
    candidates?: readonly string[];
  } = {},
) {
  const ways = [...(more.ways ?? [])];
  const agrees = [...(more.agrees ?? [])];
  const guided: string[] = [];
  const person = scriptedPrompter<Answers>(moves);
  const messages = memoryMessages(more.press);
  const clipboard = memoryClipboard();
  const sent: CreatePlan[] = [];
  const ready: string[] = [];
  const chosen: string[] = [];
  const closed: string[] = [];
  const remembered: string[] = [];
  const explanation: Explanation = more.explanation ?? {
    kind: 'input',
    meaning: 'This zone has no serverless.',
    next: ['pickAnotherZone'],
    field: 'zone',
    serviceWords: 'OperationDenied.NotSupportZoneError: no',
    requestId: 'req-7',
  };
  const deps: CreateInstanceDeps = {
    catalog: catalogWith(),
    service: () => ({ findByName: () => Promise.resolve(undefined) }),
    retirements: { of: () => undefined },
    recheck: () => Promise.resolve(),
    guide: (offering, name) => {
      guided.push(`${offering} ${name}`);
      return Promise.resolve(ways.shift() ?? { kind: 'stop' });
    },
    agreed: () => Promise.resolve(agrees.shift() ?? true),
    creation: {
      create(accountId, { plan }) {
        sent.push(plan);
        const { offering, name, region, zone } = plan;
        const operation: CreateOperation = {
          id: `op-${String(sent.length)}`,
          kind: 'create',
          accountId,
          offering,
          name,
          region,
          zone,
          plan,
          state: 'working',
          startedAt: 0,
          ...(more.candidates === undefined ? {} : { candidates: more.candidates }),
        };
        const kind = settle(plan);
        if (kind === 'usable') return Promise.resolve({ kind, operation, instance });
        if (kind === 'tooLong') return Promise.resolve({ kind, operation });
        return Promise.resolve({ kind, operation, explanation });
      },
    },
    journal: {
      remove: (operations) => {
        closed.push(...operations.map(({ id }) => id));
        return Promise.resolve(closed);
      },
    },
    account: () => Promise.resolve({ id: '1000', label: '1000' }),
    signIn: () => Promise.resolve(more.signIn ?? false),
    settings: () => checkSettings(() => undefined).settings,
    recent: () => [],
    remember: ({ name }) => Promise.resolve(void remembered.push(name)),
    request: ({ region }) =>
      Promise.resolve({ action: 'CreateServerlessDBInstance', version: '2017-03-12', region, body: {} }),
    ask: (heading, question, answers, position) => person.ask(heading, question, answers, position),
    explain: () => explanation,
    desk: memoryDesk(messages, clipboard),
    messages,
    progress: (_title, work) => work(() => undefined),
    clipboard,
    ready: ({ name }) => Promise.resolve(void ready.push(name)),
    choose: ({ id }) => Promise.resolve(void chosen.push(id)),
    random: () => 0,
    randomInt: () => 0,
    signal: new AbortController().signal,
    log: memoryLog(),
  };
  return { run: createInstance(deps), person, messages, clipboard, sent, ready, chosen, closed, remembered, guided };
}

test('confirmed answers are sent once and the instance is announced when it runs', async () => {
  const { run, sent, ready, remembered, messages } = world([...way, { choose: 'Create' }], () => 'usable');
  await run();
  assert.equal(sent.length, 1);
  assert.equal(sent[0]?.name, 'demo');
  assert.deepEqual([ready, remembered, messages.shown], [['demo'], ['demo'], []]);
});

test('Escape at the review sends nothing and says nothing', async () => {
  const { run, sent, messages } = world([...way, 'escape'], () => 'usable');
  await run();
  assert.deepEqual([sent, messages.shown], [[], []]);
});

test('a refusal is shown once with the words of the service, and Try Again reopens the review at the wrong line', async () => {
  const { run, sent, closed, messages, person } = world(
    [
      ...way,
      { choose: 'Create' },
      'enter',
      { choose: 'Use "ap-shanghai-3"', typed: 'ap-shanghai-3' },
      { choose: 'Create' },
    ],
    (plan) => (plan.zone === 'ap-shanghai-3' ? 'usable' : 'failed'),
    { press: ['Try Again'] },
  );
  await run();
  assert.equal(messages.shown.length, 1);
  assert.match(
    messages.shown[0] ?? '',
    /Cannot create "demo": This zone has no serverless\..*NotSupportZoneError.*req-7.*\[Try Again, Copy Request ID\]/,
  );
  assert.deepEqual(
    sent.map(({ zone, name }) => [zone, name]),
    [
      ['ap-shanghai-2', 'demo'],
      ['ap-shanghai-3', 'demo'],
    ],
  );
  assert.deepEqual(closed, ['op-1']);
  assert.equal(person.left(), 0);
});

test('a refusal that is only closed ends the command and stays in the tree', async () => {
  const { run, sent, closed } = world([...way, { choose: 'Create' }], () => 'failed');
  await run();
  assert.equal(sent.length, 1);
  assert.deepEqual(closed, []);
});

test('the request id of a refusal can be copied', async () => {
  const { run, clipboard } = world([...way, { choose: 'Create' }], () => 'failed', { press: ['Copy Request ID'] });
  await run();
  assert.equal(clipboard.text(), 'req-7');
});

test('refused keys lead straight into sign-in and back to the review', async () => {
  let first = true;
  const { run, sent, messages } = world(
    [...way, { choose: 'Create' }, { choose: 'Create' }],
    () => (first ? ((first = false), 'failed') : 'usable'),
    { explanation: { kind: 'credentials', meaning: 'Unknown key.', next: ['signIn'] }, signIn: true },
  );
  await run();
  assert.equal(sent.length, 2);
  assert.deepEqual(messages.shown, []);
});

test('an instance that takes long is not called ready', async () => {
  const { run, ready, messages } = world([...way, { choose: 'Create' }], () => 'tooLong');
  await run();
  assert.deepEqual(ready, []);
  assert.match(messages.shown[0] ?? '', /^warning: Instance "demo" is still being made/);
});

test('the request can be copied as JSON from the review', async () => {
  const { run, clipboard } = world([...way, { choose: 'Copy request as JSON' }, 'escape'], () => 'usable');
  await run();
  assert.deepEqual(JSON.parse(clipboard.text()), {
    action: 'CreateServerlessDBInstance',
    version: '2017-03-12',
    region: 'ap-shanghai',
    body: {},
  });
});

test('a service error keeps its code and request id', () => {
  const error = new ServiceError({ action: 'A', region: 'r', code: 'X.Y', message: 'm', requestId: 'q' });
  assert.deepEqual([error.name, error.code, error.requestId], ['ServiceError', 'X.Y', 'q']);
});

const withdrawn: Explanation = {
  kind: 'retired',
  meaning: 'Withdrawn.',
  next: [],
  serviceWords: 'ActionOffline: gone',
};

test('a kind that is withdrawn is carried over to its heir: only what that one needs more is asked', async () => {
  const { run, person, guided, closed } = world([...way, { choose: 'Create' }, 'escape'], () => 'failed', {
    explanation: withdrawn,
    ways: [{ kind: 'heir', offering: 'provisioned' }],
  });
  await run();
  assert.deepEqual(guided, ['serverless demo']);
  assert.deepEqual(closed, ['op-1'], 'the record of the withdrawn one goes');
  assert.equal(person.seen.at(-1)?.key, 'version', 'region, zone and name are answered');
});

test('elsewhere the answers that belong to the account are asked anew, the others stay', async () => {
  const { run, person, sent } = world(
    [...way, { choose: 'Create' }, { choose: 'No VPC' }, { choose: 'Default project' }, { choose: 'Create' }],
    (plan) => (plan.name === 'demo' && first() ? 'failed' : 'usable'),
    { explanation: withdrawn, ways: [{ kind: 'elsewhere' }] },
  );
  let calls = 0;
  function first(): boolean {
    return (calls += 1) === 1;
  }
  await run();
  assert.equal(sent.length, 2);
  assert.deepEqual(
    person.seen.slice(-3).map(({ key }) => key),
    ['vpc', 'project', 'review'],
  );
});

test('whoever does not agree to the price is back at the review, and nothing was sent', async () => {
  const { run, sent, person } = world([...way, { choose: 'Create' }, { choose: 'Create' }], () => 'usable', {
    agrees: [false, true],
  });
  await run();
  assert.equal(sent.length, 1);
  assert.equal(person.left(), 0);
});

test('a create that a person can settle offers to choose, and one that nobody can does not', async () => {
  const explanation: Explanation = { kind: 'service', meaning: 'More than one.', next: [] };
  const candidates = ['postgres-1', 'postgres-2'];
  for (const [more, button] of [
    [{ candidates }, '[Choose Instance...]'],
    [{}, '[]'],
  ] as const) {
    const { run, chosen, messages, sent } = world([...way, { choose: 'Create' }], () => 'unsettled', {
      press: ['Choose Instance...'],
      explanation,
      ...more,
    });
    await run();
    assert.equal(messages.shown.length, 1);
    assert.ok(messages.shown[0]?.endsWith(`"demo" was created: More than one. ${button}`), messages.shown[0]);
    assert.deepEqual([chosen, sent.length], [button === '[]' ? [] : ['op-1'], 1]);
  }
});
