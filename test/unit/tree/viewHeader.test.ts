import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationView } from '../../../src/domain/operation.ts';
import { badge, instanceHeader, viewDescription, viewMessage, viewTitle } from '../../../src/tree/viewHeader.ts';
import { instanceWith } from '../../support/instances.ts';
import { accountWith, listOf, operationWith, stateWith } from '../../support/treeStates.ts';

const now = 1_700_000_000_000;
const minutes = 60_000;
const hours = 60 * minutes;

function aged(age: number, fields: Parameters<typeof stateWith>[0] = {}): string | undefined {
  const regions = [{ region: 'ap-guangzhou', instances: [instanceWith()], refreshedAt: now - age }];
  return viewMessage(stateWith({ regions, now, ...fields }));
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
  assert.equal(viewMessage(stateWith({ regions, now })), 'Last refreshed 3 hours ago.');
  assert.equal(viewMessage(stateWith({ regions: [{ region: 'x', instances: [instanceWith()] }], now })), undefined);
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
  assert.equal(viewMessage(stateWith({ regions, simulator: true, now })), undefined);
});

test('the filter is said, with what it leaves of how many, and also when that is nothing', () => {
  const instances = ['shop', 'shop-2', 'api'].map((name) => instanceWith({ id: name, name }));
  const words = (filter: string): string | undefined => viewMessage(listOf(instances, { filter }));
  assert.equal(words('shop'), 'Filter: shop - 2 of 3 shown.');
  assert.equal(words('nowhere'), 'Filter: nowhere - 0 of 3 shown.');
  assert.equal(words(' '), undefined);
  assert.equal(words('sh\u202Eop'), 'Filter: shop - 0 of 3 shown.');
  assert.equal(viewMessage(listOf([], { filter: 'shop' })), undefined, 'an empty account has its welcome content');
});

test('one account is named with where its keys come from, several are counted', () => {
  const dev = accountWith({ label: 'dev', source: 'from tccli profile "dev", expires 14:20' });
  const words = (fields: Parameters<typeof stateWith>[0]): string | undefined => viewDescription(stateWith(fields));
  assert.equal(words({ accounts: [dev] }), 'dev · from tccli profile "dev", expires 14:20');
  assert.equal(words({ accounts: [accountWith({ label: 'dev' })] }), 'dev');
  assert.equal(words({ accounts: [dev, accountWith({ accountId: '2' })] }), '2 accounts');
  for (const fields of [{ simulator: true }, { signedIn: false }, { accounts: [] }]) {
    assert.equal(words({ accounts: [dev], ...fields }), undefined);
  }
});

test('the badge counts what settles and what has failed, and says which', () => {
  const counted = (...operations: Partial<OperationView>[]) =>
    badge({ signedIn: true, operations: operations.map(operationWith) });
  assert.equal(counted(), undefined);
  assert.equal(counted({ state: 'done' }, { kind: 'closePublic', state: 'scheduled' }), undefined);
  assert.deepEqual(
    counted(
      { state: 'working' },
      { state: 'settling' },
      { kind: 'openPublic', state: 'sending' },
      { kind: 'delete', state: 'scheduled' },
    ),
    { value: 4, tooltip: '4 under way' },
  );
  assert.deepEqual(counted({ state: 'failed' }, { state: 'unsettled' }), {
    value: 2,
    tooltip: '2 failed or not settled',
  });
  assert.deepEqual(counted({ state: 'working' }, { state: 'failed' }), {
    value: 2,
    tooltip: '1 under way, 1 failed or not settled',
  });
  assert.equal(badge({ signedIn: false, operations: [operationWith()] }), undefined);
});

test('a header leaves out what there is not', () => {
  assert.deepEqual(instanceHeader(stateWith({ signedIn: false })), { title: 'Instances' });
  assert.deepEqual(instanceHeader(stateWith({ operations: [operationWith()] })), {
    title: 'Instances',
    description: 'main',
    badge: { value: 1, tooltip: '1 under way' },
  });
});
