import * as z from 'zod';
import type { Subnet, Vpc } from '../domain/network.ts';
import type { Catalog } from '../domain/ports.ts';
import type { SecurityGroup } from '../domain/rental.ts';
import type { Action, Client } from './client.ts';
import { readPages } from './paging.ts';
import { present } from './postgresWire.ts';

/** VPCs, subnets and security groups of the account (vpc 2017-03-12). */
const vpcsSchema = z.object({
  TotalCount: z.number().nullish(),
  VpcSet: z
    .array(
      z.object({
        VpcId: z.string(),
        VpcName: z.string().nullish(),
        CidrBlock: z.string().nullish(),
        IsDefault: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

const subnetsSchema = z.object({
  TotalCount: z.number().nullish(),
  SubnetSet: z
    .array(
      z.object({
        SubnetId: z.string(),
        SubnetName: z.string().nullish(),
        VpcId: z.string().nullish(),
        CidrBlock: z.string().nullish(),
        Zone: z.string().nullish(),
        IsDefault: z.boolean().nullish(),
        AvailableIpAddressCount: z.number().nullish(),
        TotalIpAddressCount: z.number().nullish(),
      }),
    )
    .nullish(),
});

const groupsSchema = z.object({
  TotalCount: z.number().nullish(),
  SecurityGroupSet: z
    .array(
      z.object({
        SecurityGroupId: z.string(),
        SecurityGroupName: z.string().nullish(),
        SecurityGroupDesc: z.string().nullish(),
        IsDefault: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

const product = { service: 'vpc', version: '2017-03-12', effect: 'read' } as const;
const vpcsAction: Action<z.infer<typeof vpcsSchema>> = { ...product, name: 'DescribeVpcs', schema: vpcsSchema };
const subnetsAction: Action<z.infer<typeof subnetsSchema>> = {
  ...product,
  name: 'DescribeSubnets',
  schema: subnetsSchema,
};
const groupsAction: Action<z.infer<typeof groupsSchema>> = {
  ...product,
  name: 'DescribeSecurityGroups',
  schema: groupsSchema,
};

/** This service alone takes numbers as text; 100 is the most that it gives at once. */
function page(offset: number): Readonly<Record<string, unknown>> {
  return { Offset: String(offset), Limit: '100' };
}

export function createNetworkCatalog(client: Client): Pick<Catalog, 'vpcs' | 'subnets' | 'securityGroups'> {
  return {
    async vpcs(region, signal) {
      const rows = await readPages(
        async (offset) => {
          const { value } = await client.call(vpcsAction, { region, parameters: page(offset), signal });
          return { rows: value.VpcSet ?? [], total: value.TotalCount ?? undefined };
        },
        (row) => row.VpcId,
      );
      return rows.map((row): Vpc => ({
        id: row.VpcId,
        name: row.VpcName ?? '',
        cidr: row.CidrBlock ?? '',
        isDefault: row.IsDefault ?? false,
      }));
    },
    async subnets(region, vpcId, signal) {
      const rows = await readPages(
        async (offset) => {
          const parameters = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }], ...page(offset) };
          const { value } = await client.call(subnetsAction, { region, parameters, signal });
          return { rows: value.SubnetSet ?? [], total: value.TotalCount ?? undefined };
        },
        (row) => row.SubnetId,
      );
      return rows.map((row): Subnet => ({
        id: row.SubnetId,
        name: row.SubnetName ?? '',
        vpcId: row.VpcId ?? vpcId,
        cidr: row.CidrBlock ?? '',
        zone: row.Zone ?? '',
        isDefault: row.IsDefault ?? false,
        ...(typeof row.AvailableIpAddressCount === 'number' ? { freeAddresses: row.AvailableIpAddressCount } : {}),
        ...(typeof row.TotalIpAddressCount === 'number' ? { totalAddresses: row.TotalIpAddressCount } : {}),
      }));
    },
    async securityGroups(region, signal) {
      const rows = await readPages(
        async (offset) => {
          const { value } = await client.call(groupsAction, { region, parameters: page(offset), signal });
          return { rows: value.SecurityGroupSet ?? [], total: value.TotalCount ?? undefined };
        },
        (row) => row.SecurityGroupId,
      );
      return rows.map((row): SecurityGroup => ({
        id: row.SecurityGroupId,
        name: row.SecurityGroupName ?? '',
        isDefault: row.IsDefault ?? false,
        ...present('note', row.SecurityGroupDesc),
      }));
    },
  };
}
