import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRentalCatalog } from '../../../../src/api/provisioned/catalog.ts';
import { createPriceReader } from '../../../../src/api/provisioned/price.ts';
import { createFakeClient, never, refusalOf } from '../support.ts';
import { createWorld, owner, region } from './world.ts';

const query = { region, zone: 'ap-guangzhou-3', specCode: 'pg.it.small2', storageGb: 50, storageType: 'CLOUD_HSSD' };
const passAll = { take: () => Promise.resolve() };

test('zones come with their state in our words; a state that nobody knows is not for sale', async (context) => {
  const { cloud } = await createWorld(context, {
    DescribeZones: {
      TotalCount: 6,
      ZoneSet: [
        { Zone: 'z-1', ZoneName: '广州一区', ZoneState: 'UNAVAILABLE', StandbyZoneSet: null },
        { Zone: 'z-2', ZoneName: null, ZoneState: 'SUPPORTMODIFYONLY' },
        { Zone: 'z-3', ZoneState: 'AVAILABLE', StandbyZoneSet: ['z-3', 'z-4'] },
        { Zone: 'z-4', ZoneState: 'SELLOUT' },
        { Zone: 'z-5', ZoneState: 'BRAND_NEW' },
        { Zone: null, ZoneState: 'AVAILABLE' },
      ],
    },
  });
  const zones = await cloud.catalog(owner.accountId).zones(region, never());
  assert.deepEqual(
    zones.map(({ zone, state }) => [zone, state]),
    [
      ['z-1', 'unavailable'],
      ['z-2', 'modifyOnly'],
      ['z-3', 'available'],
      ['z-4', 'soldOut'],
      ['z-5', 'unavailable'],
    ],
  );
  assert.deepEqual(zones[2]?.standbyZones, ['z-3', 'z-4']);
  assert.deepEqual([zones[0]?.name, zones[0]?.standbyZones, zones[1]?.name], ['广州一区', [], '']);
});

test('versions are one a major version, the newest first, and can be made when any release of it can', async (context) => {
  const { cloud } = await createWorld(context, {
    DescribeDBVersions: {
      VersionSet: [
        { DBEngine: 'postgresql', DBVersion: '9.5.4', DBMajorVersion: '9', Status: 'DEPRECATED' },
        { DBEngine: 'postgresql', DBVersion: '16.9', DBMajorVersion: '16', Status: 'AVAILABLE' },
        { DBEngine: 'postgresql', DBVersion: '16.10', DBMajorVersion: '16', Status: 'AVAILABLE' },
        { DBEngine: 'postgresql', DBVersion: '16.11', DBMajorVersion: '16', Status: 'UPGRADE_ONLY' },
        { DBEngine: null, DBVersion: '11.22', DBMajorVersion: null, Status: 'UPGRADE_ONLY' },
        { DBEngine: 'mssql_compatible', DBVersion: '18.1', DBMajorVersion: '18', Status: 'AVAILABLE' },
        { DBVersion: null, DBMajorVersion: null },
      ],
    },
  });
  assert.deepEqual(await cloud.catalog(owner.accountId).versions(region, never()), [
    { major: '16', full: '16.10', creatable: true },
    { major: '11', full: '11.22', creatable: false },
    { major: '9', full: '9.5.4', creatable: false },
  ]);
});

test('classes are asked for by zone, major version and storage', async (context) => {
  const { cloud, asked } = await createWorld(context, {
    DescribeClasses: {
      ClassInfoSet: [{ SpecCode: 'pg.it.small2', CPU: 1, Memory: 2048, MinStorage: 10, MaxStorage: 1000, QPS: 1 }],
    },
  });
  const of = { zone: 'ap-guangzhou-3', version: '16.8', storageType: 'CLOUD_HSSD' };
  assert.deepEqual(await cloud.catalog(owner.accountId).classes(region, of, never()), [
    { specCode: 'pg.it.small2', cpu: 1, memoryGb: 2, minStorageGb: 10, maxStorageGb: 1000 },
  ]);
  assert.deepEqual(asked[0], {
    service: 'postgres',
    action: 'DescribeClasses',
    parameters: { Zone: 'ap-guangzhou-3', DBEngine: 'postgresql', DBMajorVersion: '16', StorageType: 'CLOUD_HSSD' },
  });
});

test('memory of a class is megabytes at the service and gigabytes here; what has no size is left out', async () => {
  const size = fc.option(fc.integer({ min: -1, max: 4_000_000 }), { nil: null });
  const anyClass = fc.record(
    { SpecCode: fc.option(fc.string(), { nil: null }), CPU: size, Memory: size, MinStorage: size, MaxStorage: size },
    { requiredKeys: [], noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyClass), async (rows) => {
      const { client } = createFakeClient(() => ({ ClassInfoSet: rows }));
      const of = { zone: 'z', version: '16', storageType: 's' };
      const classes = await createRentalCatalog(client).classes(region, of, never());
      const complete = rows.filter(
        ({ SpecCode, CPU, Memory, MinStorage, MaxStorage }) =>
          (SpecCode ?? '') !== '' && [CPU, Memory, MinStorage, MaxStorage].every((value) => (value ?? 0) > 0),
      );
      assert.deepEqual(
        classes.map(({ specCode, memoryGb }) => [specCode, memoryGb * 1_024]),
        complete.map(({ SpecCode, Memory }) => [SpecCode, Memory]),
      );
    }),
  );
});

test('the price of an hour is asked for in the words of that action, one of months likewise', async (context) => {
  const { cloud, asked } = await createWorld(context, {
    InquiryPriceCreateDBInstances: { OriginalPrice: 50, Price: 41, Currency: 'CNY' },
  });
  const { price } = cloud.catalog(owner.accountId);
  assert.deepEqual(await price(query, never()), { hundredths: 41, originalHundredths: 50, currency: 'CNY' });
  await price({ ...query, prepaidMonths: 12 }, never());
  const common = {
    Zone: 'ap-guangzhou-3',
    SpecCode: 'pg.it.small2',
    Storage: 50,
    StorageType: 'CLOUD_HSSD',
    InstanceCount: 1,
  };
  assert.deepEqual(
    asked.map(({ parameters }) => parameters),
    [
      { ...common, Period: 1, InstanceChargeType: 'POSTPAID' },
      { ...common, Period: 12, InstanceChargeType: 'PREPAID' },
    ],
  );
});

test('the price of another size is asked for in gigabytes', async (context) => {
  const { management, asked } = await createWorld(context, {
    InquiryPriceUpgradeDBInstance: { OriginalPrice: 82, Price: 82, Currency: 'USD' },
  });
  const size = { cpu: 2, memoryGb: 4, storageGb: 60 };
  assert.deepEqual(await management.resizePrice(region, 'postgres-1', size, never()), {
    hundredths: 82,
    currency: 'USD',
  });
  assert.deepEqual(asked[0]?.parameters, { DBInstanceId: 'postgres-1', Cpu: 2, Memory: 4, Storage: 60 });
});

test('a price is a whole number of hundredths from 0 on, or not known', async () => {
  const huge = [2 ** 53, 1e300, -1, 0.5, null, '12', {}, [], true];
  for (const Price of [...huge, undefined]) {
    const { client } = createFakeClient(() => ({ Price, Currency: 'CNY' }));
    assert.equal(await createPriceReader(client, passAll).price(query, never()), undefined, JSON.stringify(Price));
  }
  const { client: free } = createFakeClient(() => ({ Price: 0, OriginalPrice: null, Currency: null }));
  assert.deepEqual(await createPriceReader(free, passAll).price(query, never()), { hundredths: 0, currency: '' });
  await fc.assert(
    fc.asyncProperty(fc.anything(), fc.anything(), async (Price, OriginalPrice) => {
      const { client } = createFakeClient(() => ({ Price, OriginalPrice, Currency: 'CNY' }));
      const price = await createPriceReader(client, passAll).price(query, never());
      const isAmount = (value: unknown): boolean =>
        typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
      assert.equal(price?.hundredths, isAmount(Price) ? Price : undefined);
      const differs = isAmount(Price) && isAmount(OriginalPrice) && OriginalPrice !== Price;
      assert.equal(price?.originalHundredths, differs ? OriginalPrice : undefined);
    }),
  );
});

test('a number that no double holds is no price, whatever its text', async (context) => {
  const { cloud } = await createWorld(context, {
    InquiryPriceCreateDBInstances: '{"Response":{"Price":18446744073709551615,"Currency":"CNY","RequestId":"r"}}',
  });
  assert.equal(await cloud.catalog(owner.accountId).price(query, never()), undefined);
});

test('of 21 questions for a price in a second the last one waits', async (context) => {
  const { cloud, asked, waits } = await createWorld(context, { InquiryPriceCreateDBInstances: { Price: 1 } });
  const { price } = cloud.catalog(owner.accountId);
  await Promise.all(Array.from({ length: 21 }, () => price(query, never())));
  assert.deepEqual(waits, [1_000]);
  assert.equal(asked.length, 21);
});

test('a price that the service cannot find out is an error with its words', async (context) => {
  const { cloud } = await createWorld(context, {
    InquiryPriceCreateDBInstances: refusalOf('FailedOperation.QueryPriceFailed'),
  });
  await assert.rejects(cloud.catalog(owner.accountId).price(query, never()), /QueryPriceFailed/);
});

test('lists that are null are empty', async () => {
  const { client } = createFakeClient(() => ({ ZoneSet: null, VersionSet: null, ClassInfoSet: null }));
  const catalog = createRentalCatalog(client);
  assert.deepEqual(await catalog.zones(region, never()), []);
  assert.deepEqual(await catalog.versions(region, never()), []);
  assert.deepEqual(await catalog.classes(region, { zone: 'z', version: '16', storageType: 's' }, never()), []);
});
