import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '../../../src/domain/secret.ts';
import { decodeList, encodeList } from '../../../src/instances/storedList.ts';
import { anyInstance, anyText, instanceWith, plain } from '../../support/instances.ts';
import { leavesOf } from '../../support/leaves.ts';

const anyRegions = fc.array(
  fc
    .record(
      {
        accountId: anyText,
        region: anyText,
        refreshedAt: fc.nat(),
        instances: fc.array(anyInstance, { maxLength: 3 }),
      },
      { requiredKeys: ['accountId', 'region', 'instances'], ...plain },
    )
    .map((region) => ({
      ...region,
      instances: region.instances.map((one) => ({ ...one, accountId: region.accountId })),
    })),
  { maxLength: 4 },
);

test('a list comes back from JSON as it went in', () => {
  fc.assert(
    fc.property(anyRegions, (regions) => {
      const text = JSON.stringify(encodeList(regions));
      assert.deepEqual(decodeList(JSON.parse(text)), { kind: 'list', regions });
    }),
  );
});

test('any other JSON is called unreadable or newer, and nothing throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.ok(['unreadable', 'newer', 'list'].includes(decodeList(value).kind));
    }),
  );
});

test('a list with one value spoiled is unreadable and says where, without the content', () => {
  const good = {
    version: 1,
    regions: [
      {
        accountId: '100',
        region: 'ap-guangzhou',
        instances: [
          instanceWith({
            version: '10.4',
            addresses: [{ kind: 'private', host: 'h', port: 1, status: 'opened' }],
            tags: [{ key: 'k', value: 'v' }],
          }),
        ],
      },
    ],
  };
  const spoil = (from: string, to: string): unknown => JSON.parse(JSON.stringify(good).replace(from, to));
  const cases: [string, string, string][] = [
    ['"name":"shop"', '"name":7', 'regions[0].instances[0].name: not a text'],
    ['"version":"10.4"', '"version":10.4', 'regions[0].instances[0].version: not a text'],
    ['"port":1', '"port":"1"', 'regions[0].instances[0].addresses[0].port: not a number'],
    ['"key":"k"', '"key":null', 'regions[0].instances[0].tags[0].key: not a text'],
    ['[{"key":"k","value":"v"}]', '{}', 'regions[0].instances[0].tags: not a list'],
    ['"accountId":"100"', '"accountId":100', 'regions[0].accountId: not a text'],
    ['"version":1', '"version":0', 'version: not one that was ever written'],
    ['"version":1', '"version":"1"', 'version: not a number'],
  ];
  assert.equal(decodeList(good).kind, 'list');
  for (const [from, to, problem] of cases) {
    assert.deepEqual(decodeList(spoil(from, to)), { kind: 'unreadable', problem });
  }
});

test('a list with any place within it spoilt is unreadable, and the place is named', () => {
  const whole = {
    version: 1,
    regions: [
      {
        accountId: '100',
        region: 'ap-guangzhou',
        refreshedAt: 5,
        instances: [
          {
            ...instanceWith({
              projectId: 0,
              deletionProtection: true,
              addresses: [{ kind: 'private', host: 'h', port: 1, status: 'opened' }],
              tags: [{ key: 'k', value: 'v' }],
            }),
            accountId: undefined,
          },
        ],
      },
    ],
  };
  assert.equal(decodeList(whole).kind, 'list');
  for (const { path, with: having } of leavesOf(JSON.parse(JSON.stringify(whole)))) {
    for (const spoilt of [{ marked: true }, Number.NaN]) {
      const decoded = decodeList(having(spoilt));
      assert.ok(decoded.kind === 'unreadable', path);
      assert.equal(decoded.problem.split(': ')[0], path);
    }
  }
  for (const nothing of [undefined, 'x', []]) {
    assert.deepEqual(decodeList(nothing), { kind: 'unreadable', problem: 'file: not an object' });
  }
});

test('a higher version is newer, whatever else it holds', () => {
  assert.deepEqual(decodeList({ version: 2, regions: 'unlike anything' }), { kind: 'newer' });
});

test('unknown keys pass', () => {
  const regions = [{ accountId: '100000000001', region: 'ap-guangzhou', instances: [instanceWith()] }];
  const stored = { version: 1, extra: true, regions: regions.map((region) => ({ ...region, colour: 'blue' })) };
  assert.deepEqual(decodeList(stored), { kind: 'list', regions });
});

test('what an instance carries beyond its own fields does not reach the disk', () => {
  const overfull = { ...instanceWith(), accounts: [{ user: 'u', password: new Secret('hush') }], password: 'hush' };
  const text = JSON.stringify(
    encodeList([{ accountId: '100000000001', region: 'ap-guangzhou', instances: [overfull] }]),
  );
  assert.doesNotMatch(text, /hush|password|\*\*\*/);
  assert.match(text, /postgres-aaaa1111/);
});
