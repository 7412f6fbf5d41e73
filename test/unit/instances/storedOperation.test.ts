import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeOperation, encodeOperation } from '../../../src/instances/storedOperation.ts';
import { leavesOf } from '../../support/leaves.ts';
import { anyOperation, demoPlan } from '../../support/operations.ts';

/** A record as the first release wrote it. */
const first = {
  version: 1,
  id: 'op-1',
  accountId: '1000',
  plan: demoPlan,
  state: 'making',
  startedAt: 5,
  instanceId: 'postgres-1',
  requestId: 'req-1',
};

test('what is encoded comes back the same, through JSON', () => {
  fc.assert(
    fc.property(anyOperation, (operation) => {
      const decoded = decodeOperation(JSON.parse(JSON.stringify(encodeOperation(operation))));
      assert.deepEqual(decoded, { kind: 'operation', operation });
    }),
  );
});

test('any JSON is decoded without throwing', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void decodeOperation(value)));
});

test('a record with any field spoilt is unreadable, and its problem holds none of the content', () => {
  fc.assert(
    fc.property(
      anyOperation.chain((operation) =>
        fc.record({ operation: fc.constant(operation), field: fc.constantFrom(...Object.keys(operation)) }),
      ),
      ({ operation, field }) => {
        const decoded = decodeOperation({ version: 2, ...operation, [field]: { marked: 'k3w9' } });
        assert.ok(decoded.kind === 'unreadable');
        assert.doesNotMatch(decoded.problem, /k3w9/);
      },
    ),
  );
});

test('a record of the first version is a create, its name and place read from its plan', () => {
  assert.deepEqual(decodeOperation(first), {
    kind: 'operation',
    operation: {
      id: 'op-1',
      accountId: '1000',
      offering: 'serverless',
      plan: demoPlan,
      startedAt: 5,
      instanceId: 'postgres-1',
      requestId: 'req-1',
      kind: 'create',
      name: 'demo',
      region: 'ap-shanghai',
      zone: 'ap-shanghai-2',
      state: 'working',
    },
  });
});

for (const state of ['sending', 'settling', 'failed', 'unsettled'] as const) {
  test(`a record of the first version that says "${state}" says so still`, () => {
    const decoded = decodeOperation({ ...first, state });
    assert.ok(decoded.kind === 'operation');
    assert.equal(decoded.operation.state, state);
  });
}

test('a record of a newer version is not read, whatever else it says', () => {
  assert.deepEqual(decodeOperation({ version: 3, anything: true }), { kind: 'newer' });
});

/** A record with everything that a record can hold. */
const whole = {
  version: 2,
  id: 'op-1',
  kind: 'create',
  accountId: '1000',
  offering: 'provisioned',
  name: 'demo',
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  state: 'failed',
  startedAt: 1,
  dueAt: 2,
  endedAt: 3,
  instanceId: 'postgres-1',
  requestId: 'req-1',
  subject: 's',
  ipv6: true,
  taskId: 7,
  percent: 50,
  orders: ['o'],
  explanation: {
    kind: 'state',
    meaning: 'm',
    cause: 'c',
    next: ['retry'],
    field: 'name',
    serviceWords: 'w',
    requestId: 'req-1',
    setting: 'x',
  },
  plan: {
    ...demoPlan,
    projectId: 0,
    network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    tags: [{ key: 'k', value: 'v' }],
    rental: {
      specCode: 'pg.it.small2',
      cpu: 1,
      memoryGb: 2,
      storageGb: 50,
      storageType: 'CLOUD_SSD',
      standbyZone: 'ap-shanghai-3',
      securityGroupIds: ['sg-1'],
      adminName: 'boss',
      deletionProtection: false,
      prepaidMonths: 1,
    },
  },
};

test('a record with any place within it spoilt is unreadable, and the place is named', () => {
  assert.equal(decodeOperation(whole).kind, 'operation');
  for (const { path, with: having } of leavesOf(whole)) {
    const decoded = decodeOperation(having({ marked: true }));
    assert.ok(decoded.kind === 'unreadable', path);
    const [place] = decoded.problem.split(': ');
    assert.ok(place === path || place === `operation.${path}`, `${path}: ${decoded.problem}`);
  }
  const deletion = { ...whole, kind: 'delete', instanceId: undefined };
  assert.deepEqual(decodeOperation(deletion), { kind: 'unreadable', problem: 'instanceId: not a text' });
  const old = { ...first, plan: 7 };
  assert.deepEqual(decodeOperation(old), { kind: 'unreadable', problem: 'plan: not an object' });
});
