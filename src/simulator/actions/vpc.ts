import * as z from 'zod';
import { type Subnet, subnetsOf, type Vpc, vpcsOf } from '../account.ts';
import { ApiError } from '../apiError.ts';
import { applyFilters, type Filter, filterSchema, type FilterRule } from '../filters.ts';
import type { InstanceBook } from '../instance.ts';
import { action, type Product } from '../product.ts';

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

function select<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
  rules: ReadonlyMap<string, FilterRule<T>>,
  idsName: string,
): T[] {
  if (ids !== undefined && filters !== undefined) {
    throw new ApiError('InvalidParameter.Coexist', `Filters and ${idsName} cannot be given together.`);
  }
  if (ids === undefined) return applyFilters(all, filters ?? [], rules, 'InvalidParameter.FilterInvalidKey');
  const missing = ids.find((id) => !all.some((item) => item.id === id));
  if (missing !== undefined) throw new ApiError('ResourceNotFound', `The resource ${missing} is not found.`);
  return all.filter((item) => ids.includes(item.id));
}

function page<T>(items: readonly T[], offsetText = '0', limitText = '20'): T[] {
  const offset = whole(offsetText, 'Offset');
  const limit = whole(limitText, 'Limit');
  if (limit > 100) throw new ApiError('InvalidParameterValue.Range', 'Limit is at most 100.');
  return items.slice(offset, offset + limit);
}

function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ApiError('InvalidParameterValue.Malformed', `${name} is not a number.`);
  return Number(text);
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
    AvailableIpAddressCount: Math.max(0, subnet.total - subnet.used - instances),
    EnableBroadcast: false,
    CreatedTime: subnet.createdAt,
    IsRemoteVpcSnat: false,
    TagSet: [],
  };
}
