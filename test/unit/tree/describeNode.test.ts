import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../../src/domain/instance.ts';
import type { OperationView } from '../../../src/domain/operation.ts';
import { describeNode } from '../../../src/tree/describeNode.ts';
import { childrenOf, rootNodes, type TreeNode } from '../../../src/tree/nodes.ts';
import type { NodeView } from '../../../src/tree/nodeView.ts';
import { instanceWith } from '../../support/instances.ts';
import { accountWith, anyState, listOf, operationWith, stateWith } from '../../support/treeStates.ts';
import { anyContents, withContents } from './contentsStates.ts';

function firstRow(state: Parameters<typeof stateWith>[0]): TreeNode {
  const [node] = rootNodes(stateWith(state));
  assert.ok(node !== undefined);
  return node;
}

function instanceRow(instance: Instance, ...operations: OperationView[]): TreeNode {
  return firstRow({ regions: [{ region: instance.region, instances: [instance] }], operations });
}

function childViews(node: TreeNode): Map<string, NodeView> {
  return new Map(childrenOf(node).map((child) => [child.id.slice(node.id.length + 1), describeNode(child)]));
}

const full = instanceWith({
  version: '10.4',
  charset: 'UTF8',
  projectId: 0,
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  createdAt: '2025-11-24 11:02:03',
  addresses: [
    { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' },
    { kind: 'public', host: '', port: 0, status: 'initing' },
  ],
  tags: [{ key: 'team', value: 'shop' }],
});

test('an instance shows its name, its status in words and its region', () => {
  assert.deepEqual(describeNode(instanceRow(full)), {
    id: 'instance/postgres-aaaa1111',
    contextValue: 'instance.usable.closed.delete.publicAccess.toldPassword',
    label: 'shop',
    description: 'Running · ap-guangzhou',
    tooltip: [
      'shop',
      'ID: postgres-aaaa1111',
      'Status: Running',
      'Kind of instance: Serverless',
      'Region and zone: ap-guangzhou · ap-guangzhou-2',
      'Version: 10.4',
      'Charset: UTF8',
      'Project: Default project',
      'Network: vpc-1 · subnet-1',
      'Created: 2025-11-24 11:02:03',
      'Private address: 10.0.0.4:5432 · Open',
      'Public address: Not open',
      'Tag team: shop',
    ].join('\n'),
    icon: { id: 'database', color: 'charts.green' },
    collapsible: 'collapsed',
    accessibilityLabel: 'shop, Running, ap-guangzhou',
  });
});

test('the icon follows the status, and spins while it settles', () => {
  const icons = ['running', 'applying', 'restarting', 'isolated', 'offline', 'never heard of'].map(
    (status) => describeNode(instanceRow(instanceWith({ status }))).icon?.id,
  );
  assert.deepEqual(icons, ['database', 'loading~spin', 'loading~spin', 'trash', 'circle-slash', 'question']);
});

test('an unknown status is shown as it came, and a missing one in words', () => {
  const view = (status: string): string | undefined => describeNode(instanceRow(instanceWith({ status }))).description;
  assert.equal(view('Half Asleep'), 'Half Asleep · ap-guangzhou');
  assert.equal(view(' '), 'No status given · ap-guangzhou');
});

test('an instance without a name shows its id', () => {
  assert.equal(describeNode(instanceRow(instanceWith({ name: '' }))).label, 'postgres-aaaa1111');
});

test('an instance made here tells the request id in its tooltip', () => {
  const operation = operationWith({ instanceId: full.id, requestId: 'r-1' });
  assert.match(describeNode(instanceRow(full, operation)).tooltip ?? '', /\nRequest ID: r-1$/);
});

test('addresses tell where they are and their state, in both spellings of the service', () => {
  const words = (host: string, port: number, status: string): string | undefined => {
    const addresses = [{ kind: 'private', host, port, status }];
    return childViews(instanceRow(instanceWith({ addresses }))).get('address/0')?.description;
  };
  assert.equal(words('10.0.0.4', 5432, 'opened'), '10.0.0.4:5432 · Open');
  assert.equal(words('10.0.0.4', 5432, '1'), '10.0.0.4:5432 · Open');
  assert.equal(words('fd00::4', 5432, 'opened'), '[fd00::4]:5432 · Open');
  assert.equal(words('', 0, 'opened'), 'Open, but without an address yet');
  assert.equal(words('', 0, '1'), 'Open, but without an address yet');
  assert.equal(words('', 0, '0'), 'Closed');
  assert.equal(words('db.example.org', 0, 'closed'), 'db.example.org · Closed');
  assert.equal(words('', 0, 'initing'), 'Not open');
  assert.equal(words('db.example.org', 7, 'opening'), 'db.example.org:7 · Opening');
  assert.equal(words('db.example.org', 7, 'closing'), 'db.example.org:7 · Closing');
  assert.equal(words('', 0, 'odd'), 'odd');
});

test('an address is named by its kind, in words where there are some', () => {
  const label = (kind: string): string | undefined => {
    const addresses = [{ kind, host: 'h', port: 1, status: 'opened' }];
    return childViews(instanceRow(instanceWith({ addresses }))).get('address/0')?.label;
  };
  assert.deepEqual(['private', 'PUBLIC', 'inner'].map(label), ['Private address', 'Public address', 'Address (inner)']);
});

test('an open address has another icon than a closed one', () => {
  const views = childViews(instanceRow(full));
  assert.equal(views.get('address/0')?.icon?.id, 'plug');
  assert.equal(views.get('address/1')?.icon?.id, 'debug-disconnect');
});

test('tags are counted in a group, and none is said in words', () => {
  assert.deepEqual(childViews(instanceRow(full)).get('tags'), {
    id: 'instance/postgres-aaaa1111/tags',
    contextValue: 'tags',
    label: 'Tags',
    description: '1',
    tooltip: 'Tags: 1',
    collapsible: 'collapsed',
    accessibilityLabel: 'Tags: 1',
  });
  assert.equal(childViews(instanceRow(instanceWith())).get('tags')?.description, 'None');
});

test('a project is told by its number, and number 0 as the default project', () => {
  const project = (projectId: number): string | undefined =>
    childViews(instanceRow(instanceWith({ projectId }))).get('project')?.description;
  assert.equal(project(0), 'Default project');
  assert.equal(project(1_234_567), '1234567');
});

test('a create shows where it stands in words, and spins until that is settled', () => {
  const views = (['sending', 'settling', 'working', 'failed', 'unsettled'] as const).map((state) => {
    const { description, icon } = describeNode(firstRow({ operations: [operationWith({ state })] }));
    return [description, icon?.id];
  });
  assert.deepEqual(views, [
    ['Sending the request · ap-guangzhou', 'loading~spin'],
    ['Checking whether it was created · ap-guangzhou', 'loading~spin'],
    ['Being created · ap-guangzhou', 'loading~spin'],
    ['Not created · ap-guangzhou', 'error'],
    ['Not known whether it was created · ap-guangzhou', 'warning'],
  ]);
});

test('a failed create opens to what happened, when, and the request id', () => {
  const explanation = {
    kind: 'input',
    meaning: 'The name is taken.',
    cause: 'Another instance has it.',
    next: ['rename'],
    serviceWords: 'InvalidParameter.InstanceNameExist: exists',
    requestId: 'r-1',
  } as const;
  const node = firstRow({ operations: [operationWith({ state: 'failed', explanation })] });
  assert.deepEqual(
    [...childViews(node).values()].map((view) => view.accessibilityLabel),
    [
      'Status: Not created',
      'Meaning: The name is taken.',
      'Likely cause: Another instance has it.',
      'Answer of the service: InvalidParameter.InstanceNameExist: exists',
      'Started: 2025-11-24 03:02',
      'Request ID: r-1',
      'Region and zone: ap-guangzhou · ap-guangzhou-2',
    ],
  );
});

test('a failed refresh tells why and tries again on a click', () => {
  const failure = { kind: 'network', meaning: 'No way.', next: [], requestId: 'r-9', serviceWords: 'A.B: c' } as const;
  const view = describeNode(firstRow({ regions: [{ region: 'ap-guangzhou', instances: [], failure }] }));
  assert.deepEqual(view, {
    id: 'failure/100000000001/ap-guangzhou',
    contextValue: 'failure',
    label: 'Could not refresh ap-guangzhou',
    description: 'No way.',
    tooltip: [
      'Could not refresh ap-guangzhou',
      'Meaning: No way.',
      'Answer of the service: A.B: c',
      'Request ID: r-9',
      'Select this row to try again.',
    ].join('\n'),
    icon: { id: 'error', color: 'list.errorForeground' },
    collapsible: 'none',
    command: { id: 'tencentdbPostgres.refresh', title: 'Try again' },
    accessibilityLabel: 'Could not refresh ap-guangzhou, No way., Select this row to try again.',
  });
});

test('regions that fail for the same reason are counted in the row and named in its tooltip', () => {
  const failure = { kind: 'network', meaning: 'No way.', next: [] } as const;
  const regions = ['ap-guangzhou', 'ap-beijing'].map((region) => ({ region, instances: [], failure }));
  const view = describeNode(firstRow({ regions }));
  assert.equal(view.label, 'Could not refresh 2 regions');
  assert.equal(
    view.tooltip,
    [
      'Could not refresh 2 regions',
      'Regions: ap-guangzhou, ap-beijing',
      'Meaning: No way.',
      'Select this row to try again.',
    ].join('\n'),
  );
});

test('with several accounts a failed refresh says whose regions failed', () => {
  const failure = { kind: 'network', meaning: 'No way.', next: [] } as const;
  const region = (name: string) => ({ region: name, instances: [], failure });
  const labels = (...names: string[]): string[] =>
    rootNodes(
      stateWith({
        accounts: [accountWith({ label: 'dev', regions: names.map(region) }), accountWith({ accountId: '2' })],
      }),
    ).map((node) => describeNode(node).label);
  assert.deepEqual(labels('ap-guangzhou'), ['Could not refresh ap-guangzhou of dev']);
  assert.deepEqual(labels('ap-guangzhou', 'ap-beijing'), ['Could not refresh 2 regions of dev']);
});

test('an account without keys tells why, what renews them, and tries again on a click', () => {
  const problem = {
    kind: 'credentials',
    meaning: 'The keys of tccli profile "dev" expired at 14:20.',
    cause: 'Run "tccli auth login" to renew them.',
    next: [],
  } as const;
  const view = describeNode(firstRow({ accounts: [accountWith({ label: 'dev', problem })] }));
  assert.equal(view.label, 'No keys for dev');
  assert.equal(view.description, problem.meaning);
  assert.ok(view.tooltip?.includes(problem.cause));
  assert.equal(view.command?.id, 'tencentdbPostgres.refresh');
});

const open = { kind: 'public', host: 'db.example.org', port: 5432, status: 'opened' };
const now = stateWith().now;

function doing(kind: OperationView['kind'], fields: Partial<OperationView> = {}): OperationView {
  return operationWith({ id: kind, kind, instanceId: 'postgres-aaaa1111', ...fields });
}

test('an instance that is being deleted says so instead of its status', () => {
  const view = (fields: Partial<OperationView>): NodeView =>
    describeNode(instanceRow(instanceWith({ addresses: [open] }), doing('delete', fields)));
  assert.equal(view({ state: 'scheduled', dueAt: now + 6_400 }).description, 'Deleting in 7 s · ap-guangzhou');
  for (const state of ['sending', 'settling', 'working'] as const) {
    assert.equal(view({ state }).description, 'Deleting · ap-guangzhou');
    assert.equal(view({ state }).icon?.id, 'trash');
  }
  assert.equal(
    view({ state: 'unsettled' }).description,
    'Running · Not known whether it was deleted · public · ap-guangzhou',
  );
  for (const state of ['failed', 'done'] as const) {
    assert.equal(view({ state }).description, 'Running · public · ap-guangzhou');
  }
});

test('public access is said where it is open or changes, with the time that is left', () => {
  const words = (addresses: Instance['addresses'], ...operations: OperationView[]): string | undefined =>
    describeNode(instanceRow(instanceWith({ addresses }), ...operations)).description;
  const closing = (left: number): OperationView => doing('closePublic', { state: 'scheduled', dueAt: now + left });
  assert.equal(words([]), 'Running · ap-guangzhou');
  assert.equal(words([open]), 'Running · public · ap-guangzhou');
  assert.equal(words([{ ...open, status: 'closing' }]), 'Running · public access is changing · ap-guangzhou');
  assert.equal(words([open], closing(27.5 * 60_000)), 'Running · public for another 28 minutes · ap-guangzhou');
  assert.equal(words([open], closing(-1)), 'Running · public access is about to close · ap-guangzhou');
  assert.equal(words([], closing(60_000)), 'Running · ap-guangzhou');
  assert.equal(words([], doing('openPublic'), closing(60_000)), 'Running · opening public access · ap-guangzhou');
  assert.equal(words([open], doing('closePublic')), 'Running · closing public access · ap-guangzhou');
});

test('a closing that failed is said for as long as the address is open and nothing newer was done about it', () => {
  const failed = doing('closePublic', { state: 'failed', startedAt: 1 });
  const words = (addresses: Instance['addresses'], ...operations: OperationView[]): string | undefined =>
    describeNode(instanceRow(instanceWith({ addresses }), ...operations)).description;
  assert.equal(words([open], failed), 'Running · public access could not be closed · ap-guangzhou');
  assert.equal(words([], failed), 'Running · ap-guangzhou');
  assert.equal(words([open], failed, doing('openPublic', { state: 'done' })), 'Running · public · ap-guangzhou');
});

test('an instance with a class tells class, storage, how it is paid for and what guards it', () => {
  const views = childViews(
    instanceRow(
      instanceWith({
        offering: 'provisioned',
        specCode: 'pg.it.small2',
        cpu: 2,
        memoryGb: 4,
        storageGb: 50,
        storageType: 'CLOUD_SSD',
        standbyZone: 'ap-guangzhou-3',
        chargeType: 'postpaid',
        expiresAt: '2026-01-02 03:04:05',
        isolatedAt: '2026-01-01 03:04:05',
        primaryId: 'postgres-p',
        deletionProtection: false,
      }),
    ),
  );
  const told = (name: string): string | undefined => views.get(name)?.accessibilityLabel;
  assert.deepEqual(
    ['kind', 'primary', 'class', 'storage', 'standbyZone', 'charge', 'expires', 'isolated', 'protection'].map(told),
    [
      'Kind of instance: Pay-as-you-go',
      'Read-only replica of: postgres-p',
      'Class: pg.it.small2 · 2 cores, 4 GB',
      'Storage: 50 GB · CLOUD_SSD',
      'Zone of the standby: ap-guangzhou-3',
      'Charge type: By the hour',
      'Expires: 2026-01-02 03:04:05',
      'In the recycle bin since: 2026-01-01 03:04:05',
      'Deletion protection: Off',
    ],
  );
});

test('a kind and a charge type that are not known are told as they came', () => {
  const views = childViews(instanceRow(instanceWith({ offering: 'of-tomorrow', chargeType: 'By Moon' })));
  assert.equal(views.get('kind')?.description, 'of-tomorrow');
  assert.equal(views.get('charge')?.description, 'By Moon');
  const paid = childViews(instanceRow(instanceWith({ chargeType: 'PREPAID', deletionProtection: true })));
  assert.equal(paid.get('charge')?.description, 'Paid in advance');
  assert.equal(paid.get('protection')?.description, 'On');
});

test('what changes an instance as a whole is said instead of its status, with how far it is', () => {
  const view = (status: string, ...operations: OperationView[]): NodeView =>
    describeNode(instanceRow(instanceWith({ status }), ...operations));
  assert.equal(view('restarting', doing('restart', { percent: 40 })).description, 'Restarting 40% · ap-guangzhou');
  assert.equal(
    view('running', doing('isolate', { state: 'sending' })).description,
    'Moving to the recycle bin · ap-guangzhou',
  );
  assert.equal(view('isolated', doing('restore', { state: 'settling' })).description, 'Being restored · ap-guangzhou');
  assert.equal(
    view('expanding', doing('resize', { subject: '4/8/50' })).description,
    'Resizing to 4 cores, 8 GB, 50 GB · ap-guangzhou',
  );
  assert.equal(view('running', doing('resize', { subject: 'large' })).description, 'Resizing · ap-guangzhou');
  assert.equal(
    view('waitSwitch', doing('resize', { subject: '4/8/50', percent: 90 })).description,
    'Resizing 90%: 4 cores, 8 GB, 50 GB · Waiting to switch over · ap-guangzhou',
  );
  assert.equal(view('isolated', doing('restore')).icon?.id, 'loading~spin');
});

test('any other change is said beside the status, in the order in which they were begun', () => {
  const words = (...operations: OperationView[]): string | undefined =>
    describeNode(instanceRow(instanceWith(), ...operations)).description;
  assert.equal(words(doing('rename', { subject: 'store' })), 'Running · Renaming to store · ap-guangzhou');
  assert.equal(
    words(
      doing('createDatabase', { subject: 'orders', startedAt: 2 }),
      doing('createAccount', { subject: 'app', startedAt: 1 }),
    ),
    'Running · Creating account app · Creating database orders · ap-guangzhou',
  );
  for (const state of ['done', 'failed', 'unsettled', 'scheduled'] as const) {
    assert.equal(words(doing('rename', { subject: 'store', state })), 'Running · ap-guangzhou');
  }
});

test('an instance in the recycle bin says so', () => {
  assert.equal(
    describeNode(instanceRow(instanceWith({ status: 'isolated' }))).description,
    'In the recycle bin · ap-guangzhou',
  );
});

test('a replica says what it is, with or without its primary, and leaves out what its primary says', () => {
  const copy = instanceWith({ id: 'postgres-copy', name: 'copy', primaryId: 'postgres-aaaa1111' });
  assert.equal(describeNode(instanceRow(copy)).description, 'Running · read-only replica · ap-guangzhou');
  const [row] = rootNodes(listOf([instanceWith(), copy]));
  assert.ok(row !== undefined);
  const [replica] = childrenOf(row);
  assert.ok(replica !== undefined);
  assert.equal(replica.id, 'instance/postgres-aaaa1111/instance/postgres-copy');
  assert.equal(describeNode(replica).description, 'Running · read-only replica');
  const [group] = rootNodes(listOf([instanceWith(), copy], { groupBy: 'region' }));
  assert.ok(group !== undefined);
  assert.equal(describeNode(group).accessibilityLabel, 'ap-guangzhou, 2 instances');
  assert.equal(childrenOf(group).length, 1);
});

test('the row at the end of a long list says how many it brings and how many are left', () => {
  const instances = Array.from({ length: 250 }, (_, index) => instanceWith({ id: `postgres-${String(index)}` }));
  const view = describeNode(rootNodes(listOf(instances), 200).at(-1) ?? firstRow({}));
  assert.deepEqual(
    [view.label, view.description, view.command?.id],
    ['Show 50 more', '50 not shown', 'tencentdbPostgres.showMore'],
  );
});

test('loading says so in words', () => {
  const refreshing = new Set(['ap-guangzhou']);
  assert.equal(describeNode(firstRow({ refreshing })).accessibilityLabel, 'Loading instances…');
  const failure = { kind: 'network', meaning: 'No way.', next: [] } as const;
  const retried = firstRow({ refreshing, regions: [{ region: 'ap-guangzhou', instances: [], failure }] });
  assert.equal(describeNode(retried).label, 'Refreshing ap-guangzhou…');
});

test('in any state every row can be described, in one line and without hidden marks', () => {
  const check = (node: TreeNode): void => {
    const { label, description, tooltip, accessibilityLabel, collapsible } = describeNode(node);
    for (const text of [label, description ?? '', accessibilityLabel, ...(tooltip ?? '').split('\n')]) {
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }
    const children = childrenOf(node);
    assert.equal(collapsible === 'none', children.length === 0);
    children.forEach(check);
  };
  fc.assert(
    fc.property(anyState, anyContents, (state, contents) => {
      rootNodes(withContents(state, contents)).forEach(check);
    }),
  );
});
