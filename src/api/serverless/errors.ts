import * as l10n from '@vscode/l10n';
import { account, input, limit, parameter } from '../errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from '../errorEntry.ts';

/** Codes that mean something else when an action of PostgreSQL for Serverless is answered with them. */
export const serverlessErrors: ErrorEntries = {
  // Withdrawn: documents name each of these as what a retired action may be answered with.
  ActionOffline: () => retired(l10n.t('This action of the service has been taken offline.')),
  InvalidAction: () => retired(l10n.t('The service does not know this action any more.')),
  UnsupportedOperation: () => retired(l10n.t('The service does not support this operation.')),
  InterfaceNameNotFound: () => retired(l10n.t('PostgreSQL does not know this action any more.')),
  'InvalidParameterValue.InterfaceNameNotFound': () =>
    retired(l10n.t('PostgreSQL does not know this action any more.')),

  'InvalidParameterValue.RegionNotSupported': () => noRegion(),
  RegionNotSupported: () => noRegion(),
  'InvalidParameter.InstanceNameExist': () => nameTaken(l10n.t('An instance of this name exists already.')),
  'InvalidParameterValue.InstanceNameExist': () => nameTaken(l10n.t('This name is taken already.')),
  'InvalidParameterValue.ParameterCharacterError': () =>
    input(
      'name',
      l10n.t('A value holds characters that are not allowed.'),
      l10n.t('A name takes letters, digits, "_" and "-".'),
      'rename',
    ),
  'ResourceInsufficient.ResourceNotEnough': () =>
    limit(l10n.t('The service has not enough resources in this zone.'), l10n.t('It is sold out there at the moment.'), [
      'pickAnotherZone',
      'wait',
    ]),
  AccountNotExist: () =>
    account(
      l10n.t('The account does not exist.'),
      l10n.t('The key may belong to an account that has been closed, or the account of the database is gone.'),
      ['signIn', 'reportRequestId'],
    ),

  'InvalidParameterValue.InvalidAccountFormat': () =>
    ownAccount(l10n.t('The name of the database account has a wrong form.')),
  'InvalidParameterValue.InvalidAccountError': () =>
    ownAccount(l10n.t('The name of the database account is not allowed.')),
  'InvalidParameterValue.InvalidPasswordFormat': () => ownAccount(l10n.t('The database password has a wrong form.')),
  'InvalidParameterValue.InvalidPasswordLengthError': () =>
    ownAccount(l10n.t('The database password is too short or too long.')),
  'InvalidParameterValue.InvalidPasswordValueError': () =>
    ownAccount(l10n.t('The database password lacks a kind of character.')),
};

/** The action is gone for good. */
function retired(meaning: string): ErrorEntry {
  const cause = l10n.t('Tencent Cloud has been withdrawing the serverless form of PostgreSQL since 2025.');
  return { kind: 'retired', meaning, cause, next: ['reportRequestId'] };
}

function noRegion(): ErrorEntry {
  return input(
    'region',
    l10n.t('There is no serverless PostgreSQL in this region.'),
    l10n.t('Documents name Shanghai, Beijing and Guangzhou only.'),
    'pickAnotherRegion',
  );
}

function nameTaken(meaning: string): ErrorEntry {
  return input('name', meaning, l10n.t('Names are unique within an account, over all its users.'), 'rename');
}

function ownAccount(meaning: string): ErrorEntry {
  return parameter(
    meaning,
    l10n.t('The service makes account and password by itself, so this should not happen here.'),
  );
}
