import * as l10n from '@vscode/l10n';
import { account, input, limit, parameter, permission, retired, service, state } from './errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from './errorEntry.ts';

/** The codes of PostgreSQL: those of the five serverless actions, and a few that its other actions share with them. */
export const postgresErrors: ErrorEntries = {
  // Who may do what
  'FailedOperation.CamSigAndAuthError': () =>
    camTrouble(l10n.t('The service could not check the permissions of this key.')),
  'FailedOperation.CamAuthFailed': () => camTrouble(l10n.t('The check of the permissions of this key failed.')),
  'FailedOperation.CamCheckResourceError': () =>
    camTrouble(l10n.t('The service could not check the permissions for this resource.')),
  'OperationDenied.CamDeniedError': () =>
    permission(
      l10n.t('The policies of the account do not allow this.'),
      l10n.t('Ask for QcloudPostgreSQLFullAccess, or for a policy (CAM) with this action.'),
    ),
  'ResourceUnavailable.ResourceNoPermission': () =>
    permission(l10n.t('This key may not use the resource.'), l10n.t('No policy of the account (CAM) covers it.')),
  'OperationDenied.UserNotInWhiteListError': () =>
    permission(
      l10n.t('The account is not on the list for this feature.'),
      l10n.t('Tencent Cloud opens some features to invited accounts only.'),
    ),
  'OperationDenied.VpcDeniedError': () => ({
    ...permission(l10n.t('This key may not use the VPC.'), l10n.t('VPCs need a policy (CAM) of their own.')),
    field: 'network',
  }),

  // The account
  'UnauthorizedOperation.UserHasNoRealnameAuthentication': () => unverified(),
  'OperationDenied.UserNotAuthenticatedError': () => unverified(),
  'OperationDenied.InsufficientBalanceError': () =>
    account(l10n.t('The balance of the account is too low.'), l10n.t('Creating an instance needs a credit.'), [
      'verifyAccount',
      'reportRequestId',
    ]),
  'OperationDenied.TradePermissionError': () =>
    account(l10n.t('This key may not pay for anything.'), l10n.t('The user lacks the permission to place orders.'), [
      'checkPermissions',
      'signIn',
    ]),
  'FailedOperation.InvalidTradeOperate': () =>
    account(l10n.t('The order was refused.'), l10n.t('The account may have an unpaid order or a blocked payment.'), [
      'verifyAccount',
      'reportRequestId',
    ]),

  AccountNotExist: () =>
    account(
      l10n.t('The account does not exist.'),
      l10n.t('The key may belong to an account that has been closed, or the account of the database is gone.'),
      ['signIn', 'reportRequestId'],
    ),

  // The name
  'InvalidParameter.InstanceNameExist': () => nameTaken(l10n.t('An instance of this name exists already.')),
  'InvalidParameterValue.InstanceNameExist': () => nameTaken(l10n.t('This name is taken already.')),
  'InvalidParameterValue.ParameterCharacterError': () =>
    input(
      'name',
      l10n.t('A value holds characters that are not allowed.'),
      l10n.t('A name takes letters, digits, "_" and "-".'),
      'rename',
    ),
  'InvalidParameterValue.ParameterLengthLimitError': () =>
    input('name', l10n.t('A value is too long.'), l10n.t('Most often it is the name.'), 'rename'),

  // Region and zone
  'InvalidParameterValue.IllegalRegion': () =>
    input(
      'region',
      l10n.t('The service does not know this region.'),
      l10n.t('There may be a slip in its spelling.'),
      'pickAnotherRegion',
    ),
  'InvalidParameterValue.RegionNotSupported': () => noServerlessRegion(),
  RegionNotSupported: () => noServerlessRegion(),
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
  'FailedOperation.AllocateQuotasError': () =>
    input(
      'tags',
      l10n.t('The quota for tags is used up.'),
      l10n.t('The account or the resource holds as many tags as it may.'),
      'changeParameter',
    ),

  // Values, without saying which
  'InvalidParameter.ParameterCheckError': () => parameter(l10n.t('The check of the values failed.'), saysWhich()),
  'InvalidParameterValue.InvalidParameterValueError': () => parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameterValue.ParameterHandleError': () => parameter(l10n.t('A value could not be processed.'), saysWhich()),
  'InvalidParameterValue.StructParseFailed': () => parameter(l10n.t('The values could not be read.'), saysWhich()),
  StructParseFailed: () => parameter(l10n.t('The values could not be read.'), saysWhich()),
  'InvalidParameterValue.DataConvertError': () => parameter(l10n.t('A value is of the wrong type.'), saysWhich()),
  'InvalidParameterValue.SpecNotRecognizedError': () =>
    parameter(l10n.t('The service does not know this size.'), saysWhich()),
  'InvalidParameterValue.BadSpec': () => parameter(l10n.t('This size cannot be used.'), saysWhich()),
  'InvalidParameterValue.InvalidAccountFormat': () =>
    parameter(l10n.t('The name of the database account has a wrong form.'), ownAccount()),
  'InvalidParameterValue.InvalidAccountError': () =>
    parameter(l10n.t('The name of the database account is not allowed.'), ownAccount()),
  'InvalidParameterValue.InvalidPasswordFormat': () =>
    parameter(l10n.t('The database password has a wrong form.'), ownAccount()),
  'InvalidParameterValue.InvalidPasswordLengthError': () =>
    parameter(l10n.t('The database password is too short or too long.'), ownAccount()),
  'InvalidParameterValue.InvalidPasswordValueError': () =>
    parameter(l10n.t('The database password lacks a kind of character.'), ownAccount()),

  // The instance
  'ResourceNotFound.InstanceNotFoundError': () => noInstance(),
  'InvalidParameterValue.InstanceNotExist': () => noInstance(),
  InstanceNotExist: () => noInstance(),
  'ResourceUnavailable.InvalidInstanceStatus': () => wrongStatus(),
  InvalidInstanceStatus: () => wrongStatus(),
  'OperationDenied.InstanceStatusLimitOpError': () => wrongStatus(),
  InvalidAccountStatus: () =>
    state(l10n.t('The database account is not in a state for this.'), l10n.t('It may be changing at the moment.')),

  // Limits
  'FailedOperation.LimitOperation': () => limited(l10n.t('The service limits this operation.')),
  LimitOperation: () => limited(l10n.t('The service limits this operation.')),
  'FailedOperation.OperateFrequencyLimitedError': () => limited(l10n.t('This was done too often in a short time.')),
  'ResourceInsufficient.ResourceNotEnough': () =>
    limit(l10n.t('The service has not enough resources in this zone.'), l10n.t('It is sold out there at the moment.'), [
      'pickAnotherZone',
      'wait',
    ]),

  // Gone
  InterfaceNameNotFound: () => retired(l10n.t('PostgreSQL does not know this action any more.')),
  'InvalidParameterValue.InterfaceNameNotFound': () =>
    retired(l10n.t('PostgreSQL does not know this action any more.')),
  'FailedOperation.ServerlessNotSupportedError': () =>
    retired(l10n.t('This cannot be done with a serverless instance.')),

  // The other end
  'FailedOperation.DatabaseAccessError': () => service(l10n.t('The service could not reach its own database.')),
  'FailedOperation.DatabaseAffectedError': () => service(l10n.t('The service could not write to its own database.')),
  'FailedOperation.FailedOperationError': () => service(l10n.t('The operation failed.')),
  'FailedOperation.FlowCreateError': () => service(l10n.t('The service could not start the task.')),
  FlowError: () => service(l10n.t('The task could not be created.')),
  DBError: () => service(l10n.t('The database of the service had an error.')),
  SystemError: () => service(l10n.t('The service had a system error.')),
  UnknownError: () => service(l10n.t('The service had an error that it cannot name.')),
  'InternalError.DBError': () => service(l10n.t('The database behind the service had an error.')),
  'InternalError.FlowError': () => service(l10n.t('The task could not be created inside the service.')),
  'InternalError.SystemError': () => service(l10n.t('The service had a system error.')),
  'InternalError.InternalHttpServerError': () => service(l10n.t('A server inside the service had an error.')),
  'InternalError.UnknownError': () => service(l10n.t('The service had an error that it cannot name.')),
};

function camTrouble(meaning: string): ErrorEntry {
  const cause = l10n.t('A policy (CAM) may be missing, or the check itself is out of order for a moment.');
  return { ...permission(meaning, cause), next: ['checkPermissions', 'retry', 'reportRequestId'] };
}

function unverified(): ErrorEntry {
  return account(
    l10n.t('The account is not verified.'),
    l10n.t('Tencent Cloud asks for the identity of the owner before anything can be created.'),
    ['verifyAccount'],
  );
}

function nameTaken(meaning: string): ErrorEntry {
  return input('name', meaning, l10n.t('Names are unique within an account, over all its users.'), 'rename');
}

function noServerlessRegion(): ErrorEntry {
  return input(
    'region',
    l10n.t('There is no serverless PostgreSQL in this region.'),
    l10n.t('Documents name Shanghai, Beijing and Guangzhou only.'),
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
      'The VPC or subnet may not exist in this region, or the network service is out of order for a moment.',
    ),
    next: ['changeParameter', 'retry', 'reportRequestId'],
    field: 'network',
  };
}

function saysWhich(): string {
  return l10n.t('The words of the service say which one, as far as it does.');
}

function ownAccount(): string {
  return l10n.t('The service makes account and password by itself, so this should not happen here.');
}

function noInstance(): ErrorEntry {
  return state(
    l10n.t('The instance does not exist.'),
    l10n.t('It may have been deleted, or be in another region or account.'),
  );
}

function wrongStatus(): ErrorEntry {
  return state(l10n.t('The instance is not in a state for this.'), l10n.t('Another task may be running on it.'));
}

function limited(meaning: string): ErrorEntry {
  return limit(meaning, l10n.t('It becomes possible again after some time.'), ['wait', 'retry', 'reportRequestId']);
}
