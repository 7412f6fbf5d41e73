import { createHash } from 'node:crypto';
import { serverlessZones } from './regions.ts';

/** The account of every key that names no other. */
export const defaultAccount = '100000000001';

/** How an account is written: its uin, of twelve digits here. */
export const accountForm = /^[1-9]\d{11}$/;

/** What follows exists in every account before anybody creates anything; of all of it every account has its own. */
export interface Vpc {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  readonly isDefault: boolean;
  readonly createdAt: string;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  readonly isDefault: boolean;
  readonly total: number;
  /** Addresses that other things in the account hold already. */
  readonly used: number;
  readonly createdAt: string;
}

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly info: string;
  readonly createdAt: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

const createdAt = '2020-03-20 12:19:14';

export const projects: readonly Project[] = [
  { id: 0, name: 'Default project', info: 'Default project', createdAt },
  { id: 1_200_001, name: 'webshop', info: 'Orders and catalog', createdAt },
  { id: 1_200_002, name: 'analytics', info: 'Reports', createdAt },
];

export const tags: readonly Tag[] = [
  { key: 'env', value: 'production' },
  { key: 'env', value: 'staging' },
  { key: 'env', value: 'test' },
  { key: 'owner', value: 'database' },
  { key: 'team', value: 'payments' },
  { key: 'team', value: 'search' },
];

/** Eight lower-case hex digits, the same on every run, so that a stored VPC id stays valid. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A default VPC and one more; every region has its own. */
export function vpcsOf(region: string): Vpc[] {
  return [
    { id: `vpc-${digest(`${region}/0`)}`, name: 'Default-VPC', cidr: '172.16.0.0/16', isDefault: true, createdAt },
    { id: `vpc-${digest(`${region}/1`)}`, name: 'backend', cidr: '10.0.0.0/16', isDefault: false, createdAt },
  ];
}

/** Subnets of both VPCs in each zone; a cloud keeps three addresses of each for itself. The last one has none free. */
export function subnetsOf(region: string): Subnet[] {
  const known = serverlessZones(region);
  const others = ['1', '2', '3', '4', '5', '6'].map((number) => `${region}-${number}`);
  const zones = [...known, ...others.filter((zone) => !known.includes(zone))];
  return vpcsOf(region).flatMap((vpc) =>
    zones.map((zone, index) => ({
      id: `subnet-${digest(`${vpc.id}/${zone}`)}`,
      name: vpc.isDefault ? `Default-Subnet-${zone}` : `backend-${String(index + 1)}`,
      vpcId: vpc.id,
      cidr: vpc.isDefault
        ? `172.16.${String(index * 16)}.0/20`
        : `10.0.${String(index)}.0/${index === 0 ? '24' : '28'}`,
      zone,
      isDefault: vpc.isDefault && index === 0,
      total: vpc.isDefault ? 4_093 : index === 0 ? 253 : 13,
      used: vpc.isDefault ? 17 : index === zones.length - 1 ? 13 : 9,
      createdAt,
    })),
  );
}

/** Addresses that are left when so many instances of ours are in the subnet. */
export function freeAddresses(subnet: Subnet, instances: number): number {
  return Math.max(0, subnet.total - subnet.used - instances);
}
