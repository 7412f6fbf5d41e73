import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayComeFrom } from '../../../src/api/trace.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { plan, time } from './provisioned/world.ts';

const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const skews = [10 * minute, -10 * minute, 10 * year, -10 * year];

/** An instance of the plan that the service made at this time of its clock. */
function madeAt(service: number): Instance {
  const createdAt = new Date(service + 8 * 60 * minute).toISOString().slice(0, 19).replace('T', ' ');
  const { name, zone, region } = plan;
  const of = { accountId: '1000', offering: 'provisioned', status: 'running', addresses: [], tags: [] };
  return { id: 'postgres-1', name, zone, region, createdAt, ...of };
}

/** The service's clock, a minute after `time` by this machine's. */
const clock = (ahead: number) => ({ ahead: () => ahead, now: () => time + minute + ahead });

test('by a clock that is wrong the instance of a create is known all the same, and an older one is not', () => {
  for (const ahead of skews) {
    const sent = time + ahead;
    assert.ok(mayComeFrom(madeAt(sent + 2_000), { plan, sentAt: time }, clock(ahead)), String(ahead));
    assert.ok(!mayComeFrom(madeAt(sent - 6 * minute), { plan, sentAt: time }, clock(ahead)), String(ahead));
  }
});

test('a clock that was set right after the create does not matter when its error is on record', () => {
  for (const clockAhead of skews) {
    const sent = time + clockAhead;
    const trace = { plan, sentAt: time, clockAhead };
    const right = { ahead: () => 0, now: () => sent + 60 * minute };
    assert.ok(mayComeFrom(madeAt(sent + 2_000), trace, right), String(clockAhead));
    assert.ok(!mayComeFrom(madeAt(sent - 6 * minute), trace, right), String(clockAhead));
  }
});

test('a create that is dated after the present was dated by another clock, so its time denies nothing', () => {
  const trace = { plan, sentAt: time + 10 * year };
  assert.ok(mayComeFrom(madeAt(time), trace, clock(0)));
  assert.ok(!mayComeFrom({ ...madeAt(time), name: 'another' }, trace, clock(0)));
});
