import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationKinds } from '../../src/domain/operation.ts';
import type { OperationView } from '../../src/domain/operation.ts';
import type { Evidence } from './judge.ts';
import { broken } from './judge.ts';
import { names, writes } from './writes.ts';

function write(name: string) {
  const found = writes.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return found;
}

const record: OperationView = {
  ...{ id: 'op-1', kind: 'create', accountId: names.accountId, offering: 'provisioned', name: names.instance },
  ...{ region: names.region, zone: 'ap-guangzhou-3', state: 'done', startedAt: 1, instanceId: 'postgres-1' },
};

const instance = {
  ...{ id: 'postgres-1', name: names.instance, account: names.accountId, region: names.region },
  kind: 'provisioned',
  ...{ status: 'running', port: 0, publicStatus: 'initing', publicPort: 0 },
} satisfies Evidence['books']['instances'][number];

const sent = {
  ...{ action: 'CreateInstances', region: names.region, language: 'en-US', requestId: 'r-1' },
  ...{ account: names.accountId, code: null, worked: true },
};

const kept = { id: instance.id, account: names.admin, isNoted: true, fingerprint: 'new' };

/** A create whose window died while it was sent, and of which all is well. */
const well: Evidence = {
  ...{ write: write('create pay-as-you-go'), way: 'plain', wasKilled: true, sentThen: 1 },
  left: [{ id: record.id, kind: 'create', state: 'sending' }],
  books: { instances: [instance], calls: [sent], isProtected: false, accounts: [], databases: [] },
  recovered: {
    ...{ isQuiet: true, operations: [record], failures: [], secrets: [] },
    ...{ known: [{ id: instance.id, name: instance.name }], kept: [kept] },
  },
  ...{ brought: 'new', old: '' },
};

const { books, recovered } = well;

const failed: OperationView = { ...record, state: 'failed' };

/** What is changed about it, and what is said then. */
const breaches: Readonly<Record<string, readonly [Partial<Evidence>, readonly string[]]>> = {
  'sent twice': [{ books: { ...books, calls: [sent, sent] } }, ['it was sent 2 times']],
  'made twice': [
    {
      books: { ...books, instances: [instance, { ...instance, id: 'postgres-2' }] },
      recovered: { ...recovered, known: [...recovered.known, { id: 'postgres-2', name: instance.name }] },
    },
    ['2 instances were made'],
  ],
  'sent without a record': [
    { left: [], recovered: { ...recovered, operations: [] } },
    ['it was sent before it was on record', 'it happened, and there is no record of it'],
  ],
  'recorded as failed': [
    { recovered: { ...recovered, operations: [failed] } },
    ['it happened, and its record says failed'],
  ],
  'left unsettled': [
    { recovered: { ...recovered, operations: [{ ...record, state: 'unsettled' }] } },
    ['it happened, and its record says unsettled'],
  ],
  'recorded as done without an instance': [
    {
      books: { ...books, instances: [] },
      recovered: { ...recovered, known: [], kept: [] },
    },
    ['it did not happen, and its record says done', 'its record names another instance'],
  ],
  'an instance nobody knows': [{ recovered: { ...recovered, known: [] } }, ['an instance is not known: crash']],
  'an instance that is gone': [
    { recovered: { ...recovered, known: [...recovered.known, { id: 'postgres-0', name: 'old' }] } },
    ['an instance is shown that is gone: old'],
  ],
  'the password lost': [
    { recovered: { ...recovered, kept: [{ ...kept, isNoted: false, fingerprint: '' }] } },
    ['the password that is kept is none'],
  ],
  'a row that hides the password': [
    { recovered: { ...recovered, kept: [{ ...kept, isNoted: false }] } },
    ['its row says that a password is not kept'],
  ],
  'a password left behind': [
    { recovered: { ...recovered, secrets: ['tencentdbPostgres.pendingPassword.op-1'] } },
    ['the password of an operation that is over is left'],
  ],
  'never coming to rest': [{ recovered: { ...recovered, isQuiet: false } }, ['something is still under way']],
  'a follower that fails': [{ recovered: { ...recovered, failures: ['create: oh'] } }, ['not carried on: create: oh']],
};

test('nothing is said of a create that went well', () => {
  assert.deepEqual(broken(well), []);
});

test('what was signed by a wrong clock may be signed anew and sent again', () => {
  const unheard = { ...sent, code: 'AuthFailure.SignatureExpire', account: null, worked: false };
  assert.deepEqual(broken({ ...well, books: { ...books, calls: [unheard, sent] } }), []);
});

for (const [name, [change, words]] of Object.entries(breaches)) {
  test(`it is a breach: ${name}`, () => {
    assert.deepEqual(broken({ ...well, ...change }), words);
  });
}

test('a lost restart may stay unsettled, and one that was answered may not', () => {
  const unsettled = { ...record, kind: 'restart', state: 'unsettled' } as const;
  const restart: Evidence = {
    ...well,
    write: write('restart'),
    instanceId: instance.id,
    left: [{ id: record.id, kind: 'restart', state: 'sending' }],
    recovered: { ...recovered, operations: [unsettled], kept: [] },
  };
  assert.deepEqual(broken(restart), []);
  const answered = {
    ...restart,
    left: [{ id: record.id, kind: 'restart', state: 'working', requestId: 'r' } as const],
  };
  assert.deepEqual(broken(answered), ['it happened, and its record says unsettled']);
});

test('the list of writes has every kind of operation, and all that a serverless instance can be asked', () => {
  assert.deepEqual(new Set(writes.map(({ kind }) => kind)), new Set(operationKinds));
  const serverless = writes.filter(({ offering }) => offering === 'serverless').map(({ kind }) => kind);
  assert.deepEqual(new Set(serverless), new Set(['create', 'delete', 'openPublic', 'closePublic']));
  assert.equal(new Set(writes.map(({ name }) => name)).size, writes.length);
});
