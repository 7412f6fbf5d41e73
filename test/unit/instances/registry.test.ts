import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../../../src/domain/explanation.ts';
import type { JsonFile, Log } from '../../../src/domain/ports.ts';
import { createRegistry, type Registry, type RegistryChange } from '../../../src/instances/registry.ts';
import { anyInstance, instanceWith } from '../../support/instances.ts';

const account = '100000000001';
const region = 'ap-guangzhou';
const start = 1_700_000_000_000;
const failure: Explanation = { kind: 'network', meaning: 'No way to the service.', next: ['retry'] };

/** A disk of one file. `content` is text, as on a real one. */
function disk(content?: string) {
  const aside: string[] = [];
  const state = { content, writes: 0, aside, full: false, stuck: false };
  const file: JsonFile = {
    read() {
      if (state.content === undefined) return Promise.resolve(undefined);
      try {
        const value: unknown = JSON.parse(state.content);
        return Promise.resolve(value);
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error('not an error'));
      }
    },
    async write(value) {
      const text = JSON.stringify(value);
      await new Promise(setImmediate);
      state.writes += 1;
      if (state.full) throw new Error('no space left');
      state.content = text;
    },
    setAside() {
      if (state.stuck) return Promise.reject(new Error('not permitted'));
      if (state.content !== undefined) state.aside.push(state.content);
      state.content = undefined;
      return Promise.resolve();
    },
  };
  return { file, state };
}

function setUp(content?: string) {
  const { file, state } = disk(content);
  const clock = { time: start };
  const warnings: string[] = [];
  const ignore = (): void => undefined;
  const log: Log = {
    trace: ignore,
    debug: ignore,
    info: ignore,
    error: ignore,
    warn(message) {
      warnings.push(message);
    },
  };
  const registry = createRegistry({ file, now: () => clock.time, log });
  const changes: RegistryChange[] = [];
  const subscription = registry.onDidChange((change) => changes.push(change));
  return { registry, disk: state, clock, warnings, changes, subscription };
}

async function opened(content?: string) {
  const all = setUp(content);
  await all.registry.open();
  return all;
}

function ids(registry: Registry): string[] {
  return registry
    .regions(account)
    .flatMap((one) => one.instances)
    .map((one) => one.id);
}

const a = instanceWith({ id: 'postgres-a', name: 'a' });
const b = instanceWith({ id: 'postgres-b', name: 'b' });

test('what was put, replaced and refreshed is there after a restart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyInstance, { selector: (one) => one.id, maxLength: 5 }), async (instances) => {
      const first = await opened();
      for (const instance of instances) first.registry.put(account, instance);
      first.registry.replaceRegion(account, 'eu-frankfurt', [a]);
      first.registry.replaceRegion('200', 'eu-frankfurt', [{ ...b, accountId: '200' }]);
      await first.registry.settled();

      const second = await opened(first.disk.content);
      assert.deepEqual(second.registry.regions(account), first.registry.regions(account));
      assert.deepEqual(second.registry.regions('200'), [
        { region: 'eu-frankfurt', instances: [{ ...b, accountId: '200' }], refreshedAt: start },
      ]);
      assert.deepEqual(second.changes, []);
    }),
    { numRuns: 50 },
  );
});

test('no content of the file makes open reject, and what cannot be used is never overwritten', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (content) => {
      const { registry, disk } = setUp(content);
      const note = await registry.open();
      registry.put(account, a);
      await registry.settled();
      assert.deepEqual(ids(registry), ['postgres-a']);
      if (note === undefined) return;
      assert.ok(disk.aside.includes(content) || disk.content === content);
    }),
  );
});

test('a missing file is an empty list and needs no note', async () => {
  const { registry } = setUp();
  assert.equal(await registry.open(), undefined);
  assert.deepEqual(registry.regions(account), []);
});

test('a file of a newer version is told about, kept, and not written over', async () => {
  const content = '{"version":2,"regions":[]}';
  const { registry, disk } = setUp(content);
  assert.match((await registry.open()) ?? '', /newer version/);
  registry.put(account, a);
  await registry.settled();
  assert.equal(disk.content, content);
  assert.equal(disk.writes, 0);
});

test('a file that is not understood is set aside and told about, and its content is not logged', async () => {
  const content = '{"version":1,"regions":"secret-looking"}';
  const { registry, disk, warnings } = setUp(content);
  assert.match((await registry.open()) ?? '', /set aside/);
  assert.deepEqual(disk.aside, [content]);
  assert.deepEqual(warnings, ['The list of instances cannot be used: regions: not a list']);
  registry.put(account, a);
  await registry.settled();
  assert.match(disk.content ?? '', /postgres-a/);
});

test('text that is not JSON is not quoted in the log', async () => {
  const { registry, warnings } = setUp('hush hush');
  await registry.open();
  assert.deepEqual(warnings, ['The list of instances cannot be used: not JSON']);
});

test('a file that can neither be used nor set aside is left alone', async () => {
  const { registry, disk } = setUp('{');
  disk.stuck = true;
  assert.match((await registry.open()) ?? '', /will not be kept/);
  registry.put(account, a);
  await registry.settled();
  assert.equal(disk.content, '{');
});

test('what came in before the file was read wins over the file, instance by instance', async () => {
  const before = await opened();
  before.registry.replaceRegion(account, region, [a, b]);
  await before.registry.settled();

  const { registry, disk } = setUp(before.disk.content);
  registry.put(account, { ...a, status: 'restarting' });
  await registry.open();
  assert.equal(registry.find(account, 'postgres-a')?.status, 'restarting');
  assert.equal(registry.find(account, 'postgres-b')?.status, 'running');
  await registry.settled();
  assert.match(disk.content ?? '', /restarting/);
});

test('accounts do not see each other, and nobody has nothing', async () => {
  const { registry, changes } = await opened();
  registry.put(account, a);
  registry.put('', b);
  registry.replaceRegion('', region, [b]);
  registry.regionFailed('', region, failure);
  assert.deepEqual(registry.regions(''), []);
  assert.deepEqual(registry.regions('200'), []);
  assert.equal(registry.find('200', 'postgres-a'), undefined);
  assert.equal(registry.find(account, 'postgres-a'), a);
  assert.equal(changes.length, 1);
});

test('a good refresh replaces the list, notes its time and forgets an earlier failure', async () => {
  const { registry } = await opened();
  registry.replaceRegion(account, region, [a]);
  registry.regionFailed(account, region, failure);
  assert.deepEqual(registry.regions(account), [{ region, instances: [a], refreshedAt: start, failure }]);
  registry.replaceRegion(account, region, [b]);
  assert.deepEqual(registry.regions(account), [{ region, instances: [b], refreshedAt: start }]);
});

test('an instance that was just put survives a list that does not show it yet, but not for ever', async () => {
  const { registry, clock } = await opened();
  registry.put(account, a);
  clock.time += 59_999;
  registry.replaceRegion(account, region, [b]);
  assert.deepEqual(ids(registry), ['postgres-b', 'postgres-a']);
  clock.time += 1;
  registry.replaceRegion(account, region, [b]);
  assert.deepEqual(ids(registry), ['postgres-b']);
});

test('an instance that was listed once after it was put goes as soon as the list drops it', async () => {
  const { registry } = await opened();
  registry.put(account, a);
  registry.replaceRegion(account, region, [a]);
  registry.replaceRegion(account, region, []);
  assert.deepEqual(ids(registry), []);
});

test('a removed instance does not come back through the time of grace', async () => {
  const { registry, changes } = await opened();
  registry.put(account, a);
  registry.remove(account, 'postgres-a');
  registry.remove(account, 'postgres-a');
  registry.replaceRegion(account, region, []);
  assert.deepEqual(ids(registry), []);
  assert.deepEqual(changes.slice(0, 2), [
    { accountId: account, region },
    { accountId: account, region },
  ]);
  assert.equal(changes.length, 3);
});

test('a change tells which instances changed as long as none came or went', async () => {
  const { registry, changes } = await opened();
  registry.replaceRegion(account, region, [a, b]);
  registry.put(account, { ...a, status: 'restarting' });
  registry.replaceRegion(account, region, [b, { ...a, status: 'running' }]);
  registry.replaceRegion(account, region, [b, a]);
  registry.replaceRegion(account, region, [b]);
  assert.deepEqual(
    changes.map((change) => change.instanceIds),
    [undefined, ['postgres-a'], ['postgres-a'], [], undefined],
  );
});

test('a refresh that ends a failure is a change of the whole region', async () => {
  const { registry, changes } = await opened();
  registry.replaceRegion(account, region, [a]);
  registry.regionFailed(account, region, failure);
  registry.replaceRegion(account, region, [a]);
  assert.deepEqual(changes.at(-1), { accountId: account, region });
});

test('nothing is said when nothing changed', async () => {
  const { registry, changes, subscription } = await opened();
  registry.put(account, a);
  registry.put(account, structuredClone(a));
  registry.regionFailed(account, region, failure);
  registry.regionFailed(account, region, structuredClone(failure));
  registry.remove(account, 'postgres-zzz');
  assert.equal(changes.length, 2);
  subscription.dispose();
  registry.put(account, b);
  assert.equal(changes.length, 2);
});

test('changes of one turn are one write, and changes during a write are one more', async () => {
  const { registry, disk } = await opened();
  registry.put(account, a);
  registry.put(account, b);
  await registry.settled();
  assert.equal(disk.writes, 1);
  registry.put(account, instanceWith({ id: 'postgres-c' }));
  await Promise.resolve();
  await Promise.resolve();
  registry.remove(account, 'postgres-a');
  registry.put(account, { ...b, status: 'restarting' });
  await registry.settled();
  assert.equal(disk.writes, 3);
  assert.match(disk.content ?? '', /restarting/);
  assert.doesNotMatch(disk.content ?? '', /postgres-a/);
});

test('a write that fails is logged once, and the next change is written', async () => {
  const { registry, disk, warnings } = await opened();
  disk.full = true;
  registry.put(account, a);
  await registry.settled();
  assert.deepEqual(warnings, ['The list of instances was not written: no space left']);
  disk.full = false;
  registry.put(account, b);
  await registry.settled();
  assert.match(disk.content ?? '', /postgres-a.*postgres-b/);
});

test('a failure is not kept over a restart', async () => {
  const first = await opened();
  first.registry.replaceRegion(account, region, [a]);
  first.registry.regionFailed(account, region, failure);
  await first.registry.settled();
  const second = await opened(first.disk.content);
  assert.deepEqual(second.registry.regions(account), [{ region, instances: [a], refreshedAt: start }]);
});

test('the request that made an instance is remembered when the service lists the instance without it', async () => {
  const { file } = disk();
  const log = {
    trace: () => undefined,
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const registry = createRegistry({ file, now: () => start, log });
  await registry.open();
  registry.put(account, instanceWith({ status: 'applying', createRequestId: 'req-1' }));
  registry.put(account, instanceWith({ status: 'initing' }));
  registry.replaceRegion(account, region, [instanceWith()]);
  assert.equal(registry.find(account, 'postgres-aaaa1111')?.createRequestId, 'req-1');
  await registry.settled();
  const next = createRegistry({ file, now: () => start, log });
  await next.open();
  assert.equal(next.find(account, 'postgres-aaaa1111')?.createRequestId, 'req-1');
});
