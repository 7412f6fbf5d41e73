import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstanceBook, type Instance, isProvisioned, replicaOf } from '../../src/simulator/instance.ts';
import { createLifecycle } from '../../src/simulator/lifecycle.ts';
import type { DatabaseHost } from '../../src/simulator/postgres.ts';
import { until } from './support.ts';

const fresh: Instance = {
  id: 'postgres-0a1b2c3d',
  name: 'walker',
  account: '100000000001',
  status: 'applying',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  projectId: 0,
  vpcId: '',
  subnetId: '',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
  createdAt: 0,
  user: 'tencentdb_user',
  password: 'password',
  database: 'tencentdb_base',
  port: 0,
  publicStatus: 'initing',
  publicPort: 0,
};

/** A lifecycle without waiting, and every pair of statuses that was written down. */
function walked(databases?: DatabaseHost) {
  const history: string[] = [];
  const warnings: string[] = [];
  const book = createInstanceBook([], (instances) => {
    const now = instances.map((instance) => `${instance.status}/${instance.publicStatus}`).join() || 'gone';
    if (history.at(-1) !== now) history.push(now);
    return Promise.resolve();
  });
  const lifecycle = createLifecycle({
    book,
    databases,
    pace: 0,
    now: () => 0,
    newTaskId: () => 7,
    warn: (message) => warnings.push(message),
  });
  const reaches = (last: string): Promise<unknown> =>
    until(
      () => Promise.resolve(history.at(-1)),
      (now) => now === last,
    );
  return { history, warnings, book, lifecycle, reaches };
}

/** A host whose databases are only promised. @param start what happens when one is to be started */
function host(start: DatabaseHost['start']): DatabaseHost {
  return {
    create: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
    start,
    superuserPassword: () => Promise.resolve('not asked for'),
  };
}

test('an instance goes applying, init, initing, running; opening, opened; closing, closed; recycling, gone', async () => {
  const { history, lifecycle, reaches } = walked();
  await lifecycle.create(fresh);
  await reaches('running/initing');
  await lifecycle.closePublic(fresh.id);
  await reaches('running/closed');
  await lifecycle.remove(fresh.id);
  await reaches('gone');
  assert.deepEqual(history, [
    'applying/initing',
    'init/initing',
    'initing/initing',
    'running/initing',
    'job running/closing',
    'running/closed',
    'recycling/closed',
    'gone',
  ]);
});

test('it does not run before its database accepts connections', async () => {
  const ready = Promise.withResolvers<number>();
  const ended = new Promise<void>(() => undefined);
  const { history, book, lifecycle, reaches } = walked(
    host(async () => ({ port: await ready.promise, ended, stop: () => Promise.resolve() })),
  );
  await lifecycle.create(fresh);
  await reaches('initing/initing');
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(history.at(-1), 'initing/initing');
  ready.resolve(5_432);
  await reaches('running/initing');
  assert.equal(book.find(fresh.id)?.port, 5_432);
  await lifecycle.openPublic(fresh.id);
  assert.equal(history.at(-1), 'job running/opening');
  await reaches('running/opened');
  await lifecycle.end();
});

test('a database that does not start makes the instance offline and says why, without its password', async () => {
  const { warnings, lifecycle, reaches } = walked(host(() => Promise.reject(new Error('no room'))));
  await lifecycle.create(fresh);
  await reaches('offline/initing');
  assert.deepEqual(warnings, [`${fresh.id}: no room`]);
});

const small = { specCode: 'pg.it.medium4', cpu: 2, memory: 4, storage: 50 };
const large = { specCode: 'pg.it.large8', cpu: 4, memory: 8, storage: 100 };

const provisioned: Instance = {
  ...fresh,
  provision: {
    ...small,
    storageType: 'PHYSICAL_LOCAL_SSD',
    majorVersion: '16',
    kernelVersion: 'v16.8_r1.13',
    standbyZone: 'ap-guangzhou-2',
    chargeType: 'POSTPAID_BY_HOUR',
    expiresAt: 0,
    autoRenew: false,
    securityGroups: [],
    deletionProtection: false,
    supportsIpv6: false,
    ipv6Status: 'initing',
    ipv6Port: 0,
    primaryId: '',
    isolatedAt: 0,
    updatedAt: 0,
    deals: [],
    tasks: [],
    accounts: [],
    databases: [],
  },
};

test('the password of an administrator is forgotten when the database has it', async () => {
  const { book, lifecycle, reaches } = walked();
  await lifecycle.create(provisioned);
  assert.equal(book.find(fresh.id)?.password, fresh.password);
  await reaches('running/initing');
  assert.equal(book.find(fresh.id)?.password, '');
});

test('a resize that the last run did not finish is finished by the next, and its task with it', async () => {
  const { history, book, lifecycle, reaches } = walked();
  await book.add({ ...provisioned, status: 'running' });
  await lifecycle.resize(fresh.id, { size: large, switchTag: 3, switchTime: '' });
  await lifecycle.end();
  const [task] = book.find(fresh.id)?.provision?.tasks ?? [];
  assert.deepEqual([history.at(-1), task?.id, task?.status], ['expanding/initing', 7, 'Running']);
  await lifecycle.resume();
  await reaches('running/initing');
  const { provision } = book.find(fresh.id) ?? {};
  assert.deepEqual([provision?.specCode, provision?.storage, provision?.resizeTo], ['pg.it.large8', 100, undefined]);
  assert.deepEqual([provision?.tasks[0]?.status, provision?.tasks[0]?.done], ['Success', 5]);
});

test('a replica goes with its primary', async () => {
  const { book, lifecycle, reaches } = walked();
  await book.add({ ...provisioned, status: 'isolated' });
  assert.ok(isProvisioned(provisioned));
  await lifecycle.adopt(replicaOf(provisioned, 'postgres-00000000'));
  await lifecycle.remove(fresh.id);
  await reaches('gone');
});
