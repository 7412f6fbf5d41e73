import * as l10n from '@vscode/l10n';
import { input, limit, noAction, parameter, permission, state } from './errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from './errorEntry.ts';

/** The codes of PostgreSQL about who may do what, values as such, and the state of an instance. */
export const postgresErrors: ErrorEntries = {
  // Who may do what
  'FailedOperation.CamSigAndAuthError': () =>
    camTrouble(l10n.t('The service could not check the permissions of this key.')),
  'FailedOperation.CamAuthFailed': () => camTrouble(l10n.t('The check of the permissions of this key failed.')),
  'FailedOperation.CamCheckResourceFailed': () =>
    camTrouble(l10n.t('The service could not check the permissions for this resource.')),
  'FailedOperation.CamCheckResourceError': () =>
    camTrouble(l10n.t('The service could not check the permissions for this resource.')),
  'OperationDenied.CamDeniedError': () =>
    permission(
      l10n.t('The policies of the account do not allow this.'),
      l10n.t('Ask for QcloudPostgreSQLFullAccess, or for a policy (CAM) with this action.'),
    ),
  'ResourceUnavailable.ResourceNoPermission': () => noResource(),
  'OperationDenied.InstanceAccessDeniedError': () => noResource(),
  'OperationDenied.UserNotInWhiteListError': () =>
    permission(
      l10n.t('The account is not on the list for this feature.'),
      l10n.t('Tencent Cloud opens some features to invited accounts only.'),
    ),
  'OperationDenied.VpcDeniedError': () => ({
    ...permission(l10n.t('This key may not use the VPC.'), l10n.t('VPCs need a policy (CAM) of their own.')),
    field: 'network',
  }),

  // The name
  'InvalidParameter.InstanceNameExist': () => nameTaken(l10n.t('An instance of this name exists already.')),
  'InvalidParameterValue.InstanceNameExist': () => nameTaken(l10n.t('This name is taken already.')),
  'InvalidParameterValue.ParameterCharacterError': () => characters(),
  'InvalidParameterValue.ParameterCharacterLimitError': () => characters(),
  'InvalidParameterValue.ParameterCharacterPreLimitError': () => characters(),
  'InvalidParameterValue.ParameterLengthLimitError': () =>
    input('name', l10n.t('A value is too long.'), l10n.t('Most often it is the name.'), 'rename'),

  // Values, without saying which
  'InvalidParameter.ParameterCheckError': () => parameter(l10n.t('The check of the values failed.'), saysWhich()),
  'InvalidParameter.ExceptionParam': () => parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameter.IllegalInputParameter': () => parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameter.InvalidParameterError': () => parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameter.ParametersNotSet': () => parameter(l10n.t('A value is missing.'), saysWhich()),
  'InvalidParameterValue.BizInvalidParameterValueError': () =>
    parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameterValue.InvalidParameterValueError': () => parameter(l10n.t('A value is not accepted.'), saysWhich()),
  'InvalidParameterValue.ParameterHandleError': () => parameter(l10n.t('A value could not be processed.'), saysWhich()),
  'InvalidParameterValue.StructParseFailed': () => parameter(l10n.t('The values could not be read.'), saysWhich()),
  StructParseFailed: () => parameter(l10n.t('The values could not be read.'), saysWhich()),
  'InvalidParameterValue.DataConvertError': () => parameter(l10n.t('A value is of the wrong type.'), saysWhich()),

  // The instance
  'ResourceNotFound.InstanceNotFoundError': () => noInstance(),
  'InvalidParameterValue.InstanceNotExist': () => noInstance(),
  InstanceNotExist: () => noInstance(),
  'OperationDenied.ResourceNotFoundError': () => noInstance(),
  // The service spells it like this.
  'OperationDenied.ResourceNotFundError': () => noInstance(),
  'ResourceUnavailable.InvalidInstanceStatus': () => wrongStatus(),
  InvalidInstanceStatus: () => wrongStatus(),
  'OperationDenied.InstanceStatusLimitOpError': () => wrongStatus(),
  'OperationDenied.InstanceStatusLimitError': () => wrongStatus(),
  'OperationDenied.InstanceStatusDeniedError': () => wrongStatus(),
  'OperationDenied.ROInstanceStatusLimitOpError': () => wrongStatus(),
  'OperationDenied.DTSInstanceStatusError': () => wrongStatus(),
  'FailedOperation.PreCheckError': () =>
    state(l10n.t('A check before the operation failed.'), l10n.t('The words of the service say why.')),
  'FailedOperation.NoAvailableStandby': () =>
    state(l10n.t('The instance has no standby that could take over.'), l10n.t('Another task may be running on it.')),
  'OperationDenied.InstanceIpv6NotSupportedError': () => noIpv6(),
  'OperationDenied.ROInstanceIpv6NotSupportedError': () => noIpv6(),
  'OperationDenied.InstanceTypeDenied': () => wrongKind(l10n.t('This cannot be done with an instance of this type.')),
  'FailedOperation.ServerlessNotSupportedError': () =>
    wrongKind(l10n.t('This cannot be done with a serverless instance.')),

  // Limits
  'FailedOperation.LimitOperation': () => forbiddenNow(),
  LimitOperation: () => forbiddenNow(),
  'FailedOperation.OperateFrequencyLimitedError': () => limited(l10n.t('This was done too often in a short time.')),

  // Actions that are not there
  InterfaceNameNotFound: () => unknownAction(),
  'InvalidParameterValue.InterfaceNameNotFound': () => unknownAction(),
};

function noResource(): ErrorEntry {
  return permission(l10n.t('This key may not use the resource.'), l10n.t('No policy of the account (CAM) covers it.'));
}

function camTrouble(meaning: string): ErrorEntry {
  const cause = l10n.t('A policy (CAM) may be missing, or the check itself is out of order for a moment.');
  return { ...permission(meaning, cause), next: ['checkPermissions', 'retry', 'reportRequestId'] };
}

function nameTaken(meaning: string): ErrorEntry {
  return input('name', meaning, l10n.t('The service takes it once only.'), 'rename');
}

function characters(): ErrorEntry {
  return input(
    'name',
    l10n.t('A value holds characters that are not allowed.'),
    l10n.t('A name takes Chinese characters, letters, digits, "_" and "-".'),
    'rename',
  );
}

function saysWhich(): string {
  return l10n.t('The words of the service say which one, as far as it does.');
}

function noIpv6(): ErrorEntry {
  return state(
    l10n.t('The instance has no IPv6.'),
    l10n.t('It was made without it, is a read-only one, or its zone does not have it.'),
  );
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

function wrongKind(meaning: string): ErrorEntry {
  const cause = l10n.t('Read-only replicas and instances of other kinds take some operations only.');
  return { ...state(meaning, cause), next: ['reportRequestId'] };
}

function unknownAction(): ErrorEntry {
  return noAction(l10n.t('PostgreSQL does not know this action.'));
}

/** The only code that documents give to what deletion protection forbids. */
function forbiddenNow(): ErrorEntry {
  return state(
    l10n.t('The service does not allow this for the instance at the moment.'),
    l10n.t('Its deletion protection may be on, or something else about it has to be finished first.'),
  );
}

function limited(meaning: string): ErrorEntry {
  return limit(meaning, l10n.t('It becomes possible again after some time.'), ['wait', 'retry', 'reportRequestId']);
}
