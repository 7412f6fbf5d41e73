import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readHttpDate } from '../../../src/api/httpDate.ts';
import { createServiceClock } from '../../../src/api/serviceClock.ts';
import { clockWords } from '../../../src/api/clockWords.ts';

const here = Date.parse('2026-08-21T12:00:00.300Z');
const timestamp = Math.floor(here / 1_000);
const minute = 60_000;
const year = 365.25 * 24 * 60 * minute;

function world() {
  const learned: number[] = [];
  let now = here;
  const clock = createServiceClock(
    () => now,
    (ahead) => learned.push(ahead),
  );
  return {
    clock,
    learned,
    set: (time: number) => {
      now = time;
    },
  };
}

test('until an answer says otherwise the clock of this machine is right', () => {
  const { clock, learned } = world();
  assert.deepEqual([clock.now(), clock.ahead(), learned], [here, 0, []]);
});

test('the time of an answer is taken, minutes and years away, to both sides', () => {
  for (const off of [10 * minute, -10 * minute, 10 * year, -10 * year]) {
    const { clock, learned } = world();
    const date = new Date(here + off).toUTCString();
    assert.ok(clock.learn({ date, timestamp, sentAt: here }));
    assert.ok(Math.abs(clock.ahead() - off) <= 1_000, String(off));
    assert.equal(clock.now(), here + clock.ahead());
    assert.deepEqual(learned, [clock.ahead()]);
  }
});

test('the answer was written between the sending and its arrival', () => {
  const { clock, set } = world();
  set(here + 20_000);
  assert.ok(clock.learn({ date: 'Fri, 21 Aug 2026 13:00:00 GMT', timestamp, sentAt: here }));
  // Twenty seconds on the way: half of them each, and half a second for what the date leaves out.
  assert.equal(clock.ahead(), 60 * minute - 300 + 500 - 10_000);
});

test('a clock that is set right is learned anew', () => {
  const { clock, set } = world();
  clock.learn({ date: new Date(here + year).toUTCString(), timestamp, sentAt: here });
  const right = here + year;
  set(right);
  const signedFor = Math.floor(clock.now() / 1_000);
  assert.ok(clock.learn({ date: new Date(right).toUTCString(), timestamp: signedFor, sentAt: right }));
  assert.ok(Math.abs(clock.ahead()) <= 1_000);
});

test('without a date, with an absurd one, or with the time of the request nothing is learned', () => {
  const { clock, learned } = world();
  const dates = [
    '',
    'yesterday',
    '2026-08-21T13:00:00Z',
    'Friday, 21-Aug-26 13:00:00 GMT',
    'Fri, 21 Aug 2026 13:00:00 CST',
    'Fri, 31 Feb 2025 13:00:00 GMT',
    'Mon, 21 Aug 2026 13:00:00 GMT',
    'Fri, 31 Dec 1999 23:59:59 GMT',
    'Fri, 01 Jan 2100 00:00:00 GMT',
    'Mon, 21 Aug 9999 13:00:00 GMT',
    new Date(here + minute - 1_500).toUTCString(),
    new Date(here - minute + 1_500).toUTCString(),
  ];
  for (const date of dates) assert.ok(!clock.learn({ date, timestamp, sentAt: here }), date);
  assert.deepEqual([clock.ahead(), learned], [0, []]);
});

test('every time to the second comes back from its date, and no text but such a date is one', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      assert.equal(readHttpDate(date.toUTCString()), Math.floor(date.getTime() / 1_000) * 1_000);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(readHttpDate(text), undefined);
    }),
  );
});

test('a person is told how wrong the clock is, and to which side', () => {
  assert.match(clockWords(10 * minute + 400), /is 10 minutes slow/);
  assert.match(clockWords(-2 * 60 * minute), /is 2 hours fast/);
  assert.match(clockWords(10 * year), /is 365[23] days/);
});
