import * as z from 'zod';
import type { Instance } from '../../domain/instance.ts';
import { provisioned } from '../../domain/offerings/provisioned.ts';
import { addressSchema, present, tagSchema, toAddress, toTag } from '../postgresWire.ts';

/**
 * `DBInstance` of DescribeDBInstances and DescribeDBInstanceAttribute (409/16773, /16779). Every field may be null or
 * missing. Memory and storage are in gigabytes here.
 */
export const instanceSchema = z.object({
  DBInstanceId: z.string().nullish(),
  DBInstanceName: z.string().nullish(),
  DBInstanceStatus: z.string().nullish(),
  Region: z.string().nullish(),
  Zone: z.string().nullish(),
  ProjectId: z.number().nullish(),
  VpcId: z.string().nullish(),
  SubnetId: z.string().nullish(),
  DBInstanceMemory: z.number().nullish(),
  DBInstanceStorage: z.number().nullish(),
  DBInstanceStorageType: z.string().nullish(),
  DBInstanceCpu: z.number().nullish(),
  DBInstanceClass: z.string().nullish(),
  DBMajorVersion: z.string().nullish(),
  DBVersion: z.string().nullish(),
  DBKernelVersion: z.string().nullish(),
  DBInstanceType: z.string().nullish(),
  DBCharset: z.string().nullish(),
  CreateTime: z.string().nullish(),
  ExpireTime: z.string().nullish(),
  IsolatedTime: z.string().nullish(),
  PayType: z.string().nullish(),
  DBInstanceNetInfo: z.array(addressSchema).nullish(),
  TagList: z.array(tagSchema).nullish(),
  MasterDBInstanceId: z.string().nullish(),
  DBNodeSet: z.array(z.object({ Role: z.string().nullish(), Zone: z.string().nullish() })).nullish(),
  SupportIpv6: z.number().nullish(),
  DeletionProtection: z.boolean().nullish(),
});

export type WireInstance = z.infer<typeof instanceSchema>;

/** @param asked stands in for the region and the id where the answer leaves them out */
export function toInstance(
  row: WireInstance,
  asked: { readonly region: string; readonly id?: string },
  accountId: string,
): Instance {
  const standby = row.DBNodeSet?.find((node) => node.Role === 'Standby')?.Zone;
  return {
    id: row.DBInstanceId ?? asked.id ?? '',
    accountId,
    offering: provisioned.id,
    name: row.DBInstanceName ?? '',
    status: row.DBInstanceStatus ?? '',
    region: row.Region ?? asked.region,
    zone: row.Zone ?? '',
    ...present('version', row.DBMajorVersion),
    ...present('version', row.DBVersion),
    ...present('kernelVersion', row.DBKernelVersion),
    ...present('charset', row.DBCharset),
    ...present('projectId', row.ProjectId),
    ...present('vpcId', row.VpcId),
    ...present('subnetId', row.SubnetId),
    ...presentTime('createdAt', row.CreateTime),
    addresses: (row.DBInstanceNetInfo ?? []).map(toAddress),
    tags: (row.TagList ?? []).map(toTag),
    ...present('specCode', row.DBInstanceClass),
    ...present('cpu', row.DBInstanceCpu),
    ...present('memoryGb', row.DBInstanceMemory),
    ...present('storageGb', row.DBInstanceStorage),
    ...present('storageType', row.DBInstanceStorageType),
    ...present('standbyZone', standby === row.Zone ? undefined : standby),
    ...present('chargeType', row.PayType),
    ...presentTime('expiresAt', row.ExpireTime),
    ...presentTime('isolatedAt', row.IsolatedTime),
    ...present('role', row.DBInstanceType),
    ...present('primaryId', row.MasterDBInstanceId),
    ...present('deletionProtection', row.DeletionProtection),
    ...present('supportsIpv6', typeof row.SupportIpv6 === 'number' ? row.SupportIpv6 === 1 : undefined),
  };
}

/** The service writes a time of zeros where there is none. */
function presentTime<K extends string>(key: K, time: string | null | undefined): Partial<Record<K, string>> {
  return present(key, time?.startsWith('0000-') === true ? undefined : time);
}
