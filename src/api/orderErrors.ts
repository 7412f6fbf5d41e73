import * as l10n from '@vscode/l10n';
import { account, input, limit, parameter, service, state } from './errorEntry.ts';
import type { ErrorEntries, ErrorEntry } from './errorEntry.ts';

/** The codes about what is rented and what it costs: who may pay, classes, storage, prices, orders. */
export const orderErrors: ErrorEntries = {
  // Who may pay
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
    account(l10n.t('The order was refused.'), unpaid(), ['verifyAccount', 'reportRequestId']),
  'FailedOperation.PayOrderFailed': () => unpaidOrder(),
  'FailedOperation.TradePayOrdersError': () => unpaidOrder(),
  'OperationDenied.InternalTradeErrorErr': () => unpaidOrder(),
  'InvalidParameter.TradeAccessDeniedError': () =>
    parameter(l10n.t('The billing of the service does not accept the order.'), l10n.t('It may not be sold like this.')),

  // Classes and storage
  'ResourceInsufficient.ResourceNotEnough': () => soldOut(),
  'InvalidParameterValue.SpecNotRecognizedError': () => noClass(l10n.t('The service does not know this class.')),
  'InvalidParameterValue.BadSpec': () => noClass(l10n.t('This class is not sold at the moment.')),
  'InvalidParameterValue.InvalidInstanceVolume': () => tooSmall(),
  'FailedOperation.StorageMemoryCheckError': () => tooSmall(),
  'InvalidParameterValue.ParameterOutRangeError': () => outOfRange(),
  'InvalidParameterValue.ParameterOutOfRange': () => outOfRange(),
  'InvalidParameterValue.ParameterValueExceedError': () => outOfRange(),
  'FailedOperation.QuerySpecError': () => service(l10n.t('The service could not look up the class.')),
  'FailedOperation.QuerySpecBySpecCodeError': () => service(l10n.t('The service could not look up the class.')),

  // How it is paid
  'InvalidParameterValue.IllegalInstanceChargeType': () => chargeType(),
  'InvalidParameterValue.IllegalChargeType': () => chargeType(),
  'OperationDenied.PayModeError': () => chargeType(),
  'OperationDenied.PostPaidPayModeError': () => chargeType(),
  'InvalidParameterValue.InvalidInstanceNum': () =>
    parameter(l10n.t('So many instances cannot be ordered at once.'), l10n.t('One order makes ten instances at most.')),
  'InvalidParameterValue.InvalidOrderNum': () => misorder(),
  'InvalidParameterValue.InvalidPid': () => misorder(),
  InvalidPid: () => misorder(),
  'InvalidParameterValue.NullDealNames': () => misorder(),

  // Prices and orders at the other end
  'FailedOperation.QueryPriceFailed': () => noPrice(),
  'FailedOperation.TradeQueryPriceError': () => noPrice(),
  'FailedOperation.CreateOrderFailed': () => noOrder(),
  'FailedOperation.TradeCreateError': () => noOrder(),
  'FailedOperation.TradeAccessError': () => service(l10n.t('The service could not reach its billing.')),
  'FailedOperation.PostPaidUnblockError': () => service(l10n.t('The service could not release the frozen amount.')),
  'FailedOperation.QueryDealFailed': () => unreadOrder(),
  'FailedOperation.QueryTradeStatusError': () => unreadOrder(),
  'FailedOperation.TradeQueryOrderError': () => unreadOrder(),
  'FailedOperation.GetPurchaseRecordFailed': () => unreadOrder(),
  'FailedOperation.SetAutoRenewFlagError': () => service(l10n.t('The service could not set the renewal.')),
};

function unverified(): ErrorEntry {
  return account(
    l10n.t('The account is not verified.'),
    l10n.t('Tencent Cloud asks for the identity of the owner before anything can be created.'),
    ['verifyAccount'],
  );
}

function unpaid(): string {
  return l10n.t('The account may have an unpaid order or a blocked payment.');
}

function unpaidOrder(): ErrorEntry {
  return account(l10n.t('The order could not be paid.'), unpaid(), ['verifyAccount', 'reportRequestId']);
}

/** Another class may be left in the same zone. */
function soldOut(): ErrorEntry {
  const entry = limit(
    l10n.t('The service has not enough resources for this class in this zone.'),
    l10n.t('It is sold out there at the moment.'),
    ['changeParameter', 'pickAnotherZone', 'wait'],
  );
  return { ...entry, field: 'class' };
}

function noClass(meaning: string): ErrorEntry {
  return input(
    'class',
    meaning,
    l10n.t('It may have been taken off the list since that was read, or not be there with this storage.'),
    'changeParameter',
  );
}

function tooSmall(): ErrorEntry {
  return parameter(
    l10n.t('The new size is too small.'),
    l10n.t('Storage never shrinks, and some changes need more memory or more storage than before.'),
  );
}

function outOfRange(): ErrorEntry {
  return input(
    'storage',
    l10n.t('A value is out of its range.'),
    l10n.t('Most often it is the storage: each class has a range of its own, in steps of 10 GB.'),
    'changeParameter',
  );
}

function chargeType(): ErrorEntry {
  return parameter(
    l10n.t('This cannot be done with this way of paying.'),
    l10n.t('An instance is paid by the hour, or by the month in advance, and some acts need the other way.'),
  );
}

function misorder(): ErrorEntry {
  return parameter(
    l10n.t('The order was not understood.'),
    l10n.t('The action may have changed since this version of the extension was made.'),
  );
}

function noPrice(): ErrorEntry {
  return service(l10n.t('The service could not find out the price.'));
}

function noOrder(): ErrorEntry {
  return state(l10n.t('The service could not place the order.'), unpaid());
}

function unreadOrder(): ErrorEntry {
  return service(l10n.t('The service could not look up the order.'));
}
