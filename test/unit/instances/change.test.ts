import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChangeOrder } from '../../../src/domain/changeOrder.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { hasEnded } from '../../../src/domain/operation.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { ChangeProgress, ChangeResult } from '../../../src/instances/change.ts';
import type { InstanceOperation } from '../../../src/instances/operation.ts';
import type { TaskLook } from './changeWorld.ts';
import { managedWorld, running, success } from './changeWorld.ts';
import type { Meets } from './lifeWorld.ts';
import { lost, offline, only, refusal, signedOut, states } from './lifeWorld.ts';

const minutes = 60_000;
const secret = 'Geheim-1234';
const restart: ChangeOrder = { kind: 'restart' };
const resize: ChangeOrder = {
  kind: 'resize',
  size: { cpu: 2, memoryGb: 4, storageGb: 50 },
  at: { kind: 'maintenanceWindow' },
};
const reset: ChangeOrder = { kind: 'resetPassword', account: 'admin', password: new Secret(secret) };
const newAccount: ChangeOrder = {
  kind: 'createAccount',
  account: { name: 'app', type: 'normal', password: new Secret(secret) },
};
const shopDatabase = { name: 'shop', owner: 'admin' };

/** One change in one window, from its confirmation to where it is no longer followed. */
async function changed(
  order: ChangeOrder,
  setting: {
    readonly meets?: readonly Meets[];
    readonly tasks?: readonly TaskLook[];
    readonly fields?: Partial<Instance>;
    readonly prepare?: (world: ReturnType<typeof managedWorld>) => void;
  } = {},
) {
  const world = managedWorld();
  world.made.meets.push(...(setting.meets ?? []));
  world.tasks.push(...(setting.tasks ?? []));
  setting.prepare?.(world);
  const window = await world.window();
  const instance = world.add(setting.fields);
  const seen: ChangeProgress[] = [];
  const start = world.made.clock.now();
  const result = await window.change.carryOut(instance, order, window.signal, (progress) => void seen.push(progress));
  const operation = only(window.journal, order.kind);
  return {
    world,
    window,
    result,
    operation,
    seen,
    calls: world.made.calls,
    known: window.known.get(instance.id),
    start,
    took: world.made.clock.now() - start,
  };
}

/** What the next session makes of what is on record. */
async function next(world: ReturnType<typeof managedWorld>, kind: InstanceOperation['kind']) {
  const window = await world.window();
  const end = await window.change.settle(only(window.journal, kind), window.signal);
  return { window, end, operation: only(window.journal, kind) };
}

function meaning(result: ChangeResult): string {
  return 'explanation' in result ? result.explanation.meaning : result.kind;
}

test('a restart is followed by its task, with percent and step, and the instance is read again', async () => {
  const { result, operation, seen, calls, known, world, window, took } = await changed(restart, {
    tasks: [running(10, 'stop'), running(12, 'stop'), running(60, 'start'), success],
  });
  assert.equal(result.kind, 'done');
  assert.deepEqual(calls, ['restart postgres-aaaa1111']);
  assert.deepEqual(
    seen
      .filter(({ percent }) => percent !== undefined)
      .map(({ percent, step }) => `${String(percent)} ${String(step)}`),
    ['10 stop', '12 stop', '60 start'],
  );
  assert.deepEqual(
    [operation.state, operation.taskId, operation.percent, operation.requestId],
    ['done', 7, 60, 'req-restart'],
  );
  assert.equal(known?.status, 'running');
  assert.equal(took, 4 * 5_000, 'four looks at the task; the instance runs already');
  assert.deepEqual(world.done, ['restart']);
  assert.equal(world.made.held.size, 0);
  assert.equal(window.log.lines.filter((line) => line.startsWith('Accepted')).length, 1);
});

test('what was confirmed is on disk before the request leaves', async () => {
  const world = managedWorld();
  const window = await world.window();
  let onDisk: string[] = [];
  world.management.restart = () => {
    onDisk = [...world.made.folder.files.values()];
    return Promise.reject(refusal('FailedOperation'));
  };
  await window.change.carryOut(world.add(), restart, window.signal, () => undefined);
  assert.match(onDisk.join(), /"kind":"restart".*"state":"sending"/);
});

test('percent is written down when it has moved on by five, or with a new step', async () => {
  const world = managedWorld();
  world.tasks.push(...[0, 1, 4, 5, 9, 10].map((percent) => running(percent, 'a')), running(11, 'b'), success);
  const window = await world.window();
  const noted: number[] = [];
  window.journal.onDidChange(() => {
    const { percent } = only(window.journal, 'restart');
    if (percent !== undefined && noted.at(-1) !== percent) noted.push(percent);
  });
  await window.change.carryOut(world.add(), restart, window.signal, () => undefined);
  assert.deepEqual(noted, [0, 5, 10, 11]);
});

test('a restart without a task is done when the instance runs again, not while it runs still', async () => {
  const { result, seen, took } = await changed(restart);
  assert.equal(result.kind, 'done');
  assert.ok(seen.some(({ instance }) => instance?.status === 'restarting'));
  assert.ok(took >= 20_000, String(took));
});

test('the instance is looked at as soon as the service has answered, so that the tree shows what goes on', async () => {
  const world = managedWorld();
  const window = await world.window();
  const start = world.made.clock.now();
  const seen: [number, string | undefined][] = [];
  await window.change.carryOut(world.add(), restart, window.signal, ({ instance }) => {
    seen.push([world.made.clock.now() - start, instance?.status]);
  });
  assert.deepEqual(seen[0], [0, 'restarting']);
});

test('what the service took may begin minutes later', async () => {
  const { result, took } = await changed(
    { kind: 'isolate' },
    {
      prepare: (world) => {
        const { isolate } = world.management;
        world.management.isolate = (...call) => {
          void world.made.clock.sleep(3 * minutes, new AbortController().signal).then(() => isolate(...call));
          return Promise.resolve({ requestId: 'r' });
        };
      },
    },
  );
  assert.equal(result.kind, 'done');
  assert.ok(took > 3 * minutes, String(took));
});

test('a restart that was too quick to be seen is done after a minute', async () => {
  const { result, took } = await changed(restart, {
    prepare: ({ management }) => {
      management.restart = () => Promise.resolve({ requestId: 'r' });
    },
  });
  assert.equal(result.kind, 'done');
  assert.ok(took >= minutes, String(took));
});

test('a task that fails is a failure in the words of the service', async () => {
  const { result, operation } = await changed(restart, {
    tasks: [running(40), { id: 7, status: 'Fail', percent: 40, message: 'disk is gone' }],
  });
  assert.ok(result.kind === 'failed');
  assert.deepEqual([result.explanation.serviceWords, result.explanation.requestId], ['disk is gone', 'req-restart']);
  assert.equal(operation.state, 'failed');
});

test('a task that is not listed, or may not be asked for, leaves it to the instance', async () => {
  const denied = refusal('UnauthorizedOperation.CAMPermissionDenied');
  for (const tasks of [[undefined], [running(10), undefined], [denied]] as const) {
    const { result, known } = await changed(restart, { tasks });
    assert.equal(result.kind, 'done');
    assert.equal(known?.status, 'running');
  }
});

test('a task that is missed once, or cannot be asked for a while, is followed on', async () => {
  const { result, seen } = await changed(restart, {
    tasks: [running(10), undefined, undefined, offline, running(50), undefined, undefined, running(60), success],
  });
  assert.equal(result.kind, 'done');
  assert.ok(seen.some(({ percent }) => percent === 60));
});

test('a task that moves on is followed for hours, and one that does not is given up for now', async () => {
  const hours = Array.from({ length: 100 }, (_, percent) => Array.from({ length: 50 }, () => running(percent))).flat();
  const long = await changed(restart, { tasks: [...hours, success] });
  assert.equal(long.result.kind, 'done');
  assert.ok(long.took > 300 * minutes, String(long.took));

  const stuck = await changed(restart, { tasks: [running(30)] });
  assert.ok(stuck.result.kind === 'unsettled');
  assert.match(stuck.result.explanation.meaning, /nothing has changed for 5 minutes/);
  assert.equal(stuck.operation.state, 'unsettled');
  assert.equal(stuck.world.made.held.size, 0);
});

test('keys that are gone end the following, and the next session goes on', async () => {
  const { result, world } = await changed(restart, { tasks: [running(10), signedOut, success] });
  assert.ok(result.kind === 'unsettled');
  assert.equal(result.explanation.kind, 'credentials');
  assert.equal((await next(world, 'restart')).end.kind, 'done');
});

test('a change that waits for its time of switching is reported, keeps working, and ends by itself', async () => {
  const waiting = { id: 7, status: 'WaitSwitch', percent: 90 };
  const tasks = [running(50), ...Array.from({ length: 200 }, () => waiting), success];
  const { result, operation, world, window, took } = await changed(resize, { tasks });
  assert.ok(result.kind === 'waiting');
  assert.deepEqual([operation.state, operation.percent], ['working', 90]);
  assert.ok(took < minutes);
  assert.equal(world.made.held.size, 1, 'it is followed on here');
  const end = await result.ended;
  assert.ok(end.kind === 'done');
  assert.deepEqual(states(window.journal, 'resize'), ['done']);
  assert.ok(world.made.clock.now() > 200 * minutes, 'looked at once a minute');
  assert.equal(world.made.held.size, 0);
});

test('while it waits, the tree is shown the instance as it is', async () => {
  const world = managedWorld();
  world.tasks.push({ id: 7, status: 'WaitSwitch', percent: 90 });
  const window = await world.window();
  const shop = world.add();
  const result = await window.change.carryOut(shop, resize, window.signal, () => undefined);
  assert.equal(result.kind, 'waiting');
  await world.made.clock.sleep(minutes, new AbortController().signal);
  world.made.instances.set(shop.id, { ...shop, status: 'waitSwitch' });
  await world.made.clock.sleep(2 * minutes, new AbortController().signal);
  assert.equal(window.known.get(shop.id)?.status, 'waitSwitch');
  window.end();
});

test('a size is done when the instance has it and runs; the record can be read by machines', async () => {
  const { result, operation, known, calls } = await changed(resize);
  assert.equal(result.kind, 'done');
  assert.equal(operation.subject, '2/4/50');
  assert.deepEqual(calls, ['resize maintenanceWindow postgres-aaaa1111']);
  assert.deepEqual([known?.cpu, known?.memoryGb, known?.storageGb], [2, 4, 50]);
});

test('a size that the service gave up is a failure', async () => {
  const { result } = await changed(resize, {
    prepare: (world) => {
      world.management.resize = (_region, id) => {
        const shop = world.made.instances.get(id);
        assert.ok(shop !== undefined);
        world.made.instances.set(id, { ...shop, status: 'expanding' });
        void world.made.clock
          .sleep(20_000, new AbortController().signal)
          .then(() => world.made.instances.set(id, shop));
        return Promise.resolve({ requestId: 'r' });
      };
    },
  });
  assert.match(meaning(result), /as it is before|as it was before/);
});

test('to the recycle bin and out of it: followed by the status', async () => {
  const { result, known } = await changed({ kind: 'isolate' });
  assert.deepEqual([result.kind, known?.status], ['done', 'isolated']);
  const back = await changed({ kind: 'restore' }, { fields: { status: 'isolated' } });
  assert.deepEqual([back.result.kind, back.known?.status], ['done', 'running']);
});

test('a new name is shown at once, while the list of the service lags behind', async () => {
  const { result, known, operation, took } = await changed({ kind: 'rename', name: 'store' });
  assert.equal(result.kind, 'done');
  assert.deepEqual([known?.name, operation.name, operation.subject, took], ['store', 'shop', 'store', 0]);
});

test('protection is turned on and off', async () => {
  assert.equal((await changed({ kind: 'protect' })).known?.deletionProtection, true);
  const off = await changed({ kind: 'unprotect' }, { fields: { deletionProtection: true } });
  assert.equal(off.known?.deletionProtection, false);
});

test('a refused change is a failure with the request id, and everything is as it was', async () => {
  const { result, operation, world } = await changed(restart, { meets: [refusal('OperationDenied.X')] });
  assert.ok(result.kind === 'failed');
  assert.deepEqual([operation.state, operation.requestId], ['failed', 'req-refused']);
  assert.deepEqual([world.done, world.made.held.size], [[], 0]);
});

test('after a lost answer the instance tells, and nothing is sent again', async () => {
  const orders: readonly (readonly [ChangeOrder, Partial<Instance>])[] = [
    [{ kind: 'rename', name: 'store' }, {}],
    [restart, {}],
    [resize, {}],
    [{ kind: 'isolate' }, {}],
    [{ kind: 'restore' }, { status: 'isolated' }],
    [{ kind: 'protect' }, {}],
    [{ kind: 'unprotect' }, { deletionProtection: true }],
    [newAccount, {}],
    [{ kind: 'deleteAccount', account: 'admin' }, {}],
    [{ kind: 'createDatabase', database: shopDatabase }, {}],
    [{ kind: 'deleteDatabase', database: { name: 'postgres', owner: 'admin' } }, {}],
    [reset, {}],
  ];
  for (const [order, fields] of orders) {
    const arrived = await changed(order, { meets: ['take and lose'], fields });
    assert.equal(arrived.result.kind, 'done', order.kind);
    assert.equal(arrived.calls.length, 1);
    if (order.kind === 'restart') continue;
    const never = await changed(order, { meets: ['lose'], fields });
    assert.ok(never.result.kind === 'failed', order.kind);
    assert.match(never.result.explanation.meaning, /did not arrive/);
    assert.ok(never.took >= minutes);
    assert.equal(never.calls.length, 1);
  }
});

test('a lost restart that never shows cannot be told, now and at the next start, and is said once', async () => {
  const { result, world } = await changed(restart, { meets: ['lose'] });
  assert.ok(result.kind === 'unsettled');
  assert.match(result.explanation.meaning, /nothing shows whether it was restarted/);
  assert.equal(result.again, false);
  const { end } = await next(world, 'restart');
  assert.ok(end.kind === 'unsettled' && end.again);
  assert.equal(world.made.calls.length, 1);
});

test('a restart that is seen after a lost answer has arrived', async () => {
  const { result, operation } = await changed(restart, { meets: ['take and lose'] });
  assert.equal(result.kind, 'done');
  assert.equal(operation.requestId, undefined);
});

test('the service that cannot be asked after a lost answer leaves it unsettled, and the next start asks', async () => {
  const { result, world } = await changed(newAccount, {
    meets: ['take and lose'],
    prepare: ({ management }) => {
      management.accounts = () => Promise.reject(offline);
    },
  });
  assert.ok(result.kind === 'unsettled');
  assert.match(result.explanation.meaning, /asked again on the next start/);
  world.management.accounts = () => Promise.resolve([{ name: 'app', type: 'normal', ready: true }]);
  const { end, window } = await next(world, 'createAccount');
  assert.equal(end.kind, 'done');
  assert.equal((await window.passwords.get('postgres-aaaa1111', 'app'))?.reveal(), secret, 'it was not lost meanwhile');
});

test('a busy instance is no sign that a lost request did not arrive', async () => {
  const { result } = await changed({ kind: 'isolate' }, { meets: ['lose'], fields: { status: 'upgrading' } });
  assert.equal(result.kind, 'unsettled');
});

test('an instance that is gone ends the change', async () => {
  for (const fields of [{ status: 'offline' }, { status: 'isolated' }]) {
    const { result } = await changed(restart, {
      prepare: (world) => {
        world.management.restart = (_region, id) => {
          const shop = world.made.instances.get(id);
          assert.ok(shop !== undefined);
          world.made.instances.set(id, { ...shop, ...fields });
          return Promise.resolve({ requestId: 'r' });
        };
      },
    });
    assert.match(meaning(result), /no longer lists/);
  }
  const { result } = await changed(restart, {
    prepare: (world) => {
      world.management.restart = (_region, id) => {
        world.made.instances.delete(id);
        return Promise.resolve({ requestId: 'r' });
      };
    },
  });
  assert.match(meaning(result), /no longer lists/);
});

test('a password that was reset is kept for its account, and nowhere on record', async () => {
  const { result, window, world, operation } = await changed(reset);
  assert.equal(result.kind, 'done');
  assert.equal((await window.passwords.get('postgres-aaaa1111', 'admin'))?.reveal(), secret);
  assert.equal(await window.passwords.get('postgres-aaaa1111', 'other'), undefined);
  assert.equal(operation.subject, 'admin');
  assert.doesNotMatch([...world.made.folder.files.values(), ...window.log.lines].join(), /Geheim/);
});

test('a password that the service refused is not kept, and the one before stays', async () => {
  const { window } = await changed(reset, {
    meets: [refusal('InvalidParameterValue')],
    prepare: ({ secrets }) => {
      void secrets.store('tencentdbPostgres.accountPasswords.postgres-aaaa1111', JSON.stringify([['admin', 'old']]));
    },
  });
  assert.equal((await window.passwords.get('postgres-aaaa1111', 'admin'))?.reveal(), 'old');
});

test('the time at which a password was set tells after a lost answer, and the right one is kept', async () => {
  const arrived = await changed(reset, { meets: ['take and lose'] });
  assert.equal(arrived.result.kind, 'done');
  assert.equal((await arrived.window.passwords.get('postgres-aaaa1111', 'admin'))?.reveal(), secret);
  assert.equal(arrived.operation.before, '2026-11-24 12:00:00');

  // The service tells whole seconds, so the one that was read has to be over before anything is sent.
  assert.ok(arrived.operation.startedAt - arrived.start >= 1_000);

  const never = await changed(reset, { meets: ['lose'] });
  assert.match(meaning(never.result), /did not arrive/);
  assert.equal(await never.window.passwords.get('postgres-aaaa1111', 'admin'), undefined);
});

test('an account whose password is being set is looked at until that is over', async () => {
  const { result } = await changed(reset, {
    meets: ['lose'],
    prepare: ({ management }) => {
      const { accounts } = management;
      let looks = 0;
      management.accounts = async (...call) => {
        const rows = await accounts(...call);
        looks += 1;
        return looks > 1 && looks < 8 ? rows.map((row) => ({ ...row, ready: false })) : rows;
      };
    },
  });
  assert.match(meaning(result), /did not arrive/);
});

test('a password whose time cannot be read at first is kept for the next start, which reads it', async () => {
  const { result, world, window } = await changed(reset, {
    meets: ['take and lose'],
    prepare: ({ management }) => {
      const { accounts } = management;
      let looks = 0;
      management.accounts = (...call) => ((looks += 1) === 1 ? accounts(...call) : Promise.reject(offline));
    },
  });
  assert.equal(result.kind, 'unsettled');
  assert.equal(await window.passwords.get('postgres-aaaa1111', 'admin'), undefined);
  world.management.accounts = () =>
    Promise.resolve([{ name: 'admin', type: 'normal', ready: true, passwordSetAt: '2026-11-24 12:00:01' }]);
  const later = await next(world, 'resetPassword');
  assert.equal(later.end.kind, 'done');
  assert.equal((await later.window.passwords.get('postgres-aaaa1111', 'admin'))?.reveal(), secret);
  assert.equal(world.made.calls.length, 1);
});

test('where no time is told nobody can tell which password holds: it is said at once, and none is kept', async () => {
  const { result, window, took } = await changed(reset, {
    meets: ['take and lose'],
    prepare: ({ passwordTimes }) => {
      passwordTimes.clear();
    },
  });
  assert.ok(result.kind === 'unsettled');
  assert.match(result.explanation.meaning, /which password account "admin" has/);
  assert.deepEqual([took, await window.passwords.get('postgres-aaaa1111', 'admin')], [0, undefined]);
});

test('an account or a database that was there before is not taken for the one that was to be made', async () => {
  for (const order of [newAccount, { kind: 'createDatabase', database: shopDatabase } as const]) {
    const { result, operation, window } = await changed(order, {
      meets: ['lose'],
      prepare: ({ accounts, databases }) => {
        accounts.add('app');
        databases.add('shop');
      },
    });
    assert.match(meaning(result), /did not arrive/);
    assert.equal(operation.before, 'there');
    assert.equal(await window.passwords.get('postgres-aaaa1111', 'app'), undefined);
  }
});

test('a list that cannot be read beforehand holds nothing up', async () => {
  const { result, operation } = await changed(newAccount, {
    prepare: ({ management }) => {
      management.accounts = () => Promise.reject(offline);
    },
  });
  assert.deepEqual([result.kind, operation.before], ['done', undefined]);
});

test('an editor that ends while it reads beforehand has sent nothing, and nothing is on record', async () => {
  const world = managedWorld();
  const window = await world.window();
  world.management.accounts = () => {
    window.end();
    return Promise.reject(offline);
  };
  await assert.rejects(window.change.carryOut(world.add(), reset, window.signal, () => undefined));
  assert.deepEqual([world.made.calls, world.made.folder.files.size], [[], 0]);
});

test('a deletion that is refused since there is nothing to delete is done, and another refusal is not', async () => {
  const orders: readonly ChangeOrder[] = [
    { kind: 'deleteAccount', account: 'app' },
    { kind: 'deleteDatabase', database: shopDatabase },
  ];
  for (const order of orders) {
    const gone = await changed(order, { meets: [refusal('InvalidParameterValue.AccountNotExist')] });
    assert.deepEqual([gone.result.kind, gone.operation.state], ['done', 'done'], order.kind);
    const there = await changed(order, {
      meets: [refusal('FailedOperation.FailedOperationError')],
      prepare: ({ accounts, databases }) => {
        accounts.add('app');
        databases.add('shop');
      },
    });
    assert.equal(there.result.kind, 'failed', order.kind);
    const unread = await changed(order, {
      meets: [refusal('InvalidParameterValue.AccountNotExist')],
      prepare: ({ management }) => {
        management.accounts = () => Promise.reject(offline);
        management.databases = () => Promise.reject(offline);
      },
    });
    assert.equal(unread.result.kind, 'failed', order.kind);
    assert.equal((await changed(order, { meets: [offline] })).result.kind, 'failed', 'it did not leave');
  }
});

test('a password outlives an editor that ends between the answer and the keeping', async () => {
  const world = managedWorld();
  const first = await world.window();
  const { operation } = await first.journal.begin({
    kind: 'resetPassword',
    ...{ accountId: '100000000001', offering: 'provisioned', name: 'shop', region: 'ap-guangzhou', zone: 'z' },
    instanceId: world.add().id,
    state: 'sending',
    subject: 'admin',
  });
  await first.passwords.keepPending(operation.id, 'admin', new Secret(secret));
  await first.journal.change(operation, { state: 'working', requestId: 'r' });
  first.end();

  const { end, window } = await next(world, 'resetPassword');
  assert.equal(end.kind, 'done');
  assert.equal((await window.passwords.get('postgres-aaaa1111', 'admin'))?.reveal(), secret);
});

test('without a place to keep the password nothing is sent, and nothing stays on record', async () => {
  const world = managedWorld();
  const window = await world.window();
  world.secrets.store = () => Promise.reject(new Error('no keyring'));
  await assert.rejects(
    window.change.carryOut(world.add(), reset, window.signal, () => undefined),
    /no keyring/,
  );
  assert.deepEqual([world.made.calls, world.made.folder.files.size, world.made.held.size], [[], 0, 0]);
});

test('the password of a deleted account is forgotten, that of another stays', async () => {
  const world = managedWorld();
  const window = await world.window();
  const shop = world.add();
  await window.passwords.set(shop.id, new Secret('a'), 'admin');
  await window.passwords.set(shop.id, new Secret('b'), 'other');
  const order: ChangeOrder = { kind: 'deleteAccount', account: 'admin' };
  assert.equal((await window.change.carryOut(shop, order, window.signal, () => undefined)).kind, 'done');
  assert.equal(await window.passwords.get(shop.id, 'admin'), undefined);
  assert.equal((await window.passwords.get(shop.id, 'other'))?.reveal(), 'b');
});

test('the next window goes on with a change that was on its way', async () => {
  const world = managedWorld();
  world.tasks.push(running(10));
  const first = await world.window();
  const shop = world.add();
  const changing = first.change.carryOut(shop, restart, first.signal, () => undefined);
  await world.made.clock.sleep(12_000, new AbortController().signal);
  first.end();
  assert.equal((await changing).kind, 'left');
  assert.equal(only(first.journal, 'restart').state, 'working');

  world.tasks.splice(0, 1, running(80), success);
  const { end, operation } = await next(world, 'restart');
  assert.equal(end.kind, 'done');
  assert.deepEqual([operation.state, operation.percent], ['done', 80]);
  assert.equal(world.made.calls.length, 1);
});

test('a change of which it is not known whether it was sent is never sent again', async () => {
  const world = managedWorld();
  const first = await world.window();
  const shop = world.add();
  await first.journal.begin({
    kind: 'rename',
    ...{ accountId: shop.accountId, offering: shop.offering, name: shop.name, region: shop.region, zone: shop.zone },
    instanceId: shop.id,
    state: 'sending',
    subject: 'store',
  });
  first.end();
  const { end } = await next(world, 'rename');
  assert.match(meaning(end), /did not arrive/);
  assert.deepEqual(world.made.calls, []);
});

test('an ended window does not settle anything', async () => {
  const world = managedWorld();
  world.tasks.push(running(10));
  const window = await world.window();
  const shop = world.add();
  void window.change.carryOut(shop, restart, window.signal, () => undefined);
  await world.made.clock.sleep(6_000, new AbortController().signal);
  const operation = only(window.journal, 'restart');
  window.end();
  await assert.rejects(window.change.settle(operation, window.signal), { name: 'CancelledError' });
});

test('whatever the service does, a change is sent once, ends in one of its ends, and leaks no password', async () => {
  const anyOrder = fc.constantFrom<ChangeOrder>(
    restart,
    resize,
    reset,
    newAccount,
    { kind: 'rename', name: 'store' },
    { kind: 'isolate' },
    { kind: 'protect' },
    { kind: 'deleteAccount', account: 'admin' },
    { kind: 'createDatabase', database: shopDatabase },
  );
  const anyMeets = fc.constantFrom<Meets>('take', 'take and lose', 'lose', offline, lost, refusal('X'));
  const anyTask = fc.constantFrom<TaskLook>(
    running(1),
    running(50, 'x'),
    success,
    undefined,
    offline,
    { id: 7, status: 'Fail', percent: 3 },
    { id: 7, status: 'Odd', percent: 3 },
  );
  await fc.assert(
    fc.asyncProperty(
      anyOrder,
      anyMeets,
      fc.array(anyTask, { maxLength: 6 }),
      fc.array(fc.constantFrom(offline, signedOut), { maxLength: 3 }),
      async (order, meets, tasks, looks) => {
        const { result, operation, calls, world, window } = await changed(order, {
          meets: [meets],
          tasks,
          prepare: ({ made }) => void made.looks.push(...looks),
        });
        assert.equal(calls.length, 1);
        assert.ok(result.kind === 'done' || result.kind === 'failed' || result.kind === 'unsettled', result.kind);
        assert.equal(hasEnded(operation), result.kind !== 'unsettled');
        assert.equal(world.made.held.size, 0);
        assert.doesNotMatch([...world.made.folder.files.values(), ...window.log.lines].join(), /Geheim/);
        const pending = await world.secrets.get(`tencentdbPostgres.pendingPassword.${operation.id}`);
        // What may still turn out to be the password is kept; then it is one that can be settled.
        if (result.kind !== 'unsettled' || operation.before === undefined) assert.equal(pending, undefined);
      },
    ),
    { numRuns: 150 },
  );
});

test('the passwords of a change are in order before its record ends, so that no crash leaves one behind', async () => {
  const ends: readonly (readonly [ChangeOrder, Meets, string])[] = [
    [reset, refusal('X'), 'tencentdbPostgres.pendingPassword.op-1'],
    [{ kind: 'deleteAccount', account: 'app' }, 'take', 'tencentdbPostgres.accountPasswords.postgres-aaaa1111'],
  ];
  for (const [order, meets, key] of ends) {
    const world = managedWorld();
    const window = await world.window();
    const instance = world.add();
    await window.passwords.set(instance.id, new Secret(secret), 'app');
    world.made.meets.push(meets);
    const { write } = world.made.folder;
    const keptThen: (string | undefined)[] = [];
    world.made.folder.write = async (name, value) => {
      if (/"state":"(done|failed)"/u.test(JSON.stringify(value))) keptThen.push(await world.secrets.get(key));
      await write(name, value);
    };
    await window.change.carryOut(instance, order, window.signal, () => undefined);
    assert.deepEqual(keptThen, [undefined], order.kind);
  }
});
