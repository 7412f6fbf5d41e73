import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { createIdentify } from '../../../src/api/identity.ts';
import { createNetworkCatalog } from '../../../src/api/network.ts';
import { createRegionCatalog } from '../../../src/api/regions.ts';
import { createTagCatalog } from '../../../src/api/tags.ts';
import { connectionTo, createFakeClient, never } from './support.ts';

const offsetSchema = z.object({ Offset: z.coerce.number(), Limit: z.coerce.number() });

test('VPCs come from all pages, asked for with numbers as text', async () => {
  const { client, sent } = createFakeClient((parameters) => {
    const { Offset } = offsetSchema.parse(parameters);
    const vpc = { VpcId: `vpc-${String(Offset)}`, VpcName: 'n', CidrBlock: '10.0.0.0/16', IsDefault: Offset === 0 };
    return { TotalCount: 2, VpcSet: [vpc] };
  });
  assert.deepEqual(await createNetworkCatalog(client).vpcs('ap-guangzhou', never()), [
    { id: 'vpc-0', name: 'n', cidr: '10.0.0.0/16', isDefault: true },
    { id: 'vpc-1', name: 'n', cidr: '10.0.0.0/16', isDefault: false },
  ]);
  assert.deepEqual(
    sent.map(({ action, service, version, parameters }) => [action, service, version, parameters]),
    ['0', '1'].map((Offset) => ['DescribeVpcs', 'vpc', '2017-03-12', { Offset, Limit: '100' }]),
  );
});

test('subnets are those of one VPC, with their free addresses where the service tells them', async () => {
  const rows = [
    {
      SubnetId: 'subnet-1',
      SubnetName: 's',
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/24',
      Zone: 'ap-guangzhou-3',
      IsDefault: true,
      AvailableIpAddressCount: 0,
      TotalIpAddressCount: 253,
    },
    { SubnetId: 'subnet-2', SubnetName: null },
  ];
  const { client, sent } = createFakeClient(() => ({ TotalCount: 2, SubnetSet: rows }));
  assert.deepEqual(await createNetworkCatalog(client).subnets('ap-guangzhou', 'vpc-1', never()), [
    {
      id: 'subnet-1',
      name: 's',
      vpcId: 'vpc-1',
      cidr: '10.0.0.0/24',
      zone: 'ap-guangzhou-3',
      isDefault: true,
      freeAddresses: 0,
      totalAddresses: 253,
    },
    { id: 'subnet-2', name: '', vpcId: 'vpc-1', cidr: '', zone: '', isDefault: false },
  ]);
  assert.deepEqual(sent[0]?.parameters['Filters'], [{ Name: 'vpc-id', Values: ['vpc-1'] }]);
});

test('tag keys and values follow the pagination token', async () => {
  const { client, sent } = createFakeClient(({ PaginationToken: token }) =>
    token === undefined
      ? {
          TagKeys: ['env'],
          Tags: [
            { TagKey: 'env', TagValue: 'test' },
            { TagKey: 'other', TagValue: 'x' },
          ],
          PaginationToken: 'more',
        }
      : { TagKeys: ['team'], Tags: [{ TagKey: 'env', TagValue: 'live' }], PaginationToken: '' },
  );
  const catalog = createTagCatalog(client);
  assert.deepEqual(await catalog.tagKeys('ap-guangzhou', never()), ['env', 'team']);
  assert.deepEqual(await catalog.tagValues('ap-guangzhou', 'env', never()), ['test', 'live']);
  const own = { MaxResults: 1_000, Category: 'Custom' };
  assert.deepEqual(
    sent.map(({ parameters }) => parameters),
    [
      own,
      { ...own, PaginationToken: 'more' },
      { ...own, TagKeys: ['env'] },
      { ...own, TagKeys: ['env'], PaginationToken: 'more' },
    ],
  );
  const none = createTagCatalog(createFakeClient(() => ({ TagKeys: null, Tags: null, PaginationToken: null })).client);
  assert.deepEqual(await none.tagKeys('ap-guangzhou', never()), []);
  assert.deepEqual(await none.tagValues('ap-guangzhou', 'env', never()), []);
});

test('projects are the ones that are shown in the console', async () => {
  const { client, sent } = createFakeClient(() => ({
    Total: 2,
    Projects: [
      { ProjectId: 0, ProjectName: 'Default' },
      { ProjectId: 1234567, ProjectName: null },
    ],
  }));
  assert.deepEqual(await createTagCatalog(client).projects('ap-guangzhou', never()), [
    { id: 0, name: 'Default' },
    { id: 1234567, name: '' },
  ]);
  assert.deepEqual(sent[0]?.parameters, { AllList: 0, Limit: 1_000, Offset: 0 });
});

test('an identity without an account is refused by its schema', async () => {
  const { client } = createFakeClient(() => ({ Arn: 'a' }));
  await assert.rejects(createIdentify(client)(connectionTo('https://a.example'), never()), z.ZodError);
});

test('an identity tells account, user, name and kind, and empty words for what was left out', async () => {
  const { client, sent } = createFakeClient(() => ({ AccountId: '1', UserId: '2', Arn: 'qcs::cam', Type: 'CAMUser' }));
  assert.deepEqual(await createIdentify(client)(connectionTo('https://a.example'), never()), {
    accountId: '1',
    userId: '2',
    arn: 'qcs::cam',
    type: 'CAMUser',
  });
  assert.deepEqual(sent, [
    { action: 'GetCallerIdentity', service: 'sts', version: '2018-08-13', effect: 'read', parameters: {} },
  ]);
  const bare = createFakeClient(() => ({ AccountId: '1', UserId: null })).client;
  assert.deepEqual(await createIdentify(bare)(connectionTo('https://a.example'), never()), {
    accountId: '1',
    userId: '',
    arn: '',
    type: '',
  });
  const empty = createFakeClient(() => ({ AccountId: '' })).client;
  await assert.rejects(createIdentify(empty)(connectionTo('https://a.example'), never()), z.ZodError);
});

test('an answer without its list is an empty list, and a row may hold its id alone', async () => {
  for (const answer of [{}, { TotalCount: null, VpcSet: null, SubnetSet: null, SecurityGroupSet: null }]) {
    const { client } = createFakeClient(() => answer);
    const network = createNetworkCatalog(client);
    assert.deepEqual(await network.vpcs('ap-guangzhou', never()), []);
    assert.deepEqual(await network.subnets('ap-guangzhou', 'vpc-1', never()), []);
    assert.deepEqual(await network.securityGroups('ap-guangzhou', never()), []);
    assert.deepEqual(await createTagCatalog(client).projects('ap-guangzhou', never()), []);
    assert.deepEqual(await createRegionCatalog(client).regions(never()), []);
  }
  const vpc = createFakeClient(() => ({ VpcSet: [{ VpcId: 'vpc-1' }] })).client;
  assert.deepEqual(await createNetworkCatalog(vpc).vpcs('ap-guangzhou', never()), [
    { id: 'vpc-1', name: '', cidr: '', isDefault: false },
  ]);
});

test('every list is read by the action, service and version of its document', async () => {
  const { client, sent } = createFakeClient(() => ({}));
  const region = 'ap-guangzhou';
  await createNetworkCatalog(client).subnets(region, 'vpc-1', never());
  await createTagCatalog(client).tagKeys(region, never());
  await createTagCatalog(client).tagValues(region, 'env', never());
  await createTagCatalog(client).projects(region, never());
  await createRegionCatalog(client).regions(never());
  assert.deepEqual(
    sent.map(({ action, service, version, effect }) => [action, service, version, effect]),
    [
      ['DescribeSubnets', 'vpc', '2017-03-12', 'read'],
      ['GetTagKeys', 'tag', '2018-08-13', 'read'],
      ['GetTagValues', 'tag', '2018-08-13', 'read'],
      ['DescribeProjects', 'tag', '2018-08-13', 'read'],
      ['DescribeRegions', 'postgres', '2017-03-12', 'read'],
    ],
  );
});

test('regions are those that the service lists, with what it says of each', async () => {
  const { client } = createFakeClient(() => ({
    RegionSet: [
      { Region: 'ap-guangzhou', RegionName: '华南地区(广州)', RegionState: 'AVAILABLE' },
      { Region: 'ap-nowhere', RegionName: null, RegionState: 'UNAVAILABLE' },
    ],
  }));
  assert.deepEqual(await createRegionCatalog(client).regions(never()), [
    { region: 'ap-guangzhou', name: '华南地区(广州)', available: true },
    { region: 'ap-nowhere', name: '', available: false },
  ]);
});

test('security groups come from all pages, asked for with numbers as text', async () => {
  const { client, sent } = createFakeClient((parameters) => {
    const { Offset } = offsetSchema.parse(parameters);
    const group =
      Offset === 0
        ? { SecurityGroupId: 'sg-0', SecurityGroupName: 'default', SecurityGroupDesc: 'All', IsDefault: true }
        : { SecurityGroupId: 'sg-1', SecurityGroupName: null, SecurityGroupDesc: '', IsDefault: null };
    return { TotalCount: 2, SecurityGroupSet: [group] };
  });
  assert.deepEqual(await createNetworkCatalog(client).securityGroups('ap-guangzhou', never()), [
    { id: 'sg-0', name: 'default', isDefault: true, note: 'All' },
    { id: 'sg-1', name: '', isDefault: false },
  ]);
  assert.deepEqual(
    sent.map(({ action, service, parameters }) => [action, service, parameters]),
    ['0', '1'].map((Offset) => ['DescribeSecurityGroups', 'vpc', { Offset, Limit: '100' }]),
  );
});
