import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Explanation } from '../../../src/domain/explanation.ts';
import type { Log } from '../../../src/domain/ports.ts';
import { createRegistry, type Registry, type RegistryChange } from '../../../src/instances/registry.ts';
import { manualClock, soon } from '../../support/clock.ts';
import { anyInstance, instanceWith } from '../../support/instances.ts';
import { regionsDisk, type RegionsDisk } from './regionsDisk.ts';

const account = '100000000001';
const region = 'ap-guangzhou';
const start = 1_700_000_000_000;
const failure: Explanation = { kind: 'network', meaning: 'No way to the service.', next: ['retry'] };

function setUp(disk: RegionsDisk = regionsDisk()) {
  const clock = { time: start };
  const waiting = manualClock();
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
  const registry = createRegistry({ kept: disk.window(log), now: () => clock.time, sleep: waiting.sleep, log });
  const changes: RegistryChange[] = [];
  const subscription = registry.onDidChange((change) => changes.push(change));
  return { registry, disk, clock, waiting, warnings, changes, subscription };
}

async function opened(disk?: RegionsDisk) {
  const all = setUp(disk);
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

      const second = await opened(first.disk);
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
      const { registry, disk } = setUp(regionsDisk(content));
      const note = await registry.open();
      registry.put(account, a);
      await registry.settled();
      assert.deepEqual(ids(registry), ['postgres-a']);
      if (note === undefined) return;
      assert.ok(disk.aside.includes(content) || disk.old === content);
    }),
  );
});

test('a missing file is an empty list and needs no note', async () => {
  const { registry } = setUp();
  assert.equal(await registry.open(), undefined);
  assert.deepEqual(registry.regions(account), []);
});

/** A disk on which `a` and its region are kept, with another content in the place of that record. */
async function spoilt(content: string): Promise<RegionsDisk> {
  const { registry, disk } = await opened();
  registry.put(account, a);
  await registry.settled();
  for (const name of disk.records.keys()) disk.records.set(name, content);
  disk.writes = 0;
  return disk;
}

test('a record of a newer version is told about, kept, and not written over', async () => {
  const content = '{"version":2,"regions":[]}';
  const { registry, disk } = setUp(await spoilt(content));
  assert.match((await registry.open()) ?? '', /newer version/);
  registry.put(account, a);
  await registry.settled();
  assert.deepEqual([...disk.records.values()], [content]);
  assert.equal(disk.writes, 0);
});

test('a record that another window of a newer version writes meanwhile is not written over', async () => {
  const { registry, disk } = await opened();
  registry.put(account, a);
  await registry.settled();
  const content = '{"version":2,"regions":[]}';
  for (const name of disk.records.keys()) disk.records.set(name, content);
  registry.put(account, b);
  await registry.settled();
  assert.deepEqual([...disk.records.values()], [content]);
});

test('a record that is not understood is set aside and told about, and its content is not logged', async () => {
  for (const [content, problem] of [
    ['{"version":1,"regions":"secret-looking"}', 'regions: not a list'],
    ['hush hush', 'not JSON'],
    ['{"version":1,"regions":[]}', 'of another region'],
    ['{"version":1,"regions":[{"accountId":"1","region":"other","instances":[]}]}', 'of another region'],
  ] as const) {
    const { registry, disk, warnings } = setUp(await spoilt(content));
    assert.match((await registry.open()) ?? '', /set aside/);
    assert.deepEqual(disk.aside, [content]);
    assert.deepEqual(warnings, [`The list of instances cannot be used: ${problem}`]);
    registry.put(account, a);
    await registry.settled();
    assert.match(disk.text(), /postgres-a/);
  }
});

test('a record that can neither be used nor set aside is left alone', async () => {
  const disk = await spoilt('{');
  disk.stuck = true;
  const { registry } = setUp(disk);
  assert.match((await registry.open()) ?? '', /will not be kept/);
  registry.put(account, a);
  await registry.settled();
  assert.equal(disk.text().trim(), '{');
});

test('a record that is spoilt does not keep the others from being read', async () => {
  const disk = await spoilt('{');
  const { registry } = setUp(disk);
  registry.replaceRegion(account, 'eu-frankfurt', [b]);
  await registry.open();
  await registry.settled();
  assert.deepEqual(ids((await opened(disk)).registry), ['postgres-b']);
});

test('a record that cannot be read stays as it is, and what was seen meanwhile is written once it can', async () => {
  const one = await opened();
  one.registry.put(account, a);
  await one.registry.settled();
  const { registry, disk, warnings } = await opened(one.disk);
  disk.locked = true;
  registry.put(account, b);
  registry.replaceRegion(account, 'eu-frankfurt', []);
  await registry.settled();
  assert.deepEqual(disk.aside, []);
  assert.deepEqual(warnings, ['The list of instances was not written: busy']);
  disk.locked = false;
  registry.put(account, { ...b, status: 'restarting' });
  await registry.settled();
  assert.deepEqual(ids((await opened(disk)).registry).sort(), ['postgres-a', 'postgres-b']);
});

test('records that cannot be read at the start are told about and stay', async () => {
  const one = await opened();
  one.registry.put(account, a);
  await one.registry.settled();
  one.disk.locked = true;
  const { registry, disk, warnings } = setUp(one.disk);
  assert.match((await registry.open()) ?? '', /could not be read/);
  assert.match(warnings.join(), /busy/);
  disk.locked = false;
  registry.put(account, b);
  await registry.settled();
  assert.deepEqual(ids((await opened(disk)).registry).sort(), ['postgres-a', 'postgres-b']);
});

test('a list whose time lies in the future, by a clock that was wrong, gets its time with the next refresh', async () => {
  const one = await opened();
  one.clock.time += 86_400_000;
  one.registry.replaceRegion(account, region, [a]);
  await one.registry.settled();
  const { registry, disk } = await opened(one.disk);
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  assert.equal((await opened(disk)).registry.regions(account)[0]?.refreshedAt, start);
});

const oldFile = JSON.stringify({
  version: 1,
  regions: [
    { accountId: account, region, refreshedAt: start - 1, instances: [a, { ...b, createRequestId: 'req-1' }] },
    { accountId: account, region: 'eu-frankfurt', instances: [] },
  ],
});

test('the one file of earlier versions is read, and goes once its content is on record', async () => {
  const { registry, disk } = await opened(regionsDisk(oldFile));
  assert.deepEqual(ids(registry), ['postgres-a', 'postgres-b']);
  await registry.settled();
  assert.equal(disk.old, undefined);
  const next = await opened(disk);
  assert.deepEqual(ids(next.registry), ['postgres-a', 'postgres-b']);
  assert.equal(next.registry.find(account, 'postgres-b')?.createRequestId, 'req-1');
  assert.equal(next.registry.regions(account)[0]?.refreshedAt, start - 1);
});

test('the file of earlier versions stays while its content cannot be put on record', async () => {
  const disk = regionsDisk(oldFile);
  disk.full = true;
  const { registry } = await opened(disk);
  await registry.settled();
  assert.equal(disk.old, oldFile);
});

test('what is on record is newer than the file of earlier versions', async () => {
  const { registry, disk } = await opened();
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  disk.old = oldFile;
  assert.deepEqual(ids((await opened(disk)).registry), ['postgres-a']);
});

test('a file of earlier versions that is not understood is set aside, one of a newer version left as it is', async () => {
  const spoiltOne = setUp(regionsDisk('{'));
  assert.match((await spoiltOne.registry.open()) ?? '', /set aside/);
  assert.deepEqual(spoiltOne.disk.aside, ['{']);
  const newer = setUp(regionsDisk('{"version":2}'));
  assert.equal(await newer.registry.open(), undefined);
  newer.registry.put(account, a);
  await newer.registry.settled();
  assert.equal(newer.disk.old, '{"version":2}');
});

test('what came in before the records were read wins over them, instance by instance', async () => {
  const before = await opened();
  before.registry.replaceRegion(account, region, [a, b]);
  await before.registry.settled();

  const { registry, disk } = setUp(before.disk);
  registry.put(account, { ...a, status: 'restarting' });
  await registry.open();
  assert.equal(registry.find(account, 'postgres-a')?.status, 'restarting');
  assert.equal(registry.find(account, 'postgres-b')?.status, 'running');
  await registry.settled();
  assert.match(disk.text(), /restarting/);
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

test('the first change is written at once, and what follows within a moment goes together', async () => {
  const { registry, disk, waiting } = await opened();
  registry.put(account, a);
  registry.put(account, b);
  await soon(() => waiting.sleeping().length > 0);
  assert.equal(disk.writes, 1);
  registry.put(account, instanceWith({ id: 'postgres-c' }));
  registry.remove(account, 'postgres-a');
  registry.put(account, { ...b, status: 'restarting' });
  assert.deepEqual(waiting.sleeping(), [300]);
  waiting.pass(300);
  await soon(() => disk.writes > 1);
  assert.equal(disk.writes, 2);
  assert.match(disk.text(), /restarting/);
  assert.doesNotMatch(disk.text(), /postgres-a/);
});

test('a window that ends does not wait for more', async () => {
  const { registry, disk, waiting } = await opened();
  registry.put(account, a);
  await soon(() => waiting.sleeping().length > 0);
  registry.put(account, b);
  await registry.settled();
  assert.match(disk.text(), /postgres-b/);
});

test('a refresh that brings nothing new is written once a minute, for its time', async () => {
  const { registry, disk, clock } = await opened();
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  clock.time += 59_999;
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  assert.equal(disk.writes, 1);
  clock.time += 1;
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  assert.equal(disk.writes, 2);
  assert.equal((await opened(disk)).registry.regions(account)[0]?.refreshedAt, start + 60_000);
});

test('only the regions that changed are written', async () => {
  const { registry, disk } = await opened();
  registry.replaceRegion(account, region, [a]);
  registry.replaceRegion(account, 'eu-frankfurt', [b]);
  await registry.settled();
  assert.equal(disk.writes, 2);
  registry.replaceRegion(account, region, [{ ...a, status: 'restarting' }]);
  registry.replaceRegion(account, 'eu-frankfurt', [b]);
  await registry.settled();
  assert.equal(disk.writes, 3);
});

test('what did not change is the same object as before, list and instance', async () => {
  const { registry } = await opened();
  registry.replaceRegion(account, region, [a, b]);
  const before = registry.regions(account)[0]?.instances;
  registry.replaceRegion(account, region, [structuredClone(a), structuredClone(b)]);
  assert.equal(registry.regions(account)[0]?.instances, before);
  registry.replaceRegion(account, region, [structuredClone(a), { ...b, status: 'restarting' }]);
  const after = registry.regions(account)[0]?.instances;
  assert.notEqual(after, before);
  assert.equal(after?.[0], before?.[0]);
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
  assert.match(disk.text(), /postgres-a.*postgres-b/);
});

test('a failure is not kept over a restart', async () => {
  const first = await opened();
  first.registry.replaceRegion(account, region, [a]);
  first.registry.regionFailed(account, region, failure);
  await first.registry.settled();
  const second = await opened(first.disk);
  assert.deepEqual(second.registry.regions(account), [{ region, instances: [a], refreshedAt: start }]);
});

test('the request that made an instance is remembered when the service lists the instance without it', async () => {
  const { registry, disk } = await opened();
  registry.put(account, instanceWith({ status: 'applying', createRequestId: 'req-1' }));
  registry.put(account, instanceWith({ status: 'initing' }));
  registry.replaceRegion(account, region, [instanceWith()]);
  assert.equal(registry.find(account, 'postgres-aaaa1111')?.createRequestId, 'req-1');
  await registry.settled();
  const next = await opened(disk);
  assert.equal(next.registry.find(account, 'postgres-aaaa1111')?.createRequestId, 'req-1');
});

// Two windows over one disk.

test('what one window put is not lost when another one, which never heard of it, writes', async () => {
  const one = await opened();
  const other = await opened(one.disk);
  one.registry.put(account, { ...a, createRequestId: 'req-1' });
  await one.registry.settled();
  other.registry.put('200', { ...b, accountId: '200' });
  other.registry.replaceRegion(account, region, [b]);
  await other.registry.settled();
  const { registry } = await opened(one.disk);
  assert.deepEqual(ids(registry).sort(), ['postgres-a', 'postgres-b']);
  assert.equal(registry.find(account, 'postgres-a')?.createRequestId, 'req-1');
  assert.notEqual(registry.find('200', 'postgres-b'), undefined);
});

test('what another window wrote is taken over with the next write, told, and stays while the list may lag', async () => {
  const one = await opened();
  const other = await opened(one.disk);
  one.registry.put(account, a);
  await one.registry.settled();
  other.registry.replaceRegion(account, region, [b]);
  await other.registry.settled();
  assert.deepEqual(ids(other.registry).sort(), ['postgres-a', 'postgres-b']);
  assert.equal(other.changes.length, 2);
  other.clock.time += 59_999;
  other.registry.replaceRegion(account, region, [b]);
  assert.deepEqual(ids(other.registry).sort(), ['postgres-a', 'postgres-b']);
  other.clock.time += 1;
  other.registry.replaceRegion(account, region, [b]);
  assert.deepEqual(ids(other.registry), ['postgres-b']);
});

test('what changes while the list is being written is never out of sight, and what is removed meanwhile stays away', async () => {
  const { registry, disk } = await opened();
  registry.replaceRegion(account, region, [a]);
  await registry.settled();
  const before = disk.text();
  registry.put(account, { ...a, status: 'restarting' });
  const later = { ...b, status: 'restarting' };
  for (let turn = 0; disk.text() === before; turn += 1) {
    // At any step of the writing.
    if (turn === 1) registry.put(account, later);
    if (turn === 2) registry.remove(account, 'postgres-a');
    await new Promise(setImmediate);
  }
  for (let turn = 0; turn < 10; turn += 1) {
    assert.deepEqual(ids(registry), ['postgres-b']);
    assert.equal(registry.find(account, 'postgres-b'), later);
    await new Promise(setImmediate);
  }
  await registry.settled();
  assert.deepEqual(ids((await opened(disk)).registry), ['postgres-b']);
});

test('what one window removed is not brought back by another one that still knows it', async () => {
  const one = await opened();
  one.registry.replaceRegion(account, region, [a, b]);
  await one.registry.settled();
  const other = await opened(one.disk);
  one.registry.remove(account, 'postgres-a');
  await one.registry.settled();
  other.registry.put(account, { ...b, status: 'restarting' });
  await other.registry.settled();
  assert.deepEqual(ids(other.registry), ['postgres-b']);
  assert.deepEqual(ids((await opened(one.disk)).registry), ['postgres-b']);
});

test('a request that another window noted survives a list that lacks it', async () => {
  const one = await opened();
  const other = await opened(one.disk);
  other.registry.replaceRegion(account, region, [a]);
  await other.registry.settled();
  one.registry.put(account, { ...a, createRequestId: 'req-1' });
  await one.registry.settled();
  other.registry.replaceRegion(account, region, [{ ...a, status: 'restarting' }]);
  await other.registry.settled();
  assert.deepEqual(
    [other, await opened(one.disk)].map(({ registry }) => registry.find(account, 'postgres-a')),
    [1, 2].map(() => ({ ...a, status: 'restarting', createRequestId: 'req-1' })),
  );
});

test('two windows that write as they please lose nothing: each instance is as it was last written', async () => {
  const places = ['ap-guangzhou', 'ap-beijing'];
  const act = fc.record({
    window: fc.nat(1),
    what: fc.constantFrom('put', 'remove', 'refresh', 'settle', 'pause'),
    which: fc.nat(3),
    place: fc.nat(1),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const first = await opened();
      const both = [first, await opened(first.disk)];
      /** The last that was written, by id; each instance has one window that writes to it. */
      const model = new Map<string, string | undefined>();
      let count = 0;
      for (const { window, what, which, place } of acts) {
        const registry = (both[window] ?? first).registry;
        const id = `postgres-${String(window)}-${String(place)}-${String(which)}`;
        const there = places[place] ?? '';
        count += 1;
        if (what === 'put') {
          registry.put(account, instanceWith({ id, region: there, name: String(count) }));
          model.set(id, String(count));
        } else if (what === 'remove' && registry.find(account, id) !== undefined) {
          registry.remove(account, id);
          model.set(id, undefined);
        } else if (what === 'refresh') {
          // The service lists what this window knows; the rest it does not list yet.
          const known = registry.regions(account).find((one) => one.region === there)?.instances ?? [];
          registry.replaceRegion(account, there, structuredClone([...known]));
        } else if (what === 'settle') {
          await registry.settled();
        } else if (what === 'pause') {
          (both[window] ?? first).waiting.pass(300);
          await new Promise(setImmediate);
        }
      }
      for (const { registry } of both) await registry.settled();
      const { registry } = await opened(first.disk);
      const kept = registry
        .regions(account)
        .flatMap(({ instances }) => instances.map(({ id, name }) => [id, name] as const));
      const wanted = [...model].filter(([, name]) => name !== undefined);
      assert.deepEqual(new Map(kept), new Map(wanted));
    }),
  );
});
