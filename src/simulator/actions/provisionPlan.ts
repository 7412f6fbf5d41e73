import * as z from 'zod';
import { freeAddresses, projects, subnetsOf, vpcsOf } from '../account.ts';
import { ApiError } from '../apiError.ts';
import { type Version, versions, type Zone } from '../catalogue.ts';
import { checkPassword } from '../databaseRules.ts';
import type { Instance, InstanceBook } from '../instance.ts';
import type { Call } from '../product.ts';
import type { Provision } from '../provision.ts';
import { checkedSize, checkedStorageType, checkedZone, checkEngine, periods } from './catalogue.ts';
import { checkTags, tagSchema } from './createPlan.ts';
import { securityGroupsOf } from './securityGroups.ts';

const flag = z.int().min(0).max(1).optional();

/** Parameters of CreateInstances (documents 409/40583 and 409/56107). */
export const createInstancesSchema = z.strictObject({
  Zone: z.string(),
  SpecCode: z.string(),
  Storage: z.int().min(0),
  InstanceCount: z.int(),
  Period: z.int(),
  Charset: z.string(),
  AdminName: z.string(),
  AdminPassword: z.string(),
  DBMajorVersion: z.string().optional(),
  DBVersion: z.string().optional(),
  DBKernelVersion: z.string().optional(),
  InstanceChargeType: z.string().optional(),
  VpcId: z.string().optional(),
  SubnetId: z.string().optional(),
  DBNodeSet: z
    .array(z.strictObject({ Role: z.string(), Zone: z.string(), DedicatedClusterId: z.string().optional() }))
    .optional(),
  AutoRenewFlag: flag,
  AutoVoucher: flag,
  VoucherIds: z.array(z.string()).max(1).optional(),
  ProjectId: z.int().optional(),
  ActivityId: z.int().optional(),
  Name: z.string().optional(),
  TagList: z.array(tagSchema).optional(),
  SecurityGroupIds: z.array(z.string()).optional(),
  NeedSupportTDE: flag,
  KMSKeyId: z.string().optional(),
  KMSRegion: z.string().optional(),
  KMSClusterId: z.string().optional(),
  DBEngine: z.string().optional(),
  DBEngineConfig: z.string().optional(),
  SyncMode: z.enum(['Semi-sync', 'Async']).optional(),
  NeedSupportIpv6: flag,
  DeletionProtection: z.boolean().optional(),
  StorageType: z.string().optional(),
});

export type CreateInstancesParameters = z.output<typeof createInstancesSchema>;

type Asked = Pick<
  Instance,
  'name' | 'zone' | 'version' | 'charset' | 'projectId' | 'vpcId' | 'subnetId' | 'tags' | 'user' | 'password'
>;

/** What a request asks for, in the simulator's words. */
export interface ProvisionPlan extends Asked {
  readonly count: number;
  /** Months paid in advance. */
  readonly period: number;
  readonly provision: Pick<
    Provision,
    | 'specCode'
    | 'cpu'
    | 'memory'
    | 'storage'
    | 'storageType'
    | 'majorVersion'
    | 'kernelVersion'
    | 'standbyZone'
    | 'chargeType'
    | 'autoRenew'
    | 'securityGroups'
    | 'deletionProtection'
    | 'supportsIpv6'
  >;
}

/** Special characters of the administrator's password. */
const adminSpecials = "()`~!@#$%^&*-+=_|{}[]:;'<>,.?/";

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** The plan, when the service would carry it out. @throws ApiError with a code of the action's documented list */
export function checkedProvision(
  parameters: CreateInstancesParameters,
  { region, key }: Call,
  book: InstanceBook,
): ProvisionPlan {
  checkEngine(parameters.DBEngine);
  const storageType = checkedStorageType(parameters.StorageType);
  const zone = checkedZone(parameters.Zone, region, storageType);
  const version = checkedVersion(parameters);
  const size = checkedSize(parameters.SpecCode, parameters.Storage, storageType);
  const chargeType = checkedChargeType(parameters.InstanceChargeType);
  const { InstanceCount: count, Period: period, Name: name = '未命名' } = parameters;
  if (count < 1 || count > 10) {
    throw new ApiError('InvalidParameterValue.InvalidInstanceNum', 'InstanceCount is 1 to 10.');
  }
  if (!periods.includes(period) || (chargeType === 'POSTPAID_BY_HOUR' && period !== 1)) {
    throw new ApiError(badValue, 'Period is a number of months that is sold, and 1 for pay-as-you-go.');
  }
  if (parameters.Charset !== 'UTF8' && parameters.Charset !== 'LATIN1') {
    throw new ApiError('InvalidParameterValue.InvalidCharset', 'Currently, only UTF8 and LATIN1 are supported.');
  }
  checkInstanceName(name);
  checkAdminName(parameters.AdminName);
  checkPassword(parameters.AdminPassword, adminSpecials);
  const { ProjectId: projectId = 0, VpcId: vpcId = '', SubnetId: subnetId = '' } = parameters;
  if (!projects.some((project) => project.id === projectId)) {
    throw new ApiError('InvalidParameterValue.IllegalProjectId', `There is no project ${String(projectId)}.`);
  }
  const tags = (parameters.TagList ?? []).map((tag) => ({ key: tag.TagKey, value: tag.TagValue }));
  checkTags(tags);
  const supportsIpv6 = parameters.NeedSupportIpv6 === 1;
  if (supportsIpv6 && !zone.supportsIpv6) {
    throw new ApiError('OperationDenied.InstanceIpv6NotSupportedError', 'The zone does not support IPv6.');
  }
  const taken = book.of(key.account).filter((instance) => instance.subnetId === subnetId).length;
  checkNetwork(vpcId, subnetId, region, taken + count - 1);
  // Last, as only an order that is otherwise right learns that there is nothing left.
  if (zone.state !== 'AVAILABLE') {
    throw new ApiError('ResourceInsufficient.ResourceNotEnough', `There are no resources left in ${zone.name}.`);
  }
  return {
    count,
    period,
    name,
    zone: zone.name,
    version: version.version,
    charset: parameters.Charset,
    projectId,
    vpcId,
    subnetId,
    tags,
    user: parameters.AdminName,
    password: parameters.AdminPassword,
    provision: {
      ...size,
      storageType,
      majorVersion: version.major,
      kernelVersion: version.kernel,
      standbyZone: checkedStandby(parameters.DBNodeSet, zone),
      chargeType,
      autoRenew: parameters.AutoRenewFlag === 1,
      securityGroups: checkedGroups(parameters.SecurityGroupIds, region),
      deletionProtection: parameters.DeletionProtection ?? false,
      supportsIpv6,
    },
  };
}

/** Any of three parameters names it; they must agree. */
function checkedVersion(parameters: CreateInstancesParameters): Version {
  const { DBMajorVersion: major, DBVersion: minor, DBKernelVersion: kernel } = parameters;
  if (major === undefined && minor === undefined && kernel === undefined) {
    throw new ApiError('MissingParameter', 'The request is missing a required parameter `DBMajorVersion`.');
  }
  const version = versions.find(
    (candidate) =>
      (major ?? candidate.major) === candidate.major &&
      (minor ?? candidate.version) === candidate.version &&
      (kernel ?? candidate.kernel) === candidate.kernel,
  );
  if (version?.state === 'AVAILABLE') return version;
  throw new ApiError(badValue, 'The version cannot be ordered.');
}

/** Prepaid is what the service makes of an order that does not say. */
function checkedChargeType(chargeType = 'PREPAID'): Provision['chargeType'] {
  const word = chargeType.toUpperCase();
  if (word === 'PREPAID' || word === 'POSTPAID_BY_HOUR') return word;
  throw new ApiError('InvalidParameterValue.IllegalInstanceChargeType', 'It is PREPAID or POSTPAID_BY_HOUR here.');
}

function checkedStandby(nodes: CreateInstancesParameters['DBNodeSet'], zone: Zone): string {
  if (nodes === undefined) return zone.name;
  const [primary, standby] = ['Primary', 'Standby'].map((role) => nodes.find((node) => node.Role === role)?.Zone);
  if (nodes.length !== 2 || primary !== zone.name || standby === undefined) {
    throw new ApiError(badValue, 'DBNodeSet has a Primary node in Zone and a Standby node.');
  }
  if (standby !== zone.name && !zone.standbys.includes(standby)) {
    throw new ApiError('InvalidParameterValue.IllegalZone', `${standby} cannot hold the standby of ${zone.name}.`);
  }
  return standby;
}

function checkedGroups(ids: readonly string[] | undefined, region: string): string[] {
  const known = securityGroupsOf(region);
  if (ids === undefined || ids.length === 0) return known.filter((group) => group.isDefault).map((group) => group.id);
  const missing = ids.find((id) => !known.some((group) => group.id === id));
  if (missing === undefined) return [...ids];
  throw new ApiError('InternalError.DfwError', `There is no security group ${missing} in ${region}.`);
}

/** @throws ApiError */
export function checkInstanceName(name: string): void {
  if (name === '' || Array.from(name).length >= 60) {
    throw new ApiError('InvalidParameterValue.ParameterLengthLimitError', 'The name has fewer than 60 characters.');
  }
  if (!/^[A-Za-z0-9_\-\u4e00-\u9fa5]+$/.test(name)) {
    throw new ApiError(
      'InvalidParameterValue.ParameterCharacterError',
      'The name takes Chinese characters, letters, digits, `_` and `-`.',
    );
  }
}

function checkAdminName(name: string): void {
  if (/^[A-Za-z_]\w{0,15}$/.test(name) && !/^(postgres$|pg_|tencentdb_)/i.test(name)) return;
  throw new ApiError(
    'InvalidParameterValue.InvalidAccountError',
    'AdminName has 1 to 16 letters, digits and `_`, does not begin with a digit, `pg_` or `tencentdb_`, and is not postgres.',
  );
}

/** @param others how many of ours are in the subnet beside the last one */
function checkNetwork(vpcId: string, subnetId: string, region: string, others: number): void {
  if (vpcId === '' || subnetId === '') {
    throw new ApiError('FailedOperation.CreateBasicNetworkDeniedError', 'The classic network is not supported.');
  }
  if (!vpcsOf(region).some((vpc) => vpc.id === vpcId)) {
    throw new ApiError('InvalidParameter.VpcNotFoundError', `The VPC ${vpcId} is not found in ${region}.`);
  }
  const subnet = subnetsOf(region).find((candidate) => candidate.id === subnetId && candidate.vpcId === vpcId);
  if (subnet === undefined) {
    throw new ApiError('FailedOperation.GetSubnetError', `The subnet ${subnetId} is not found in ${vpcId}.`);
  }
  if (freeAddresses(subnet, others) === 0) {
    throw new ApiError('InternalError.VpcError', `The subnet ${subnetId} has no free IP address.`);
  }
}
