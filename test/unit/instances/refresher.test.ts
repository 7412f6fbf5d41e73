import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, KeysUnavailableError, ServiceError } from '../../../src/domain/errors.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { createRefresher } from '../../../src/instances/refresher.ts';
import { regionsToAsk } from '../../../src/instances/regionsToAsk.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryLog } from '../../support/memory.ts';

function refresherOver(
  list: (region: string) => Promise<Instance[]>,
  regions: readonly string[] = ['a', 'b', 'c'],
  newer?: (region: string) => Promise<Instance[]>,
) {
  const noted: string[] = [];
  const retired: string[] = [];
  const refresher = createRefresher({
    service: ({ offering }) => ({ list: offering === 'new' && newer !== undefined ? newer : list }),
    registry: {
      replaceRegion: (_account, region, instances) => noted.push(`${region}: ${String(instances.length)}`),
      regionFailed: (_account, region, { meaning }) => noted.push(`${region}: ${meaning}`),
    },
    offerings: () => (newer === undefined ? ['old'] : ['old', 'new']),
    onRetired: ({ offering }, { meaning }) => retired.push(`${offering}: ${meaning}`),
    regions: () => regions,
    explain: (error) => ({
      kind: error instanceof ServiceError ? 'retired' : 'network',
      meaning: error.message,
      next: [],
    }),
    signal: new AbortController().signal,
    log: memoryLog(),
  });
  return { refresher, noted, retired };
}

test('one failing region never blocks the others', async () => {
  const { refresher, noted } = refresherOver((region) =>
    region === 'b' ? Promise.reject(new Error('down')) : Promise.resolve([]),
  );
  await refresher.refresh('1000');
  assert.deepEqual(noted.sort(), ['a: 0', 'b: down', 'c: 0']);
  assert.equal(refresher.refreshing('1000').size, 0);
});

const one = (region: string, id: string): Instance => instanceWith({ id, region });

test('every kind of instance is listed, and they make one list', async () => {
  const { refresher, noted } = refresherOver(
    (region) => Promise.resolve([one(region, 'x')]),
    ['a'],
    (region) => Promise.resolve([one(region, 'y'), one(region, 'z')]),
  );
  await refresher.refresh('1000');
  assert.deepEqual(noted, ['a: 3']);
});

test('a kind that the service has withdrawn fails no region, and that is told', async () => {
  const offline = { action: 'A', region: 'a', code: 'ActionOffline', message: 'gone', requestId: 'r' };
  const { refresher, noted, retired } = refresherOver(
    () => Promise.reject(new ServiceError(offline)),
    ['a'],
    (region) => Promise.resolve([one(region, 'y')]),
  );
  await refresher.refresh('1000');
  assert.deepEqual(noted, ['a: 1']);
  assert.deepEqual(retired, ['old: A failed: ActionOffline: gone']);
});

test('a kind that cannot be listed for another reason fails the region, so that nothing is taken for gone', async () => {
  const { refresher, noted } = refresherOver(
    () => Promise.reject(new Error('down')),
    ['a'],
    (region) => Promise.resolve([one(region, 'y')]),
  );
  await refresher.refresh('1000');
  assert.deepEqual(noted, ['a: down']);
});

test('a refresh that is asked for while one runs joins it', async () => {
  let calls = 0;
  const { refresher } = refresherOver(() => Promise.resolve([]).finally(() => (calls += 1)));
  await Promise.all([refresher.refresh('1000'), refresher.refresh('1000')]);
  assert.equal(calls, 3);
  await refresher.refresh('1000');
  assert.equal(calls, 6);
});

test('while a region is slow, a refresh asks the others anew, and those that have come to be wanted', async () => {
  const slow = Promise.withResolvers<Instance[]>();
  const calls: string[] = [];
  const regions = ['a', 'b'];
  const { refresher } = refresherOver((region) => {
    calls.push(region);
    return region === 'a' ? slow.promise : Promise.resolve([]);
  }, regions);
  const first = refresher.refresh('1000');
  await new Promise(setImmediate);
  regions.push('c');
  const second = refresher.refresh('1000');
  await new Promise(setImmediate);
  assert.deepEqual(calls, ['a', 'b', 'b', 'c']);
  assert.deepEqual([...refresher.refreshing('1000')], ['a']);
  slow.resolve([]);
  await Promise.all([first, second]);
  assert.equal(refresher.refreshing('1000').size, 0);
});

test('of a hundred regions no more than sixteen are asked at the same moment', async () => {
  let atOnce = 0;
  let most = 0;
  const names = Array.from({ length: 100 }, (_, index) => `r${String(index)}`);
  const { refresher, noted } = refresherOver(async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise(setImmediate);
    atOnce -= 1;
    return [];
  }, names);
  await refresher.refresh('1000');
  assert.equal(most, 16);
  assert.equal(noted.length, 100);
});

test('the regions under way are told, and cancelling is not a failure of the region', async () => {
  const { refresher, noted } = refresherOver(() => Promise.reject(new CancelledError()));
  const seen: number[] = [];
  refresher.onDidChange(() => seen.push(refresher.refreshing('1000').size));
  await assert.rejects(refresher.refresh('1000'), CancelledError);
  assert.ok(seen.includes(3));
  assert.deepEqual(noted, []);
});

test('a region that does not answer holds up none of a hundred others', async () => {
  const slow = Promise.withResolvers<Instance[]>();
  const names = Array.from({ length: 100 }, (_, index) => `r${String(index)}`);
  const { refresher, noted } = refresherOver((region) => (region === 'r0' ? slow.promise : Promise.resolve([])), names);
  const refresh = refresher.refresh('1000');
  await new Promise(setImmediate);
  assert.equal(noted.length, 99);
  assert.deepEqual([...refresher.refreshing('1000')], ['r0']);
  assert.equal(refresher.refreshing('2000').size, 0);
  slow.resolve([]);
  await refresh;
  assert.equal(noted.length, 100);
});

test('keys that cannot be had are a matter of the account, not of its regions', async () => {
  const { refresher, noted } = refresherOver(() =>
    Promise.reject(new KeysUnavailableError({ kind: 'sdkFile' }, { kind: 'missing' })),
  );
  await assert.rejects(refresher.refresh('1000'), KeysUnavailableError);
  assert.deepEqual(noted, []);
});

test('where regions were chosen, those are asked, and where something is under way', () => {
  const sources = { documented: ['a'], preferred: 'b', known: [], underWay: ['d'] };
  assert.deepEqual(regionsToAsk({ ...sources, chosen: ['c', 'd'] }), ['c', 'd']);
});

test('documented regions, the default, those with instances and those under way are asked, each once', () => {
  const instance: Instance = {
    id: 'i',
    accountId: '1000',
    offering: 'serverless',
    name: 'n',
    status: 'running',
    region: 'd',
    zone: 'd-1',
    addresses: [],
    tags: [],
  };
  assert.deepEqual(
    regionsToAsk({
      chosen: undefined,
      documented: ['a', 'b'],
      preferred: 'c',
      known: [
        { region: 'd', instances: [instance] },
        { region: 'e', instances: [] },
      ],
      underWay: ['a', 'f'],
    }),
    ['a', 'b', 'c', 'd', 'f'],
  );
});
