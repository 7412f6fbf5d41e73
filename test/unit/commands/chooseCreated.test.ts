import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChooseCreatedDeps } from '../../../src/commands/chooseCreated.ts';
import { chooseCreated } from '../../../src/commands/chooseCreated.ts';
import { NetworkError } from '../../../src/domain/errors.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { CreateOperation, Operation } from '../../../src/instances/operation.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryMessages } from '../../support/memory.ts';
import { demoPlan } from '../../support/operations.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';

const first = instanceWith({
  id: 'postgres-1',
  name: 'demo',
  zone: 'ap-guangzhou-3',
  createdAt: '2026-11-24 12:00:01',
  specCode: 'pg.it.small2',
  cpu: 1,
  memoryGb: 2,
  storageGb: 20,
});
const second = instanceWith({ id: 'postgres-2', name: 'demo', status: 'initing' });

const settled: CreateOperation = {
  id: 'op-1',
  kind: 'create',
  accountId: '1000',
  offering: 'provisioned',
  name: 'demo',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-3',
  plan: { ...demoPlan, offering: 'provisioned' },
  state: 'unsettled',
  startedAt: 0,
};
const asked: CreateOperation = { ...settled, candidates: ['postgres-1', 'postgres-2'] };

function world(
  moves: readonly Move[],
  setting: {
    readonly listed?: () => Promise<readonly Instance[]>;
    /** On record when the question is put, and when it is answered. */
    readonly records?: readonly [Operation | undefined, Operation | undefined];
  } = {},
) {
  const [before, after] = setting.records ?? [asked, asked];
  const person = scriptedPrompter<Parameters<ChooseCreatedDeps['ask']>[2]>(moves);
  const messages = memoryMessages();
  const done: string[] = [];
  const choose = chooseCreated({
    creation: {
      candidates: setting.listed ?? (() => Promise.resolve([first, second])),
      adopt: (operation, instance) => {
        done.push(`adopt ${operation.id} ${instance.id}`);
        return Promise.resolve({ kind: 'usable', operation, instance });
      },
      ruleOut: (operation, ids) => {
        done.push(`rule out ${operation.id} ${ids.join()}`);
        return Promise.resolve(operation);
      },
    },
    journal: { find: () => before },
    decide: async (_id, work) => {
      if (after === undefined) return false;
      await work(after, new AbortController().signal);
      return true;
    },
    ask: (...question) => person.ask(...question),
    explain: (error) => ({ kind: 'network', meaning: error.message, next: [] }),
    messages,
    say: ({ kind }) => void done.push(`say ${kind}`),
  });
  return { choose: () => choose(asked), person, messages, done };
}

test('the candidates are told apart by all that is known of them, and the chosen one is adopted', async () => {
  const { choose, done, person } = world([{ choose: 'postgres-2' }]);
  await choose();
  assert.deepEqual(done, ['adopt op-1 postgres-2', 'say usable']);
  assert.equal(person.seen[0]?.title, 'demo');
  assert.match(
    person.seen[0].lines.join('\n'),
    /postgres-1.*demo · Running.*created 2026-11-24 12:00:01 · ap-guangzhou-3 · pg\.it\.small2 · 1 core, 2 GB, 20 GB/s,
  );
  assert.deepEqual(person.seen[0].rows.at(-1), 'None of these');
});

test('none of these is put on record for the ones that were shown', async () => {
  const { choose, done, messages } = world([{ choose: 'None of these' }]);
  await choose();
  assert.deepEqual(done, ['rule out op-1 postgres-1,postgres-2']);
  assert.match(messages.shown.join(), /not known whether "demo" was created/);
});

test('Escape changes nothing', async () => {
  const { choose, done, messages } = world(['escape']);
  await choose();
  assert.deepEqual([done, messages.shown], [[], []]);
});

test('a service that cannot be asked says so, and nothing can be ruled out unseen', async () => {
  const lost = new NetworkError({
    action: 'A',
    reason: 'dns',
    host: 'h',
    mayHaveArrived: false,
    detail: 'no such host',
  });
  const { choose, done, person } = world(['escape'], { listed: () => Promise.reject(lost) });
  await choose();
  assert.match(person.seen[0]?.rows.join() ?? '', /no such host.*Retry/);
  assert.doesNotMatch(person.seen[0]?.rows.join() ?? '', /None of these/);
  assert.deepEqual(done, []);
});

test('without any candidate left there is nothing to choose', async () => {
  const { choose, person } = world(['escape'], { listed: () => Promise.resolve([]) });
  await choose();
  assert.deepEqual(person.seen[0]?.rows, ['The service lists no such instance at this moment.']);
});

test('what has been settled meanwhile is not asked about, and not settled again', async () => {
  const before = world([], { records: [{ ...settled, state: 'done' }, undefined] });
  await before.choose();
  const since = world([{ choose: 'postgres-1' }], { records: [asked, { ...settled, state: 'working' }] });
  await since.choose();
  for (const { done, messages } of [before, since]) {
    assert.deepEqual([done, messages.shown], [[], ['status: This has been settled meanwhile.']]);
  }
});

test('what another window sees to is left to it', async () => {
  const { choose, done, messages } = world([{ choose: 'postgres-1' }], { records: [asked, undefined] });
  await choose();
  assert.deepEqual(done, []);
  assert.match(messages.shown.join(), /Another window of the editor sees to "demo"/);
});
