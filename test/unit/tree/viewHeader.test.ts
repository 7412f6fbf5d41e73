import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeState } from '../../../src/tree/nodes.ts';
import { viewMessage, viewTitle } from '../../../src/tree/viewMessage.ts';
import { instanceWith } from '../../support/instances.ts';
import { stateWith } from '../../support/treeStates.ts';

const now = 1_700_000_000_000;
const minutes = 60_000;
const hours = 60 * minutes;

function aged(age: number, fields: Partial<TreeState> = {}): string | undefined {
  const regions = [{ region: 'ap-guangzhou', instances: [instanceWith()], refreshedAt: now - age }];
  return viewMessage(stateWith({ regions, ...fields }), now);
}

test('a fresh list needs no word, and an older one tells its age', () => {
  assert.deepEqual(
    [-1, 0, 5 * minutes - 1, 5 * minutes, 59 * minutes, hours, 2 * hours, 23 * hours, 24 * hours, 72 * hours].map(
      (age) => aged(age),
    ),
    [
      undefined,
      undefined,
      undefined,
      'Last refreshed 5 minutes ago.',
      'Last refreshed 59 minutes ago.',
      'Last refreshed an hour ago.',
      'Last refreshed 2 hours ago.',
      'Last refreshed 23 hours ago.',
      'Last refreshed a day ago.',
      'Last refreshed 3 days ago.',
    ],
  );
});

test('the list is as old as its oldest region, and a region never read has no age', () => {
  const regions = [
    { region: 'ap-guangzhou', instances: [instanceWith()], refreshedAt: now },
    { region: 'ap-beijing', instances: [], refreshedAt: now - 3 * hours },
    { region: 'ap-shanghai', instances: [] },
  ];
  assert.equal(viewMessage(stateWith({ regions }), now), 'Last refreshed 3 hours ago.');
  assert.equal(viewMessage(stateWith({ regions: [{ region: 'x', instances: [instanceWith()] }] }), now), undefined);
});

test('the simulator is named, beside the age', () => {
  const simulator = 'Simulator: local test instances, nothing is billed.';
  assert.equal(aged(0, { simulator: true }), simulator);
  assert.equal(aged(3 * hours, { simulator: true }), `${simulator} Last refreshed 3 hours ago.`);
  assert.equal(viewTitle(stateWith({ simulator: true })), 'Simulator');
  assert.equal(viewTitle(stateWith()), 'Instances');
});

test('an empty tree has no message, which would displace its welcome content', () => {
  assert.equal(aged(3 * hours, { simulator: true, signedIn: false }), undefined);
  const regions = [{ region: 'ap-guangzhou', instances: [], refreshedAt: now - 3 * hours }];
  assert.equal(viewMessage(stateWith({ regions, simulator: true }), now), undefined);
});
