import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationView } from '../../../src/domain/operation.ts';
import {
  activityHeader,
  activityNodes,
  createActivityModel,
  describeActivity,
  type ActivityState,
} from '../../../src/tree/activity.ts';
import { contextValues } from '../../../src/tree/contextValues.ts';
import { createElements } from '../../../src/tree/elements.ts';
import type { NodeView } from '../../../src/tree/nodeView.ts';
import { anyOperation, operationWith } from '../../support/treeStates.ts';

const now = operationWith().startedAt + 82_000;

function views(...operations: Partial<OperationView>[]): NodeView[] {
  return activityNodes({ operations: operations.map(operationWith), now }).map(describeActivity);
}

function viewOf(fields: Partial<OperationView>): NodeView {
  const [view] = views(fields);
  assert.ok(view !== undefined);
  return view;
}

test('what is not over stands on top, each part with the newest first', () => {
  const labels = views(
    { id: '1', name: 'a', state: 'done', startedAt: 4 },
    { id: '2', name: 'b', state: 'working', startedAt: 1 },
    { id: '3', name: 'c', state: 'failed', startedAt: 5 },
    { id: '4', name: 'd', state: 'unsettled', startedAt: 3 },
    { id: '5', name: 'e', state: 'scheduled', startedAt: 2 },
  ).map(({ label }) => label);
  assert.deepEqual(labels, ['Create d', 'Create e', 'Create b', 'Create c', 'Create a']);
});

test('a row says what is done, how it stands and how long it takes or took', () => {
  const { startedAt } = operationWith();
  const view = viewOf({ requestId: 'r-1' });
  assert.equal(view.label, 'Create newshop');
  assert.equal(view.description, 'Being created · 1 min 20 s');
  assert.equal(view.accessibilityLabel, 'Create newshop, Being created, 1 min 20 s');
  assert.equal(view.contextValue, 'operation.create.working.requestId');
  assert.equal(view.icon?.id, 'loading~spin');
  assert.equal(
    viewOf({ kind: 'delete', state: 'done', endedAt: startedAt + 61_900 }).description,
    'Deleted · 1 min 1 s',
  );
  assert.equal(
    viewOf({ kind: 'openPublic', state: 'failed', endedAt: startedAt + 3_000 }).description,
    'Not opened · 3 s',
  );
});

test('what waits for its time says when it is due', () => {
  assert.equal(
    viewOf({ kind: 'delete', state: 'scheduled', dueAt: now + 7_000 }).description,
    'in 7 s · About to be deleted',
  );
  assert.equal(
    viewOf({ kind: 'closePublic', state: 'scheduled', dueAt: now + 28 * 60_000 }).description,
    'in 28 minutes · Open until its time is up',
  );
});

test('every kind and state has words and an icon of its own kind', () => {
  const icons = (['scheduled', 'sending', 'settling', 'working', 'done', 'failed', 'unsettled'] as const).map(
    (state) => viewOf({ state }).icon?.id,
  );
  assert.deepEqual(icons, ['clock', 'loading~spin', 'loading~spin', 'loading~spin', 'pass', 'error', 'warning']);
  const titles = (['create', 'delete', 'openPublic', 'closePublic'] as const).map((kind) => viewOf({ kind }).label);
  assert.deepEqual(titles, [
    'Create newshop',
    'Delete newshop',
    'Open public access to newshop',
    'Close public access to newshop',
  ]);
});

test('every change of an instance has a name that says what it is about', () => {
  const title = (kind: OperationView['kind'], subject?: string): string =>
    viewOf({ kind, ...(subject === undefined ? {} : { subject }) }).label;
  assert.deepEqual(
    [
      title('rename', 'store'),
      title('restart'),
      title('resize', '4/8/50'),
      title('resize', 'large'),
      title('isolate'),
      title('restore'),
      title('protect'),
      title('unprotect'),
      title('resetPassword', 'app'),
      title('createAccount', 'app'),
      title('deleteAccount', 'app'),
      title('createDatabase', 'orders'),
      title('deleteDatabase', 'orders'),
      viewOf({ kind: 'openPublic', ipv6: true }).label,
      viewOf({ kind: 'closePublic', ipv6: true }).label,
    ],
    [
      'Rename newshop to store',
      'Restart newshop',
      'Resize newshop to 4 cores, 8 GB, 50 GB',
      'Resize newshop',
      'Move newshop to the recycle bin',
      'Restore newshop from the recycle bin',
      'Turn on deletion protection of newshop',
      'Turn off deletion protection of newshop',
      'Reset the password of account app on newshop',
      'Create account app on newshop',
      'Delete account app on newshop',
      'Create database orders on newshop',
      'Delete database orders on newshop',
      'Open public access to newshop over IPv6',
      'Close public access to newshop over IPv6',
    ],
  );
});

test('a change says how far it is while it is under way, and else how it ended', () => {
  const words = (fields: Partial<OperationView>): string | undefined =>
    viewOf({ kind: 'restart', percent: 40, startedAt: now, ...fields }).description?.split(' · ')[0];
  assert.deepEqual(
    (['sending', 'settling', 'working', 'done', 'failed', 'unsettled'] as const).map((state) => words({ state })),
    [
      'Sending the request',
      'Checking whether it was done',
      'Restarting 40%',
      'Done',
      'Not done',
      'Not known whether it was done',
    ],
  );
  assert.equal(words({ kind: 'create' }), 'Being created 40%');
  assert.equal(words({ kind: 'create', state: 'unsettled', candidates: ['a'] }), 'Choose which instance it is');
});

test('what helps support is told: the task and the orders', () => {
  const model = createActivityModel(() => ({ operations: [operationWith({ taskId: 7, orders: ['a', 'b'] })], now }));
  const [row] = model.roots(Infinity);
  assert.ok(row !== undefined);
  const told = model.childrenOf(row, Infinity).map((child) => describeActivity(child).accessibilityLabel);
  assert.ok(told.includes('Task ID: 7') && told.includes('Orders: a, b'));
});

test('a row opens to what happened, when and why, and the request id', () => {
  const operation = operationWith({
    kind: 'delete',
    state: 'failed',
    instanceId: 'postgres-1',
    endedAt: operationWith().startedAt + 5_000,
    explanation: { kind: 'state', meaning: 'It is locked.', next: [], serviceWords: 'A.B: c', requestId: 'r-1' },
  });
  const model = createActivityModel(() => ({ operations: [operation], now }));
  const [row] = model.roots(Infinity);
  assert.ok(row !== undefined);
  assert.deepEqual(
    model.childrenOf(row, Infinity).map((child) => describeActivity(child).accessibilityLabel),
    [
      'Status: Not deleted',
      'Meaning: It is locked.',
      'Answer of the service: A.B: c',
      'Started: 2025-11-24 03:02',
      'Duration: 5 s',
      'Request ID: r-1',
      'Region and zone: ap-guangzhou · ap-guangzhou-2',
      'Instance ID: postgres-1',
    ],
  );
});

test('with several accounts a row says whose it is', () => {
  const accounts = new Map([[operationWith().accountId, 'dev']]);
  const operations = [operationWith(), operationWith({ id: 'op-2', accountId: '2' })];
  assert.deepEqual(
    activityNodes({ operations, accounts, now }).map((node) => describeActivity(node).description),
    ['Being created · 1 min 20 s · dev', 'Being created · 1 min 20 s · 2'],
  );
});

test('a moment later only what is under way is drawn anew', () => {
  const world = { now };
  const operations = [operationWith(), operationWith({ id: 'op-2', state: 'done', endedAt: now })];
  const elements = createElements(createActivityModel((): ActivityState => ({ operations, now: world.now })));
  const [working] = elements.roots();
  world.now += 1_000;
  assert.deepEqual(elements.update(), [], 'durations are told in steps');
  world.now += 5_000;
  assert.deepEqual(elements.update(), [working]);
  assert.equal(elements.find('op-1'), working);
  assert.equal(elements.find('op-9'), undefined);
});

test('any operations give rows that can be shown, each once', () => {
  fc.assert(
    fc.property(fc.array(anyOperation), fc.integer(), (operations, at) => {
      const model = createActivityModel(() => ({ operations, now: at }));
      const rows = model.roots(Infinity).flatMap((row) => [row, ...model.childrenOf(row, Infinity)]);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
      for (const view of rows.map(describeActivity)) {
        assert.ok(contextValues.includes(view.contextValue));
        for (const text of [view.label, view.description ?? '', view.accessibilityLabel]) {
          assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|NaN/u);
        }
      }
    }),
  );
});

test('the view is called Activity', () => {
  assert.deepEqual(activityHeader(), { title: 'Activity' });
});
