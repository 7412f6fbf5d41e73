import { regions } from './regions.ts';

/** A zone as DescribeZones lists it. */
export interface Zone {
  readonly name: string;
  /** In Chinese, as the service sends it whatever the language. */
  readonly words: string;
  readonly id: number;
  readonly state: 'AVAILABLE' | 'SELLOUT' | 'SUPPORTMODIFYONLY' | 'UNAVAILABLE';
  readonly supportsIpv6: boolean;
  /** Zones for the standby node of an instance here; none: it has to be in the same zone. */
  readonly standbys: readonly string[];
}

/** A version as DescribeDBVersions lists it. */
export interface Version {
  readonly major: string;
  readonly version: string;
  readonly kernel: string;
  readonly state: 'AVAILABLE' | 'UPGRADE_ONLY' | 'DEPRECATED';
}

/** A class as DescribeClasses lists it. */
export interface Class {
  readonly code: string;
  /** Cores. */
  readonly cpu: number;
  /** GB. */
  readonly memory: number;
  /** GB, on the local disks of the machine. */
  readonly largestStorage: number;
  readonly queries: number;
}

/** On the local disks of the machine. */
export const localStorage = 'PHYSICAL_LOCAL_SSD';

export const storageTypes: readonly string[] = [localStorage, 'CLOUD_PREMIUM', 'CLOUD_SSD', 'CLOUD_HSSD'];

const plans: readonly Omit<Zone, 'name' | 'words' | 'id'>[] = [
  { state: 'UNAVAILABLE', supportsIpv6: false, standbys: [] },
  { state: 'SUPPORTMODIFYONLY', supportsIpv6: false, standbys: ['3'] },
  { state: 'AVAILABLE', supportsIpv6: true, standbys: ['3', '4', '6'] },
  { state: 'AVAILABLE', supportsIpv6: false, standbys: ['3', '4'] },
  { state: 'SELLOUT', supportsIpv6: true, standbys: ['3', '6'] },
  { state: 'AVAILABLE', supportsIpv6: false, standbys: [] },
];

/** The zones of a region with that storage: alike everywhere, apart from their names. */
export function zonesOf(region: string, storageType: string): Zone[] {
  const { id = 0, words = '' } = regions.find((candidate) => candidate.name === region) ?? {};
  const city = /\((.+)\)/.exec(words)?.[1] ?? words;
  return plans.flatMap((plan, index) => {
    const number = index + 1;
    if (storageType !== localStorage && number === onlyLocal) return [];
    return {
      ...plan,
      name: `${region}-${String(number)}`,
      words: `${city}${'一二三四五六'.charAt(index)}区`,
      id: id * 100_000 + number,
      standbys: plan.standbys.map((standby) => `${region}-${standby}`),
    };
  });
}

/** The zone that has no cloud disks. */
const onlyLocal = 4;

/** Of each major version the newest kernel; the others cannot be ordered. */
export const versions: readonly Version[] = [
  { major: '10', version: '10.23', kernel: 'v10.23_r1.16', state: 'DEPRECATED' },
  { major: '11', version: '11.22', kernel: 'v11.22_r1.17', state: 'UPGRADE_ONLY' },
  { major: '12', version: '12.22', kernel: 'v12.22_r1.24', state: 'AVAILABLE' },
  { major: '13', version: '13.20', kernel: 'v13.20_r1.20', state: 'AVAILABLE' },
  { major: '14', version: '14.17', kernel: 'v14.17_r1.31', state: 'AVAILABLE' },
  { major: '15', version: '15.12', kernel: 'v15.12_r1.18', state: 'AVAILABLE' },
  { major: '16', version: '16.8', kernel: 'v16.8_r1.13', state: 'AVAILABLE' },
  { major: '17', version: '17.4', kernel: 'v17.4_r1.5', state: 'AVAILABLE' },
  { major: '18', version: '18.1', kernel: 'v18.1_r1.1', state: 'AVAILABLE' },
];

const classes: readonly Class[] = [
  { code: 'pg.it.small2', cpu: 1, memory: 2, largestStorage: 1_000, queries: 1_000 },
  { code: 'pg.it.medium4', cpu: 2, memory: 4, largestStorage: 2_000, queries: 2_600 },
  { code: 'pg.it.medium8', cpu: 2, memory: 8, largestStorage: 3_000, queries: 4_200 },
  { code: 'pg.it.large8', cpu: 4, memory: 8, largestStorage: 3_000, queries: 6_000 },
  { code: 'pg.it.large16', cpu: 4, memory: 16, largestStorage: 6_000, queries: 8_400 },
  { code: 'pg.it.xlarge32', cpu: 8, memory: 32, largestStorage: 6_000, queries: 16_000 },
  { code: 'pg.it.2xlarge64', cpu: 16, memory: 64, largestStorage: 6_000, queries: 32_000 },
  { code: 'pg.it.4xlarge128', cpu: 32, memory: 128, largestStorage: 12_000, queries: 60_000 },
];

/** Storage goes in steps of this many GB, which is also the least. */
export const storageStep = 10;

/** The most storage of the class on disks of that type, in GB. */
export function largestStorage(one: Class, storageType: string): number {
  return storageType === localStorage ? one.largestStorage : 32_000;
}

/** The classes that are sold with that storage. The smallest has local disks only, the fastest disks need four cores. */
export function classesOf(storageType: string): Class[] {
  const least = storageType === localStorage ? 1 : storageType === 'CLOUD_HSSD' ? 4 : 2;
  return classes.filter((one) => one.cpu >= least);
}
