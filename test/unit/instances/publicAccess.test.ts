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
  assert.deepEqual([result.explanation.kind, result.explanation.next], ['network', ['retry']]);
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
  assert.ok(result.kind === 'unsettled' && !result.again);
  assert.match(result.explanation.meaning, /not open after 5 minutes/);
  assert.deepEqual([result.explanation.kind, result.explanation.next], ['service', ['wait', 'reportRequestId']]);
  assert.equal(result.explanation.requestId, 'req-open');
});

/** Every look fails from the moment on at which the request was sent. */
function blindAfter(made: Made, call: 'open' | 'close'): void {
  made.calls.push = (...items) => {
    if (items.some((item) => item.startsWith(call))) {
      made.looks.push(...Array.from({ length: 1_000 }, () => offline));
    }
    return items.length;
  };
}

test('a lost opening that cannot be seen is not called failed: the next start finds out', async () => {
  for (const [meets, end] of [
    ['take and lose', 'open'],
    ['lose', 'failed'],
  ] as const) {
    const made = world();
    const first = await openWorldWindow(made);
    made.meets.push(meets);
    blindAfter(made, 'open');
    const result = await first.publicAccess.open(made.add(), forGood, false, first.signal, ignore);
    assert.ok(result.kind === 'unsettled' && !result.again);
    assert.deepEqual(states(first.journal, 'openPublic'), ['unsettled']);
    first.end();

    const second = await openWorldWindow(made);
    const still = await second.publicAccess.settle(only(second.journal, 'openPublic'), second.signal, ignore);
    assert.ok(still.kind === 'unsettled' && still.again);
    made.looks.length = 0;
    const settled = await second.publicAccess.settle(only(second.journal, 'openPublic'), second.signal, ignore);
    assert.equal(settled.kind, end);
  }
});

test('an opening that was given up ends, when its address is found closed at a later start', async () => {
  const made = world();
  const first = await openWorldWindow(made);
  made.pace.value = 600 * minutes;
  const shop = made.add();
  assert.equal((await first.publicAccess.open(shop, forGood, false, first.signal, ignore)).kind, 'unsettled');
  first.end();
  made.instances.set(shop.id, { ...shop, addresses: [publicEntry('closed')] });

  const second = await openWorldWindow(made);
  const result = await second.publicAccess.settle(only(second.journal, 'openPublic'), second.signal, ignore);
  assert.ok(result.kind === 'failed');
  assert.match(result.explanation.meaning, /address is closed/);
});

test('a lost closing that cannot be seen is not called failed: the next start finds out', async () => {
  const { made, window, shop } = await opened(forGood);
  made.meets.push('take and lose');
  blindAfter(made, 'close');
  const result = await window.publicAccess.close(shop, false, window.signal, ignore);
  assert.ok(result.kind === 'unsettled' && !result.again);
  assert.deepEqual(states(window.journal, 'closePublic'), ['unsettled']);
  window.end();

  made.looks.length = 0;
  const second = await openWorldWindow(made);
  const settled = await second.publicAccess.settle(only(second.journal, 'closePublic'), second.signal, ignore);
  assert.equal(settled.kind, 'closed');
  assert.equal(made.publicStatus(shop.id), 'closed');
});

test('an opening whose answer was lost, and that still is not decided at the limit, says that nobody knows', async () => {
  const made = world();
  const { publicAccess, signal } = await openWorldWindow(made);
  made.meets.push('take and lose');
  made.pace.value = 600 * minutes;
  const result = await publicAccess.open(made.add({ status: 'job running' }), forGood, false, signal, ignore);
  assert.ok(result.kind === 'unsettled');
  assert.match(result.explanation.meaning, /answer was lost and it is not clear/);
  assert.deepEqual([result.explanation.kind, result.explanation.next], ['network', ['checkNetwork', 'wait']]);
  assert.equal(result.operation.state, 'unsettled');
});

test('an opening has failed when the instance goes meanwhile, and is open to the next start when nobody may ask', async () => {
  for (const [trouble, words, end] of [
    [(made: Made, shop: Instance) => void made.instances.delete(shop.id), /no longer lists the instance/, 'failed'],
    [(made: Made) => void made.looks.push(signedOut), /Not signed in/, 'unsettled'],
  ] as const) {
    const made = world();
    const { publicAccess, journal, signal } = await openWorldWindow(made);
    const shop = made.add();
    const opening = publicAccess.open(shop, forGood, false, signal, ignore);
    await made.clock.sleep(1_000, signal);
    trouble(made, shop);
    const result = await opening;
    assert.ok(result.kind === end);
    assert.match(result.explanation.meaning, words);
    assert.deepEqual(states(journal, 'openPublic'), [end]);
  }
});

test('the address of the other kind has a plan of its own', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const opening = window.publicAccess.open(shop, halfAnHour, true, window.signal, ignore);
  await made.clock.sleep(1_000, window.signal);
  const ipv6 = { ...publicEntry('opened'), host: '2001:db8::7' };
  made.instances.set(shop.id, { ...shop, addresses: [publicEntry('opened'), ipv6] });
  assert.equal((await opening).kind, 'open');
  const planned = () =>
    window.journal.all().flatMap((one) => (one.kind === 'closePublic' && one.state === 'scheduled' ? [one.ipv6] : []));
  assert.deepEqual(planned(), [true, undefined]);
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.deepEqual(planned(), [true], 'closing one leaves the plan of the other');
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

test('a closing that was taken and does not happen within the limit is open to the next start, with its request id', async () => {
  const { made, window } = await opened(halfAnHour);
  made.pace.value = 600 * minutes;
  const result = await closeWhenDue(made, window);
  assert.ok(result.kind === 'unsettled');
  assert.match(result.explanation.meaning, /still open after 5 minutes/);
  assert.deepEqual(result.explanation.next, ['retry', 'reportRequestId']);
  assert.equal(result.explanation.requestId, 'req-close');
  assert.deepEqual([made.calls.length, states(window.journal, 'closePublic')], [1, ['unsettled']]);
});

test('a closing whose follower can no longer ask is open to the next start, and is not sent again', async () => {
  const { made, window } = await opened(halfAnHour);
  const closing = closeWhenDue(made, window);
  await made.clock.sleep(1_000, window.signal);
  made.looks.push(signedOut);
  const result = await closing;
  assert.ok(result.kind === 'unsettled');
  assert.equal(result.explanation.meaning, 'Not signed in');
  assert.equal(made.calls.length, 1);
});

test('a closing that is ended with its window is left as it stands', async () => {
  const { made, window } = await opened(halfAnHour);
  made.meets.push(busy, busy, busy, busy);
  const closing = closeWhenDue(made, window);
  await made.clock.sleep(5_000, new AbortController().signal);
  window.end();
  await assert.rejects(closing, { name: 'CancelledError' });
  assert.deepEqual(states(window.journal, 'closePublic'), ['scheduled']);
});

test('a plan that cannot be taken away is said in the log, and what was done stays done', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  made.folder.remove = () => Promise.reject(new Error('disk full'));
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.ok(window.log.lines.includes('Planned closing not removed: disk full'));
  window.log.lines.length = 0;

  made.clock.pass(1_000);
  const again = await window.publicAccess.open(shop, forGood, false, window.signal, ignore);
  assert.equal(again.kind, 'open');
  assert.ok(window.log.lines.includes('Planned closing not removed: disk full'));
});

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
  for (const meets of [
    ['take'],
    ['take and lose'],
    ['take', 'take and lose'],
    ['take and lose', 'take and lose'],
  ] as const) {
    const made = world();
    const window = await openWorldWindow(made);
    made.meets.push(...meets);
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
    assert.deepEqual(ends, ['closed', 'over'], meets.join());
    assert.deepEqual(states(next.journal, 'openPublic'), ['done']);
    assert.deepEqual(
      made.calls.map((call) => call.split(' ')[0]),
      ['open', 'close'],
    );
  }
});

test('that another instance, or another address, was closed meanwhile says nothing of an opening that did not arrive', async () => {
  for (const [other, ipv6] of [
    ['postgres-other', false],
    [undefined, true],
  ] as const) {
    const made = world();
    const window = await openWorldWindow(made);
    const shop = made.add();
    made.meets.push('lose');
    const opening = window.publicAccess.open(shop, forGood, false, window.signal, ignore);
    await made.clock.sleep(1_000, window.signal);
    const { journal } = window;
    const place = { ...only(journal, 'openPublic'), instanceId: other ?? shop.id, ipv6 };
    const { operation, claim } = await journal.begin({ ...place, kind: 'closePublic', state: 'sending' });
    await journal.change(operation, { state: 'done', before: 'open' });
    await claim.release();
    assert.equal((await opening).kind, 'failed', `${place.instanceId} ${String(ipv6)}`);
  }
});

test('closing by hand leaves a deletion of the same instance that can still be undone', async () => {
  const { made, window, shop } = await opened(forGood);
  const [deleting] = await window.deletion.begin([made.instances.get(shop.id) ?? shop], 30 * minutes, window.signal);
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.deepEqual(states(window.journal, 'delete'), ['scheduled']);
  await made.clock.sleep(40 * minutes, window.signal);
  assert.equal((await deleting?.result)?.kind, 'gone');
});

test('closing by hand takes the plan away', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.equal(made.publicStatus(shop.id), 'closed');
  assert.deepEqual(states(window.journal, 'closePublic'), ['done']);
  assert.equal(made.held.size, 0);
});

test('the plan of one instance has nothing to do with another', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const other = made.add({ id: 'postgres-other', name: 'other' });
  assert.equal((await window.publicAccess.open(other, halfAnHour, false, window.signal, ignore)).kind, 'open');
  const planned = () =>
    window.journal
      .all()
      .flatMap((one) => (one.kind === 'closePublic' && one.state === 'scheduled' ? [one.instanceId] : []));
  assert.deepEqual(planned(), ['postgres-other', shop.id]);
  assert.equal((await window.publicAccess.close(shop, false, window.signal, ignore)).kind, 'closed');
  assert.deepEqual(planned(), ['postgres-other']);
  assert.equal((await window.publicAccess.open(shop, forGood, false, window.signal, ignore)).kind, 'open');
  assert.deepEqual(planned(), ['postgres-other']);
  const ended = await window.deletion.begin([made.instances.get(shop.id) ?? shop], 0, window.signal);
  assert.equal((await ended[0]?.result)?.kind, 'gone');
  assert.deepEqual(planned(), ['postgres-other'], 'it is not taken away with the other one');
});

test('an instance that the service no longer knows when it is to be closed is closed', async () => {
  for (const meets of [refusal('ResourceNotFound'), 'take'] as const) {
    const { made, window, shop } = await opened(halfAnHour);
    made.meets.push(meets);
    const closing = closeWhenDue(made, window, 47 * minutes);
    await made.clock.sleep(1_000, window.signal);
    made.instances.delete(shop.id);
    const result = await closing;
    assert.ok(result.kind === 'closed');
    assert.equal(result.overdue === undefined, meets !== 'take', 'who was not there was not open');
    assert.deepEqual(states(window.journal, 'closePublic'), ['done']);
  }
});

test('an opening of an instance that the service does not know is refused, and leaves no plan', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const stranger = { ...shop, id: 'postgres-stranger' };
  const result = await window.publicAccess.open(stranger, halfAnHour, false, window.signal, ignore);
  assert.ok(result.kind === 'failed');
  assert.deepEqual(made.calls, ['open postgres-stranger']);
  assert.equal(only(window.journal, 'closePublic').instanceId, shop.id);
});

test('each look at an instance that is closed is told', async () => {
  const { made, window, shop } = await opened(halfAnHour);
  const seen: (string | undefined)[] = [];
  made.pace.value = 7_000;
  await window.publicAccess.close(shop, false, window.signal, ({ addresses }) => void seen.push(addresses[0]?.status));
  assert.deepEqual(seen, ['opened', 'closing', 'closed']);
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
