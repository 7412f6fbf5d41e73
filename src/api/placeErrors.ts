import * as l10n from '@vscode/l10n';
import { input } from './errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from './errorEntry.ts';

/** The codes about where and what an instance is to be: region, zone, version, charset, project, network, tags. */
export const placeErrors: ErrorEntries = {
  // Region and zone
  'InvalidParameterValue.IllegalRegion': () => wrongRegion(),
  'InvalidParameterValue.InvalidRegionIdError': () => wrongRegion(),
  'InvalidParameterValue.RegionNotSupported': () => noRegion(),
  'InvalidParameterValue.UnsupportedRegionError': () => noRegion(),
  RegionNotSupported: () => noRegion(),
  'InvalidParameterValue.IllegalZone': () => wrongZone(l10n.t('The service does not know this zone.')),
  'InvalidParameterValue.InvalidZoneIdError': () => wrongZone(l10n.t('The zone is not valid.')),
  'OperationDenied.NotSupportZoneError': () =>
    input(
      'zone',
      l10n.t('There is no serverless PostgreSQL in this zone.'),
      l10n.t('Documents name Shanghai 2, Guangzhou 2, and Beijing 1 or 3.'),
      'pickAnotherZone',
    ),

  // Version and charset
  'OperationDenied.VersionNotSupportError': () =>
    input(
      'version',
      l10n.t('This version of PostgreSQL is not there as serverless.'),
      l10n.t('Documents name 10.4 only.'),
      'changeParameter',
    ),
  'InvalidParameterValue.InvalidCharset': () =>
    input(
      'charset',
      l10n.t('The service does not take this charset.'),
      l10n.t('It takes UTF8, and in places LATIN1.'),
      'changeParameter',
    ),

  // Project, network and tags
  'InvalidParameterValue.IllegalProjectId': () =>
    input(
      'project',
      l10n.t('The project does not exist.'),
      l10n.t('It may have been deleted, or belong to another account.'),
      'changeParameter',
    ),
  'InvalidParameter.VpcNotFoundError': () => noVpc(l10n.t('The VPC or the subnet does not exist.')),
  'ResourceUnavailable.VpcResourceNotFound': () => noVpc(l10n.t('The VPC was not found.')),
  'FailedOperation.GetVpcInfoError': () => vpcTrouble(l10n.t('The service could not read the VPC.')),
  'FailedOperation.GetSubnetError': () => vpcTrouble(l10n.t('The service could not read the subnet.')),
  'FailedOperation.VPCResetServiceError': () => vpcTrouble(l10n.t('The service could not set up the VPC.')),
  'FailedOperation.QueryVpcFailed': () => vpcTrouble(l10n.t('The service could not look up the VPC.')),
  // The service spells it like this.
  'FailedOperation.QueryVpcFalied': () => vpcTrouble(l10n.t('The service could not look up the VPC.')),
  VpcError: () => vpcTrouble(l10n.t('Something failed about the VPC.')),
  'InternalError.VpcError': () => vpcTrouble(l10n.t('The network service had an internal error.')),
  'FailedOperation.CreateBasicNetworkDeniedError': () =>
    input(
      'network',
      l10n.t('An instance needs a VPC.'),
      l10n.t('The classic network takes no new instances.'),
      'changeParameter',
    ),
  'FailedOperation.NetworkNumLimitError': () =>
    input(
      'network',
      l10n.t('The instance has as many networks as it may.'),
      l10n.t('An instance is in one or two networks.'),
      'changeParameter',
    ),
  'FailedOperation.AllocateQuotasError': () =>
    input(
      'tags',
      l10n.t('The quota for tags is used up.'),
      l10n.t('The account or the resource holds as many tags as it may.'),
      'changeParameter',
    ),
};

function wrongRegion(): ErrorEntry {
  return input(
    'region',
    l10n.t('The service does not know this region.'),
    l10n.t('There may be a slip in its spelling.'),
    'pickAnotherRegion',
  );
}

function noRegion(): ErrorEntry {
  return input(
    'region',
    l10n.t('The service does not offer this in the region.'),
    l10n.t('Not every region has every action.'),
    'pickAnotherRegion',
  );
}

function wrongZone(meaning: string): ErrorEntry {
  return input(
    'zone',
    meaning,
    l10n.t('A zone is its region with a number, such as ap-guangzhou-2.'),
    'pickAnotherZone',
  );
}

function noVpc(meaning: string): ErrorEntry {
  return input(
    'network',
    meaning,
    l10n.t('It may be in another region or account, or have been deleted.'),
    'changeParameter',
  );
}

function vpcTrouble(meaning: string): ErrorEntry {
  return {
    kind: 'service',
    meaning,
    cause: l10n.t(
      'The VPC or subnet may not exist in this region, the subnet may have no free address left, or the network service is out of order for a moment.',
    ),
    next: ['changeParameter', 'retry', 'reportRequestId'],
    field: 'network',
  };
}
