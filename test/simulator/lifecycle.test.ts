import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstanceBook, type Instance } from '../../src/simulator/instance.ts';
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
  const lifecycle = createLifecycle({ book, databases, pace: 0, warn: (message) => warnings.push(message) });
  const reaches = (last: string): Promise<unknown> =>
    until(
      () => Promise.resolve(history.at(-1)),
      (now) => now === last,
    );
  return { history, warnings, book, lifecycle, reaches };
}

/** A host whose databases are only promised. @param start what happens when one is to be started */
function host(start: DatabaseHost['start']): DatabaseHost {
  return { create: () => Promise.resolve(), destroy: () => Promise.resolve(), start };
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
