import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database, ServerAccount } from '../../../src/domain/contents.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import { createContents } from '../../../src/instances/contents.ts';
import { instanceWith } from '../../support/instances.ts';

/** A service that answers when it is told to, and remembers what it was asked. */
function setUp() {
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const answers: PromiseWithResolvers<never[]>[] = [];
  const ask =
    (part: string) =>
    (region: string, id: string, signal: AbortSignal): Promise<never[]> => {
      asked.push(`${part} ${region} ${id}`);
      signals.push(signal);
      const answer = Promise.withResolvers<never[]>();
      answers.push(answer);
      return answer.promise;
    };
  const ending = new AbortController();
  const contents = createContents({
    management: () => ({ accounts: ask('accounts'), databases: ask('databases') }),
    explain: (error) => ({ kind: 'service', meaning: error.message, next: [] }),
    signal: ending.signal,
  });
  const world = { changes: 0 };
  contents.onDidChange(() => (world.changes += 1));
  return {
    contents,
    asked,
    signals,
    world,
    ending,
    /** To the n-th question, from 0. */
    answer: (n: number, rows: readonly (Database | ServerAccount)[]) => {
      // The rows are those of the list that was asked for.
      answers[n]?.resolve(rows as never[]);
    },
    refuse: (n: number, error: Error) => answers[n]?.reject(error),
    known: () => contents.state().get(shop.id),
  };
}

const shop = instanceWith({ id: 'postgres-shop', region: 'ap-beijing' });
const orders: Database = { name: 'orders' };
const app: ServerAccount = { name: 'app', type: 'normal', ready: true };

test('nothing is known of what nobody asked for', () => {
  const { contents, asked } = setUp();
  assert.equal(contents.state().size, 0);
  assert.deepEqual(asked, []);
});

test('a list that is wanted is loading at once, then there, and is asked for once', async () => {
  const { contents, asked, answer, known, world } = setUp();
  const first = contents.want(shop, 'databases');
  assert.deepEqual(known(), { databases: { kind: 'loading' } });
  await contents.want(shop, 'databases');
  answer(0, [orders]);
  await first;
  assert.deepEqual(known(), { databases: { kind: 'rows', rows: [orders] } });
  await contents.want(shop, 'databases');
  assert.deepEqual(asked, ['databases ap-beijing postgres-shop']);
  assert.equal(world.changes, 2);
});

test('each list is asked for on its own', async () => {
  const { contents, asked, answer, known } = setUp();
  const both = Promise.all([contents.want(shop, 'databases'), contents.want(shop, 'accounts')]);
  answer(1, [app]);
  answer(0, [orders]);
  await both;
  assert.deepEqual(asked, ['databases ap-beijing postgres-shop', 'accounts ap-beijing postgres-shop']);
  assert.deepEqual(known(), {
    databases: { kind: 'rows', rows: [orders] },
    accounts: { kind: 'rows', rows: [app] },
  });
});

test('a failure says why, and is not asked again by itself, for its row would ask without end', async () => {
  const { contents, asked, refuse, answer, known } = setUp();
  const wanted = contents.want(shop, 'accounts');
  refuse(0, new Error('down'));
  await wanted;
  assert.deepEqual(known(), {
    accounts: { kind: 'failed', explanation: { kind: 'service', meaning: 'down', next: [] } },
  });
  await contents.want(shop, 'accounts');
  assert.equal(asked.length, 1);
  const again = contents.refresh(shop);
  assert.deepEqual(known(), { accounts: { kind: 'loading' } });
  answer(1, [app]);
  await again;
  assert.deepEqual(known(), { accounts: { kind: 'rows', rows: [app] } });
});

test('a refresh asks for what is known only, and leaves it in place until the answer', async () => {
  const { contents, asked, answer, known } = setUp();
  await contents.refresh(shop);
  assert.deepEqual(asked, []);
  const wanted = contents.want(shop, 'databases');
  answer(0, [orders]);
  await wanted;
  const refreshed = contents.refresh(shop);
  assert.deepEqual(known(), { databases: { kind: 'rows', rows: [orders] } });
  answer(1, []);
  await refreshed;
  assert.deepEqual(known(), { databases: { kind: 'rows', rows: [] } });
  assert.equal(asked.length, 2);
});

test('an answer that is older than the last question is not taken', async () => {
  const { contents, signals, answer, known } = setUp();
  const first = contents.want(shop, 'databases');
  const second = contents.refresh(shop);
  assert.ok(signals[0]?.aborted === true && signals[1]?.aborted === false);
  answer(1, [orders]);
  await second;
  answer(0, []);
  await first;
  assert.deepEqual(known(), { databases: { kind: 'rows', rows: [orders] } });
});

test('what is forgotten is asked for anew, and an answer on its way is not taken', async () => {
  for (const forget of ['one', 'all']) {
    const { contents, asked, signals, answer, known, world } = setUp();
    const first = contents.want(shop, 'databases');
    if (forget === 'one') contents.forget(shop.id);
    else contents.forgetAll();
    assert.equal(known(), undefined);
    assert.equal(world.changes, 2);
    assert.equal(signals[0]?.aborted, true);
    answer(0, [orders]);
    await first;
    assert.equal(known(), undefined);
    const second = contents.want(shop, 'databases');
    answer(1, []);
    await second;
    assert.deepEqual(known(), { databases: { kind: 'rows', rows: [] } });
    assert.equal(asked.length, 2);
  }
});

test('forgetting what is not known changes nothing', () => {
  const { contents, world } = setUp();
  contents.forget('postgres-other');
  contents.forgetAll();
  assert.equal(world.changes, 0);
});

test('a cancelled question leaves nothing behind, and may be asked again', async () => {
  const { contents, asked, signals, ending, refuse, known } = setUp();
  const wanted = contents.want(shop, 'databases');
  ending.abort();
  assert.equal(signals[0]?.aborted, true);
  refuse(0, new CancelledError());
  await assert.rejects(wanted, CancelledError);
  assert.equal(known(), undefined);
  void contents.want(shop, 'databases');
  assert.equal(asked.length, 2);
});

test('a service that cannot be had at all is a failure like any other', async () => {
  const contents = createContents({
    management: () => {
      throw new Error('signed out');
    },
    explain: (error) => ({ kind: 'credentials', meaning: error.message, next: [] }),
    signal: new AbortController().signal,
  });
  await contents.want(shop, 'accounts');
  assert.equal(contents.state().get(shop.id)?.accounts?.kind, 'failed');
});

test('nobody is told after having taken leave', async () => {
  const { contents, world } = setUp();
  let told = 0;
  contents.onDidChange(() => (told += 1)).dispose();
  void contents.want(shop, 'databases');
  await Promise.resolve();
  assert.deepEqual([told, world.changes], [0, 1]);
});
