import * as l10n from '@vscode/l10n';
import { input, parameter, permission, state } from './errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from './errorEntry.ts';

/** The codes about accounts of the database, their passwords, and databases. */
export const accountErrors: ErrorEntries = {
  // Passwords
  'InvalidParameterValue.InvalidPasswordFormat': () => password(l10n.t('The database password has a wrong form.')),
  'InvalidParameterValue.InvalidPasswordLengthError': () =>
    password(l10n.t('The database password is too short or too long.')),
  'InvalidParameterValue.InvalidPasswordValueError': () =>
    password(l10n.t('The database password lacks a kind of character.')),
  'InvalidParameterValue.DecryptPasswordFailed': () =>
    password(l10n.t('The service could not read the database password.')),
  InvalidAccountPassword: () => password(l10n.t('The database password is wrong.')),

  // Names
  'InvalidParameterValue.InvalidAccountFormat': () =>
    accountName(l10n.t('The name of the database account has a wrong form.')),
  'InvalidParameterValue.InvalidAccountError': () => forbiddenName(),
  'InvalidParameterValue.InvalidAccountName': () => forbiddenName(),
  'InvalidParameterValue.InvalidAccountNameError': () => forbiddenName(),
  'InvalidParameterValue.InvalidAccountNameFormatError': () => forbiddenName(),
  'InvalidParameterValue.InvalidDatabaseNameFormatError': () => databaseName(),
  'InvalidParameterValue.InvalidDatabaseObjectName': () => databaseName(),

  // Accounts
  AccountNotExist: () => noAccount(),
  'InvalidParameterValue.AccountNotExist': () => noAccount(),
  'InvalidParameterValue.AccountNotExistError': () => noAccount(),
  'InvalidParameterValue.AccountExist': () => accountName(l10n.t('A database account of this name exists already.')),
  InvalidAccountStatus: () => accountStatus(),
  'FailedOperation.InvalidAccountStatus': () => accountStatus(),
  'FailedOperation.CheckAccountCAMCloseError': () =>
    state(
      l10n.t('This account signs in by a policy (CAM), not by a password.'),
      l10n.t('What is about its password cannot be done while that is on.'),
    ),
  'FailedOperation.CheckAccountCAMOpenError': () =>
    state(
      l10n.t('This account signs in by a password, not by a policy (CAM).'),
      l10n.t('What is about the policy cannot be done while that is off.'),
    ),
  'OperationDenied.AccountOperationDenied': () =>
    permission(l10n.t('This database account may not be changed.'), l10n.t('The service keeps some to itself.')),
  'OperationDenied.KernelVersionError': () =>
    state(
      l10n.t('The version of the instance is too old for this type of account.'),
      l10n.t('Administrators can be made after an update of the kernel version.'),
    ),

  // Charset of a database
  'InvalidParameterValue.CharsetNotFoundError': () =>
    input(
      'charset',
      l10n.t('The service does not know this charset.'),
      l10n.t('There may be a slip in its spelling.'),
      'changeParameter',
    ),
};

function password(meaning: string): ErrorEntry {
  return input(
    'password',
    meaning,
    l10n.t(
      'It takes 8 to 32 characters with small and capital letters, digits and symbols, and no slash at its start. The service may know more rules than its documents.',
    ),
    'changeParameter',
  );
}

function accountName(meaning: string): ErrorEntry {
  return input(
    'adminName',
    meaning,
    l10n.t(
      'It takes letters, digits and "_", begins with no digit, "pg_" or "tencentdb_", and is no word that PostgreSQL keeps.',
    ),
    'changeParameter',
  );
}

function forbiddenName(): ErrorEntry {
  return accountName(l10n.t('The name of the database account is not allowed.'));
}

function databaseName(): ErrorEntry {
  return parameter(
    l10n.t('The name of the database is not allowed.'),
    l10n.t('It takes up to 63 letters, digits and "_", begins with no digit, and is no word that PostgreSQL keeps.'),
  );
}

function noAccount(): ErrorEntry {
  return state(
    l10n.t('The database account does not exist.'),
    l10n.t('It may have been deleted, here or inside the database.'),
  );
}

function accountStatus(): ErrorEntry {
  return state(l10n.t('The database account is not in a state for this.'), l10n.t('It may be changing at the moment.'));
}
