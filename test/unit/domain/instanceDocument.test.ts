import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstanceAccess } from '../../../src/domain/instance.ts';
import { instanceDocument, instanceJson, type DocumentNotes } from '../../../src/domain/instanceDocument.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anyInstance, anyText, instanceWith, plain } from '../../support/instances.ts';

const notes: DocumentNotes = { account: 'dev', passwordKept: false };
const password = 'hunter2-3f1c';

const anyAccess: fc.Arbitrary<InstanceAccess> = fc.record(
  {
    instance: anyInstance,
    accounts: fc.array(
      fc.record({ user: anyText, password: fc.constant(new Secret(password)) }, { requiredKeys: ['user'], ...plain }),
    ),
    databases: fc.array(anyText),
  },
  plain,
);

const anyNotes: fc.Arbitrary<DocumentNotes> = fc.record(
  { account: anyText, project: anyText, passwordKept: fc.boolean(), problem: anyText },
  { requiredKeys: ['account', 'passwordKept'], ...plain },
);

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ *\/\//.test(line))
    .join('\n');
}

test('the JSON reads back as what is known, with every password masked', () => {
  fc.assert(
    fc.property(anyAccess, (access) => {
      const { instance, accounts, databases } = access;
      const text = instanceJson({ instance, access });
      // A text with halves of characters in it comes back whole from JSON, so the instance goes that way as well.
      const wanted: unknown = JSON.parse(
        JSON.stringify({
          ...instance,
          accounts: accounts.map((one) => ({ ...one, ...(one.password === undefined ? {} : { password: '***' }) })),
          databases,
        }),
      );
      assert.deepEqual(JSON.parse(text), wanted);
      assert.ok(!text.includes(password));
    }),
  );
});

test('the document is that JSON with comments between its lines, whatever the texts are', () => {
  fc.assert(
    fc.property(anyAccess, fc.boolean(), anyNotes, (access, known, theseNotes) => {
      const facts = { instance: access.instance, ...(known ? { access } : {}) };
      const text = instanceDocument(facts, theseNotes);
      assert.equal(withoutComments(text), instanceJson(facts));
      assert.ok(!text.includes(password));
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('comments say what the fields mean, and where the password comes from', () => {
  const access: InstanceAccess = {
    instance: instanceWith({
      projectId: 0,
      createdAt: '2025-11-24 11:02:03',
      addresses: [{ kind: 'public', host: '', port: 0, status: 'initing' }],
    }),
    accounts: [{ user: 'dba', password: new Secret(password) }],
    databases: ['postgres'],
  };
  const text = instanceDocument({ instance: access.instance, access }, notes);
  for (const words of [
    '// In words: Running\n  "status": "running"',
    '// dev\n  "accountId"',
    '// Default project\n  "projectId": 0',
    'it names no time zone.\n  "createdAt"',
    '// The address is not open.\n      "status": "initing"',
    'ask the service for it.\n      "password": "***"',
  ]) {
    assert.ok(text.includes(words), words);
  }
  const kept = instanceDocument({ instance: access.instance, access }, { ...notes, passwordKept: true });
  assert.ok(kept.includes('the password that you set in this editor is used.'));
});

test('an instance with a class is explained as well, and a password that the service does not tell', () => {
  const access: InstanceAccess = {
    instance: instanceWith({
      offering: 'provisioned',
      specCode: 'pg.it.small2',
      cpu: 2,
      memoryGb: 4,
      chargeType: 'postpaid',
      deletionProtection: true,
    }),
    accounts: [{ user: 'dba' }],
    databases: [],
  };
  const text = instanceDocument({ instance: access.instance, access }, notes);
  for (const words of [
    '// Pay-as-you-go\n  "offering": "provisioned"',
    '// Class.\n  "specCode": "pg.it.small2"',
    '// Cores.\n  "cpu": 2',
    '// Gigabytes.\n  "memoryGb": 4',
    '// In words: By the hour\n  "chargeType": "postpaid"',
    'refuses to delete the instance.\n  "deletionProtection": true',
    '// The service does not tell the password of this account.\n      "user": "dba"',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.doesNotMatch(text, /\*\*\*/);
});

test('without an answer of the service no accounts are written, and the reason is', () => {
  const text = instanceDocument({ instance: instanceWith() }, { ...notes, problem: 'No way.' });
  assert.match(text, /^\/\/ .*: No way\.\n/);
  assert.doesNotMatch(text, /password|databases/);
});
