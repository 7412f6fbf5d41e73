import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HowLong } from '../../../src/domain/duration.ts';
import { hasEnded } from '../../../src/domain/operation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { InstanceOperation } from '../../../src/instances/operation.ts';
import type { PublicAccessResult } from '../../../src/instances/publicAccess.ts';
import type { Meets } from './lifeWorld.ts';
import { lost, offline, only, openWorldWindow, publicEntry, refusal, signedOut, states, world } from './lifeWorld.ts';

const minutes = 60_000;
const halfAnHour: HowLong = { kind: 'for', milliseconds: 30 * minutes };
const forGood: HowLong = { kind: 'forGood' };
const busy = refusal('OperationDenied.InstanceStatusLimitOpError');
const ignore = (): void => undefined;

type Made = ReturnType<typeof world>;
type Window = Awaited<ReturnType<typeof openWorldWindow>>;

async function opened(howLong: HowLong): Promise<{ made: Made; window: Window; shop: Instance }> {
  const made = world();
  const window = await openWorldWindow(made);
  const shop = made.add();
  const result = await window.publicAccess.open(shop, howLong, false, window.signal, ignore);
  assert.equal(result.kind, 'open');
  made.calls.length = 0;
  return { made, window, shop };
}

/** What the follower does when the closing has become due, `late` milliseconds after that. */
async function closeWhenDue(made: Made, window: Window, late = 0): Promise<PublicAccessResult> {
  const planned = only(window.journal, 'closePublic');
  made.clock.pass((planned.dueAt ?? 0) - made.clock.now() + late);
  return window.publicAccess.settle(planned, window.signal, ignore);
}

test('opening is followed until the address is open, through the old value', async () => {
  const made = world();
  const { publicAccess, journal, known, signal } = await openWorldWindow(made);
  const shop = made.add();
  const seen: string[] = [];
  const start = made.clock.now();
  const result = await publicAccess.open(shop, halfAnHour, false, signal, ({ addresses }) => {
    seen.push(addresses[0]?.status ?? '');
  });
  assert.ok(result.kind === 'open');
  assert.deepEqual(seen, ['initing', 'initing', 'initing', 'initing', 'opened']);
  assert.equal(result.instance.addresses[0]?.host, '198.51.100.7');
  assert.equal(result.closesAt, start + 30 * minutes, 'the time counts from the confirmation');
  assert.equal(known.get(shop.id)?.addresses[0]?.status, 'opened');
  assert.deepEqual(made.calls, [`open ${shop.id}`]);
  assert.deepEqual([states(journal, 'openPublic'), states(journal, 'closePublic')], [['done'], ['scheduled']]);
  assert.equal(made.held.size, 0, 'any window may close it in time');
});

test('the closing is on disk before the request to open leaves', async () => {
  const { made } = await opened(halfAnHour);
  assert.deepEqual(made.onRecord, [['openPublic sending', 'closePublic scheduled']]);
});

test('when the closing cannot be planned, nothing is sent and nothing stays on record', async () => {
  const made = world();
  const { publicAccess, signal } = await openWorldWindow(made);
  const write = made.folder.write;
  let writes = 0;
  made.folder.write = (name, value) =>
    (writes += 1) === 2 ? Promise.reject(new Error('disk full')) : write(name, value);
  await assert.rejects(publicAccess.open(made.add(), halfAnHour, false, signal, ignore), /disk full/);
  assert.deepEqual([made.calls, made.folder.files.size, made.held.size], [[], 0, 0]);
});

test('a refused opening takes its closing back and leaves the one that was planned before', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const before = only(window.journal, 'closePublic');
  made.instances.set(shop.id, { ...shop, addresses: [publicEntry('closed')] });
  made.clock.pass(1_000);
  made.meets.push(busy);
  const result = await window.publicAccess.open(
    shop,
    { kind: 'for', milliseconds: minutes },
    false,
    window.signal,
    ignore,
  );
  assert.ok(result.kind === 'failed');
  assert.equal(result.operation.requestId, 'req-refused');
  assert.deepEqual(only(window.journal, 'closePublic'), before);
});

test('what is open already gets another time, and nothing is sent', async () => {
  for (const [howLong, plans] of [
    [{ kind: 'for', milliseconds: 120 * minutes }, ['scheduled']],
    [forGood, []],
  ] as const) {
    const { made, window, shop } = await opened(halfAnHour);
    made.clock.pass(1_000);
    const start = made.clock.now();
    const result = await window.publicAccess.open(shop, howLong, false, window.signal, ignore);
    assert.ok(result.kind === 'open');
    assert.equal(result.closesAt, howLong.kind === 'for' ? start + 120 * minutes : undefined);
    assert.deepEqual(made.calls, []);
    assert.deepEqual(states(window.journal, 'closePublic'), plans, 'the earlier plan is replaced');
  }
});

test('after a lost answer the address tells that it opens, and nothing is sent again', async () => {
  const made = world();
  const { publicAccess, journal, signal } = await openWorldWindow(made);
  made.meets.push('take and lose');
  assert.equal((await publicAccess.open(made.add(), halfAnHour, false, signal, ignore)).kind, 'open');
  assert.equal(made.calls.length, 1);
  assert.deepEqual(states(journal, 'closePublic'), ['scheduled']);
});

test('a lost opening that never shows has failed; its closing stays, and finds nothing to do', async () => {
  const made = world();
  const window = await openWorldWindow(made);
  made.meets.push('lose');
  const result = await window.publicAccess.open(made.add(), halfAnHour, false, window.signal, ignore);
  assert.ok(result.kind === 'failed');
  assert.match(result.explanation.meaning, /did not arrive/);
  assert.equal(made.calls.length, 1);
  const closing = await closeWhenDue(made, window, 60 * minutes);
  assert.ok(closing.kind === 'closed');
  assert.equal(closing.overdue, undefined, 'it never was open');
  assert.equal(made.calls.length, 1);
});

test('an address that does not open within the limit is said, with the request id', async () => {
  const made = world();
  const { publicAccess, signal } = await openWorldWindow(made);
  made.pace.value = 600 * minutes;
  const result = await publicAccess.open(made.add(), forGood, false, signal, ignore);
  assert.ok(result.kind === 'failed');
  assert.match(result.explanation.meaning, /not open after 5 minutes/);
  assert.equal(result.explanation.requestId, 'req-open');
});

test('the next window goes on with an opening that was on its way', async () => {
  const made = world();
  const first = await openWorldWindow(made);
  const opening = first.publicAccess.open(made.add(), halfAnHour, false, first.signal, ignore);
  await made.clock.sleep(6_000, new AbortController().signal);
  first.end();
  await assert.rejects(opening, { name: 'CancelledError' });

  const second = await openWorldWindow(made);
  const result = await second.publicAccess.settle(only(second.journal, 'openPublic'), second.signal, ignore);
  assert.ok(result.kind === 'open');
  assert.equal(result.closesAt, only(second.journal, 'closePublic').dueAt);
  assert.equal(made.calls.length, 1);
});

test('a closing that is due closes, and says nothing when it is in time', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const result = await closeWhenDue(made, window);
  assert.ok(result.kind === 'closed');
  assert.equal(result.overdue, undefined);
  assert.equal(made.publicStatus(shop.id), 'closed');
  assert.deepEqual(made.calls, [`close ${shop.id}`]);
  assert.deepEqual(states(window.journal, 'closePublic'), ['done']);
});

test('an overdue closing says how much longer it was open', async () => {
  const { made, window } = await opened(halfAnHour);
  const result = await closeWhenDue(made, window, 47 * minutes);
  assert.ok(result.kind === 'closed' && result.overdue !== undefined);
  assert.equal(result.overdue.cause, 'noEditor');
  assert.ok(result.overdue.milliseconds >= 47 * minutes && result.overdue.milliseconds < 49 * minutes);
});

test('what is busy is tried again with growing pauses until it is closed', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  made.meets.push(busy, busy, busy);
  const sent: number[] = [];
  made.calls.push = (...items) => {
    sent.push(made.clock.now());
    return items.length;
  };
  assert.equal((await closeWhenDue(made, window)).kind, 'closed');
  assert.equal(made.publicStatus(shop.id), 'closed');
  assert.deepEqual(
    sent.slice(1).map((at, index) => at - (sent[index] ?? 0)),
    [2_000, 4_000, 8_000],
  );
});

test('a closing that is refused all the time, or for good, has failed', async () => {
  for (const [refusals, least] of [
    [Array.from({ length: 100 }, () => busy), 5],
    [[refusal('OperationDenied.CamDeniedError')], 1],
  ] as const) {
    const { made, window, shop } = await opened(halfAnHour);
    made.meets.push(...refusals);
    const result = await closeWhenDue(made, window);
    assert.ok(result.kind === 'failed');
    assert.equal(made.publicStatus(shop.id), 'opened');
    assert.deepEqual(states(window.journal, 'closePublic'), ['failed']);
    assert.ok(made.calls.length >= least && made.calls.length < 20, String(made.calls.length));
  }
});

for (const [name, error] of [
  ['no network', offline],
  ['nobody signed in', signedOut],
] as const) {
  test(`with ${name} at its time, a closing is said once, tried again, and says why it was late`, async () => {
    const { made, window, shop } = await opened(halfAnHour);
    made.looks.push(...Array.from({ length: 1_000 }, () => error));
    const first = await closeWhenDue(made, window);
    assert.ok(first.kind === 'postponed' && !first.again);
    const second = await closeWhenDue(made, window);
    assert.ok(second.kind === 'postponed' && second.again);
    assert.ok((second.operation.dueAt ?? 0) > made.clock.now(), 'it is not tried in a circle');
    made.looks.length = 0;
    const third = await closeWhenDue(made, window);
    assert.ok(third.kind === 'closed');
    assert.equal(third.overdue?.cause, 'trouble');
    assert.equal(made.publicStatus(shop.id), 'closed');
  });
}

test('a closing whose answer was lost is sent again only after it clearly changed nothing', async () => {
  for (const [meets, count] of [
    ['take and lose', 1],
    ['lose', 2],
  ] as const) {
    const { made, window, shop } = await opened(halfAnHour);
    made.meets.push(meets);
    const start = made.clock.now();
    assert.equal((await closeWhenDue(made, window)).kind, 'closed');
    assert.equal(made.publicStatus(shop.id), 'closed');
    assert.equal(made.calls.length, count);
    assert.ok(count === 1 || made.clock.now() - start >= minutes);
  }
});

test('a closing that was accepted is not sent again because the list lags behind', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const open = made.instances.get(shop.id);
  made.pace.value = 2 * minutes;
  const closing = closeWhenDue(made, window);
  await made.clock.sleep(1_000, window.signal);
  if (open !== undefined) made.instances.set(shop.id, open);
  assert.equal((await closing).kind, 'closed');
  assert.equal(made.calls.length, 1);
});

test('what was opened and closed again before anybody could look has been open, whether or not its answer was lost', async () => {
  for (const meets of ['take', 'take and lose'] as const) {
    const made = world();
    const window = await openWorldWindow(made);
    made.meets.push(meets);
    const opening = window.publicAccess.open(made.add(), halfAnHour, false, window.signal, ignore);
    await made.clock.sleep(1_000, window.signal);
    window.end();
    await opening.catch(() => undefined);
    await made.clock.sleep(60 * minutes, new AbortController().signal);
    const next = await openWorldWindow(made);
    // What is due comes first.
    const ends: string[] = [];
    for (const kind of ['closePublic', 'openPublic'] as const) {
      ends.push((await next.publicAccess.settle(only(next.journal, kind), next.signal, ignore)).kind);
    }
    assert.deepEqual(ends, ['closed', 'over'], meets);
    assert.deepEqual(states(next.journal, 'openPublic'), ['done']);
    assert.deepEqual(
      made.calls.map((call) => call.split(' ')[0]),
      ['open', 'close'],
    );
  }
});

test('closing by hand takes the plan away', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.equal(made.publicStatus(shop.id), 'closed');
  assert.deepEqual(states(window.journal, 'closePublic'), ['done']);
  assert.equal(made.held.size, 0);
});

test('closing by hand that is refused leaves the plan', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  made.meets.push(refusal('OperationDenied.CamDeniedError'));
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'failed');
  assert.deepEqual(states(window.journal, 'closePublic').sort(), ['failed', 'scheduled']);
});

test('what is closed already, or gone, is closed without a request', async () => {
  for (const change of [
    (made: Made, shop: Instance) => void made.instances.delete(shop.id),
    (made: Made, shop: Instance) => void made.instances.set(shop.id, { ...shop, addresses: [] }),
    (made: Made, shop: Instance) => void made.instances.set(shop.id, { ...shop, addresses: [publicEntry('0')] }),
  ]) {
    const { made, window, shop } = await opened(halfAnHour);
    change(made, shop);
    assert.equal((await closeWhenDue(made, window)).kind, 'closed');
    assert.deepEqual(made.calls, []);
  }
});

test('a plan that was called off while it was tried ends quietly', async () => {
  const { made, window } = await opened(halfAnHour);
  made.meets.push(busy, busy, busy, busy);
  const closing = closeWhenDue(made, window);
  await new Promise(setImmediate);
  await window.journal.remove([only(window.journal, 'closePublic')]);
  await assert.rejects(closing, { name: 'CancelledError' });
  assert.equal(made.folder.files.size, 1, 'the record does not come back');
});

/** What remains open in the journal is taken up by window after window, as their followers do; with what was said. */
async function followToTheEnd(made: Made): Promise<string[]> {
  const said: string[] = [];
  for (let round = 0; round < 30; round += 1) {
    const window = await openWorldWindow(made);
    const left = window.journal
      .all()
      .filter((one): one is InstanceOperation => one.kind !== 'create' && !hasEnded(one))
      .filter(({ state, dueAt = 0 }) => state !== 'scheduled' || dueAt <= made.clock.now());
    for (const operation of left) {
      const { kind } = await window.publicAccess.settle(operation, window.signal, ignore);
      said.push(`${operation.kind} ${kind}`);
    }
    window.end();
    if (window.journal.all().every(hasEnded)) return said;
    made.clock.pass(10 * minutes);
  }
  assert.fail('something never ended');
}

test('whatever is lost, busy or crashes, an address that was opened for a while does not stay open in silence', async () => {
  const anyMeets = fc.oneof(
    fc.constantFrom<Meets>('take', 'take and lose', 'lose'),
    fc.constantFrom<Meets>(busy, lost, offline),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyMeets, { maxLength: 8 }),
      fc.option(fc.nat(40_000)),
      fc.array(fc.constantFrom(offline, signedOut, busy), { maxLength: 5 }),
      async (meets, crash, looks) => {
        const made = world();
        const shop = made.add();
        const window = await openWorldWindow(made);
        made.meets.push(...meets);
        const opening = window.publicAccess.open(shop, halfAnHour, false, window.signal, ignore).catch(() => undefined);
        if (crash !== null) {
          await made.clock.sleep(crash, new AbortController().signal);
          window.end();
        }
        await opening;
        made.looks.push(...looks);
        const said = await followToTheEnd(made);
        // Refused for longer than the limit, it is left to the person.
        if (made.publicStatus(shop.id) === 'opened') assert.ok(said.includes('closePublic failed'), said.join());
        assert.equal(made.held.size, 0);
        assert.ok(made.calls.filter((call) => call.startsWith('open')).length <= 1, 'an opening is sent once');
      },
    ),
    { numRuns: 300 },
  );
});
