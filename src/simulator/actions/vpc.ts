import * as z from 'zod';
import { freeAddresses, type Subnet, subnetsOf, type Vpc, vpcsOf } from '../account.ts';
import { filterSchema, type FilterRule } from '../filters.ts';
import type { InstanceBook } from '../instance.ts';
import { action, type Product } from '../product.ts';
import { vpcSecurityGroupActions } from './securityGroups.ts';
import { page, select, whole } from './vpcListing.ts';

/** Paging of this product is in strings. */
const paging = { Offset: z.string().optional(), Limit: z.string().optional() };

const vpcsSchema = z.strictObject({
  VpcIds: z.array(z.string()).optional(),
  Filters: z.array(filterSchema).optional(),
  ...paging,
});

const subnetsSchema = z.strictObject({
  SubnetIds: z.array(z.string()).optional(),
  Filters: z.array(filterSchema).optional(),
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
  ...paging,
});

const truth = (value: boolean): string => (value ? 'TRUE' : 'FALSE');

const vpcRules: ReadonlyMap<string, FilterRule<Vpc>> = new Map<string, FilterRule<Vpc>>([
  ['vpc-id', { values: (vpc) => [vpc.id] }],
  ['vpc-name', { values: (vpc) => [vpc.name], fuzzy: true }],
  ['cidr-block', { values: (vpc) => [vpc.cidr] }],
  ['is-default', { values: (vpc) => [truth(vpc.isDefault), String(vpc.isDefault)] }],
  ['tag-key', { values: () => [] }],
]);

const subnetRules: ReadonlyMap<string, FilterRule<Subnet>> = new Map<string, FilterRule<Subnet>>([
  ['subnet-id', { values: (subnet) => [subnet.id] }],
  ['subnet-name', { values: (subnet) => [subnet.name], fuzzy: true }],
  ['vpc-id', { values: (subnet) => [subnet.vpcId] }],
  ['zone', { values: (subnet) => [subnet.zone] }],
  ['cidr-block', { values: (subnet) => [subnet.cidr] }],
  ['is-default', { values: (subnet) => [truth(subnet.isDefault), String(subnet.isDefault)] }],
  ['tag-key', { values: () => [] }],
]);

/** Service `vpc`, version 2017-03-12: what a create wizard asks for. */
export function vpcProduct(book: InstanceBook): Product {
  return {
    name: 'vpc',
    version: '2017-03-12',
    needsRegion: () => true,
    actions: new Map([
      ...vpcSecurityGroupActions(),
      [
        'DescribeVpcs',
        action(vpcsSchema, (parameters, { region }) => {
          const found = select(vpcsOf(region), parameters.VpcIds, parameters.Filters, vpcRules, 'VpcIds');
          return { TotalCount: found.length, VpcSet: page(found, parameters.Offset, parameters.Limit).map(wireVpc) };
        }),
      ],
      [
        'DescribeSubnets',
        action(subnetsSchema, (parameters, { region, key }) => {
          const found = select(subnetsOf(region), parameters.SubnetIds, parameters.Filters, subnetRules, 'SubnetIds');
          const wire = (subnet: Subnet): Record<string, unknown> =>
            wireSubnet(subnet, book.of(key.account).filter((instance) => instance.subnetId === subnet.id).length);
          if (parameters.MaxResults === undefined && parameters.NextToken === undefined) {
            const rows = page(found, parameters.Offset, parameters.Limit);
            return { TotalCount: found.length, SubnetSet: rows.map(wire) };
          }
          const start = whole(parameters.NextToken ?? '0', 'NextToken');
          const end = start + (parameters.MaxResults ?? 20);
          return {
            TotalCount: found.length,
            SubnetSet: found.slice(start, end).map(wire),
            NextToken: end < found.length ? String(end) : '',
          };
        }),
      ],
    ]),
  };
}

function wireVpc(vpc: Vpc): Record<string, unknown> {
  return {
    VpcId: vpc.id,
    VpcName: vpc.name,
    CidrBlock: vpc.cidr,
    IsDefault: vpc.isDefault,
    EnableMulticast: false,
    EnableDhcp: true,
    CreatedTime: vpc.createdAt,
    DnsServerSet: [],
    DomainName: '',
    TagSet: [],
    AssistantCidrSet: [],
  };
}

function wireSubnet(subnet: Subnet, instances: number): Record<string, unknown> {
  return {
    SubnetId: subnet.id,
    SubnetName: subnet.name,
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidr,
    Zone: subnet.zone,
    IsDefault: subnet.isDefault,
    TotalIpAddressCount: subnet.total,
    AvailableIpAddressCount: freeAddresses(subnet, instances),
    EnableBroadcast: false,
    CreatedTime: subnet.createdAt,
    IsRemoteVpcSnat: false,
    TagSet: [],
  };
}
