import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod';
import { call, codeOf, createBody, type RawCall, type RunningSimulator, startSimulator, until } from './support.ts';

const names = Array.from({ length: 23 }, (_, index) => `db-${String(index).padStart(2, '0')}`);

let simulator: RunningSimulator;
before(async () => {
  simulator = await startSimulator({ postgres: 'none', pace: 0 });
  for (const [index, name] of names.entries()) {
    const TagList = index % 2 === 0 ? [{ TagKey: 'even', TagValue: 'yes' }] : [];
    const body = createBody(name, { TagList });
    const create = (): Promise<string> => codeOf(simulator, { action: 'CreateServerlessDBInstance', body });
    // More than 20 a second are refused.
    await until(create, (code) => code === 'none');
  }
});
after(async () => {
  await simulator.stop();
});

const listSchema = z.object({
  TotalCount: z.number(),
  DBInstanceSet: z.array(z.object({ DBInstanceId: z.string(), DBInstanceName: z.string() })),
});

async function list(body: unknown): Promise<z.output<typeof listSchema>> {
  return listSchema.parse(await call(simulator, { action: 'DescribeServerlessDBInstances', body }));
}

async function listed(body: unknown): Promise<string[]> {
  return (await list(body)).DBInstanceSet.map((instance) => instance.DBInstanceName);
}

test('a page has 20 instances unless told, and the count is of all', async () => {
  const page = await list({});
  assert.deepEqual([page.TotalCount, page.DBInstanceSet.length], [23, 20]);
  assert.equal((await list({ Limit: 0 })).DBInstanceSet.length, 20);
});

test('the pages together hold every instance once, in the order of creation', async () => {
  const pages = await Promise.all([0, 10, 20, 30].map((Offset) => listed({ Offset, Limit: 10 })));
  assert.deepEqual(pages.flat(), names);
  assert.deepEqual(
    pages.map((page) => page.length),
    [10, 10, 3, 0],
  );
});

test('the order can be turned round', async () => {
  assert.deepEqual(await listed({ OrderBy: 'CreateTime', OrderByType: 'desc', Limit: 100 }), [...names].reverse());
  assert.deepEqual(await listed({ OrderBy: 'CreateTime', OrderByType: 'asc', Limit: 100 }), names);
});

test('values of a filter are alternatives, filters must all hold, and the count follows', async () => {
  const Filter = [
    { Name: 'db-instance-name', Values: ['db-02', 'db-03', 'db-04', 'no-such'] },
    { Name: 'db-tag-key', Values: ['even'] },
  ];
  const found = await list({ Filter });
  assert.equal(found.TotalCount, 2);
  assert.deepEqual(
    found.DBInstanceSet.map((instance) => instance.DBInstanceName),
    ['db-02', 'db-04'],
  );
  const [first] = found.DBInstanceSet;
  assert.deepEqual(await listed({ Filter: [{ Name: 'db-instance-id', Values: [first?.DBInstanceId] }] }), ['db-02']);
  assert.deepEqual(await listed({ Filter: [{ Name: 'db-instance-name', Values: ['db'] }] }), [], 'names match whole');
});

test('what the list action does not know is refused', async () => {
  const about = (body: unknown): RawCall => ({ action: 'DescribeServerlessDBInstances', body });
  const badValue = 'InvalidParameterValue.InvalidParameterValueError';
  assert.equal(await codeOf(simulator, about({ Filters: [] })), 'UnknownParameter');
  assert.equal(await codeOf(simulator, about({ Filter: [{ Name: 'status', Values: ['x'] }] })), badValue);
  assert.equal(await codeOf(simulator, about({ OrderBy: 'Name' })), badValue);
  assert.equal(await codeOf(simulator, about({ OrderByType: 'down' })), badValue);
  assert.equal(await codeOf(simulator, about({ Limit: '20' })), 'InvalidParameter');
});

test('networks are paged in strings, filtered, and asked for by id', async () => {
  const subnets = (body: unknown): RawCall => ({ service: 'vpc', action: 'DescribeSubnets', body });
  const all = JSON.stringify(await call(simulator, subnets({})));
  const ids = [...all.matchAll(/subnet-[0-9a-f]{8}/g)].map(([id]) => id);
  assert.equal(ids.length, 12);
  const idsOf = async (body: unknown): Promise<string[]> =>
    [...JSON.stringify(await call(simulator, subnets(body))).matchAll(/subnet-[0-9a-f]{8}/g)].map(([id]) => id);
  assert.deepEqual(await idsOf({ Offset: '1', Limit: '2' }), ids.slice(1, 3));
  assert.deepEqual(await idsOf({ MaxResults: 9 }), ids.slice(0, 9));
  assert.deepEqual(await idsOf({ MaxResults: 9, NextToken: '9' }), ids.slice(9));
  assert.deepEqual(await idsOf({ SubnetIds: [ids[2]] }), [ids[2]]);
  assert.equal((await idsOf({ Filters: [{ Name: 'zone', Values: ['ap-guangzhou-3'] }] })).length, 2);
  assert.equal(await codeOf(simulator, subnets({ Limit: 20 })), 'InvalidParameter');
  assert.equal(await codeOf(simulator, subnets({ Limit: '101' })), 'InvalidParameterValue.Range');
  assert.equal(await codeOf(simulator, subnets({ SubnetIds: ids, Filters: [] })), 'InvalidParameter.Coexist');
  assert.equal(
    await codeOf(simulator, subnets({ Filters: [{ Name: 'colour', Values: [] }] })),
    'InvalidParameter.FilterInvalidKey',
  );
});

test('tags come in pages that a token leads through, by key, and by offset', async () => {
  const tags = (action: string, body: unknown): Promise<Record<string, unknown>> =>
    call(simulator, { service: 'tag', version: '2018-08-13', region: '', action, body });
  const keys: unknown[] = [];
  let token = '';
  do {
    const page = z
      .object({ PaginationToken: z.string(), TagKeys: z.array(z.string()) })
      .parse(await tags('GetTagKeys', { PaginationToken: token, MaxResults: 2 }));
    keys.push(...page.TagKeys);
    token = page.PaginationToken;
  } while (token !== '');
  assert.deepEqual(keys, ['env', 'even', 'owner', 'team']);

  const tagSchema = z.object({ Tags: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })) });
  const values = tagSchema.parse(await tags('GetTagValues', { TagKeys: ['team'] })).Tags;
  assert.deepEqual(
    values.map((tag) => tag.TagValue),
    ['payments', 'search'],
  );
  assert.equal(tagSchema.parse(await tags('GetTags', { TagKeys: ['env', 'team'] })).Tags.length, 5);
  assert.equal(tagSchema.parse(await tags('DescribeTags', { TagKey: 'env', Offset: 2, Limit: 2 })).Tags.length, 1);
  const uneven = { service: 'tag', version: '2018-08-13', action: 'DescribeTags', body: { Offset: 1, Limit: 2 } };
  assert.equal(await codeOf(simulator, uneven), 'InvalidParameterValue.OffsetInvalid');
});
