import { sizeText } from '../../../src/domain/size.ts';
import type { Operation } from '../../../src/instances/operation.ts';

/** What the load test is about: the account, its ten thousand instances, and what is under way in it. */
export const account = '100000000001';
export const instances = 10_000;
export const pending = 1_000;

/** Instances and operations that each window writes to again and again, and nobody else. */
export const ownedByEach = 5;

export const regions: readonly string[] = Array.from({ length: 20 }, (_, at) => `ap-load${String(at + 1)}`);

/** The kinds take turns, so that every region has as many of the one as of the other. */
export function isServerless(at: number): boolean {
  return at % 2 === 0;
}

export function regionOf(at: number): string {
  return regions[Math.floor(at / 2) % regions.length] ?? '';
}

export function instanceId(at: number): string {
  return `postgres-${at.toString(36).padStart(8, '0')}`;
}

/** @returns `undefined` for an id that is not of this world */
export function numberOf(id: string): number | undefined {
  const at = Number.parseInt(id.slice('postgres-'.length), 36);
  return at >= 0 && at < instances ? at : undefined;
}

/** The instances that a window puts into the registry: none of those about which something is under way or changes. */
export function ownedBy(window: number): number[] {
  return Array.from({ length: ownedByEach }, (_, one) => instances - 1 - (window * ownedByEach + one));
}

/** Those whose status the service changes by itself. */
export const restless = { from: 2_000, to: 8_000 } as const;

/** The status of an instance at first; those of the pending operations keep it. */
export function statusOf(at: number): string {
  if (at >= pending) return 'running';
  switch (at % 4) {
    case 0:
      return 'initing';
    case 1:
      return 'restarting';
    case 2:
      return 'isolating';
    default:
      return 'expanding';
  }
}

/** The operation that is under way about an instance: a create, a restart, a deletion or a resize that has a task. */
export function pendingOperation(at: number, startedAt: number): Operation {
  const name = nameOf(at);
  const place = { accountId: account, region: regionOf(at), zone: zoneOf(at), name };
  const about = {
    ...place,
    id: `pending-${String(at)}`,
    offering: isServerless(at) ? 'serverless' : 'provisioned',
    instanceId: instanceId(at),
    requestId: `request-${String(at)}`,
    state: 'working',
    startedAt,
  } as const;
  switch (at % 4) {
    case 0: {
      const { region, zone } = place;
      const plan = { offering: 'serverless', region, zone, name, version: '10.4', charset: 'UTF8', tags: [] };
      return { ...about, kind: 'create', plan };
    }
    case 1:
      return { ...about, kind: 'restart' };
    case 2:
      return { ...about, kind: 'delete' };
    default:
      return { ...about, kind: 'resize', subject: sizeText({ cpu: 8, memoryGb: 32, storageGb: 500 }), taskId: at };
  }
}

export function nameOf(at: number): string {
  return `load-${String(at).padStart(5, '0')}`;
}

export function zoneOf(at: number): string {
  return `${regionOf(at)}-${String((at % 3) + 1)}`;
}

/** The instance as the service lists it. */
export function wireInstance(at: number, status: string): object {
  const both = {
    DBInstanceId: instanceId(at),
    DBInstanceName: nameOf(at),
    DBInstanceStatus: status,
    Region: regionOf(at),
    Zone: zoneOf(at),
    ProjectId: at % 7,
    VpcId: 'vpc-a1b2c3d4',
    SubnetId: 'subnet-a1b2c3d4',
    DBCharset: 'UTF8',
    CreateTime: '2026-01-02 03:04:05',
    DBInstanceNetInfo: [
      { Address: '', Ip: '10.0.0.5', Port: 5432, Status: 'opened', NetType: 'private' },
      { Address: `${instanceId(at)}.example.com`, Ip: '', Port: 50_000, Status: 'closed', NetType: 'public' },
    ],
    TagList: [
      { TagKey: 'team', TagValue: `team-${String(at % 13)}` },
      { TagKey: 'environment', TagValue: at % 3 === 0 ? 'production' : 'test' },
    ],
  };
  if (isServerless(at)) {
    return {
      ...both,
      DBVersion: '10.4',
      DBKernelVersion: 'v10.4_r1.0',
      DBAccountSet: [{ DBUser: `tencentdb_${String(at)}`, DBPassword: 'not-a-password' }],
      DBDatabaseList: ['postgres'],
    };
  }
  return {
    ...both,
    DBInstanceMemory: 4,
    DBInstanceStorage: 50,
    DBInstanceStorageType: 'PHYSICAL_LOCAL_SSD',
    DBInstanceCpu: 2,
    DBInstanceClass: 'pg.it.medium4',
    DBMajorVersion: '16',
    DBVersion: '16.4',
    DBKernelVersion: 'v16.4_r1.2',
    DBInstanceType: 'primary',
    PayType: 'postpaid',
    SupportIpv6: 0,
    DeletionProtection: false,
    DBNodeSet: [{ Role: 'Primary', Zone: zoneOf(at) }],
  };
}
