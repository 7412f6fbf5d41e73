import * as z from 'zod';
import { projects, subnetsOf, vpcsOf } from '../account.ts';
import { ApiError } from '../apiError.ts';
import type { Instance } from '../instance.ts';
import { isZoneOf, serverlessZones } from '../regions.ts';

export const tagSchema = z.strictObject({ TagKey: z.string(), TagValue: z.string() });

/** Parameters of CreateServerlessDBInstance (documents 409/38880 and 409/42762). */
export const createSchema = z.strictObject({
  Zone: z.string(),
  DBInstanceName: z.string(),
  DBVersion: z.string(),
  DBCharset: z.string(),
  ProjectId: z.int().min(0).optional(),
  VpcId: z.string().optional(),
  SubnetId: z.string().optional(),
  TagList: z.array(tagSchema).optional(),
});

export type CreateParameters = z.output<typeof createSchema>;

/** What a create request asks for, in the simulator's words. */
export type Plan = Pick<
  Instance,
  'name' | 'zone' | 'version' | 'charset' | 'projectId' | 'vpcId' | 'subnetId' | 'tags'
>;

/** The documents write the charset in several ways; all of them are taken, one is answered. */
const charsets: ReadonlyMap<string, string> = new Map([
  ['UTF8', 'UTF8'],
  ['UTF-8', 'UTF8'],
  ['LATIN1', 'LATIN1'],
]);

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** The plan, when the service would carry it out. @throws ApiError with a code of the action's documented list */
export function checkedPlan(parameters: CreateParameters, region: string): Plan {
  checkPlace(parameters.Zone, region);
  if (parameters.DBVersion !== '10.4') {
    throw new ApiError('OperationDenied.VersionNotSupportError', 'Serverless is not supported on this version.');
  }
  const charset = charsets.get(parameters.DBCharset);
  if (charset === undefined) {
    throw new ApiError('InvalidParameterValue.InvalidCharset', 'Currently, only UTF8 and LATIN1 are supported.');
  }
  checkName(parameters.DBInstanceName);
  const { ProjectId: projectId = 0, VpcId: vpcId = '', SubnetId: subnetId = '' } = parameters;
  if (!projects.some((project) => project.id === projectId)) {
    throw new ApiError(badValue, `The account has no project ${String(projectId)}.`);
  }
  checkNetwork(vpcId, subnetId, region);
  const tags = (parameters.TagList ?? []).map((tag) => ({ key: tag.TagKey, value: tag.TagValue }));
  checkTags(tags);
  return {
    name: parameters.DBInstanceName,
    zone: parameters.Zone,
    version: parameters.DBVersion,
    charset,
    projectId,
    vpcId,
    subnetId,
    tags,
  };
}

function checkPlace(zone: string, region: string): void {
  if (!isZoneOf(zone, region)) {
    throw new ApiError('InvalidParameterValue.IllegalZone', `The zone does not belong to the region ${region}.`);
  }
  const zones = serverlessZones(region);
  if (zones.length === 0) {
    throw new ApiError('InvalidParameterValue.RegionNotSupported', 'The current region is not supported.');
  }
  if (!zones.includes(zone)) {
    throw new ApiError('OperationDenied.NotSupportZoneError', 'Serverless is not supported in this availability zone.');
  }
}

function checkName(name: string): void {
  if (name === '' || name.length > 60) {
    throw new ApiError('InvalidParameterValue.ParameterLengthLimitError', 'DBInstanceName has 1 to 60 characters.');
  }
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw new ApiError(
      'InvalidParameterValue.ParameterCharacterError',
      'DBInstanceName takes letters, digits, `_` and `-`.',
    );
  }
}

function checkNetwork(vpcId: string, subnetId: string, region: string): void {
  if ((vpcId === '') !== (subnetId === '')) {
    throw new ApiError(badValue, 'VpcId and SubnetId must be given together.');
  }
  if (vpcId === '') return;
  if (!vpcsOf(region).some((vpc) => vpc.id === vpcId)) {
    throw new ApiError('FailedOperation.QueryVpcFailed', `The VPC ${vpcId} is not found in ${region}.`);
  }
  if (!subnetsOf(region).some((subnet) => subnet.id === subnetId && subnet.vpcId === vpcId)) {
    throw new ApiError('FailedOperation.GetVpcInfoError', `The subnet ${subnetId} is not found in ${vpcId}.`);
  }
}

/** @throws ApiError */
export function checkTags(tags: Instance['tags']): void {
  if (tags.length > 50) {
    throw new ApiError('FailedOperation.AllocateQuotasError', 'A resource takes at most 50 tags.');
  }
  if (tags.some((tag) => tag.key === '' || tag.key.length > 127 || tag.value.length > 255)) {
    throw new ApiError(badValue, 'A tag has a key of 1 to 127 characters and a value of at most 255.');
  }
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) {
    throw new ApiError(badValue, 'TagList names a key twice.');
  }
}
