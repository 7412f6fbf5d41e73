import * as l10n from '@vscode/l10n';
import { credentials, input, limit, misfit, noAction, parameter, permission, service, state } from './errorEntry.ts';
import type { ErrorEntries } from './errorEntry.ts';

/**
 * The codes that every product of the API shares ("Common Error Codes"). The groups among them, those without a dot,
 * also stand in for details that nobody has documented.
 */
export const commonErrors: ErrorEntries = {
  ActionOffline: () => noAction(l10n.t('This action of the service has been taken offline.')),
  InvalidAction: () => noAction(l10n.t('The service does not know this action.')),
  UnsupportedOperation: () => ({
    ...state(
      l10n.t('The service does not support this operation.'),
      l10n.t('This site, the region or the version of the instance may not have it.'),
    ),
    next: ['reportRequestId'],
  }),

  AuthFailure: () =>
    credentials(l10n.t('The service did not accept the key.'), l10n.t('The key may be wrong, disabled or deleted.')),
  'AuthFailure.InvalidAuthorization': () =>
    credentials(
      l10n.t('The signature came in a form that the service does not understand.'),
      l10n.t('The SecretId may hold characters that do not belong there, or something on the way changed the request.'),
    ),
  'AuthFailure.InvalidSecretId': () =>
    credentials(
      l10n.t('The SecretId is not that of an API key.'),
      l10n.t('Keys of other kinds do not work here. Use one from the API keys page.'),
    ),
  'AuthFailure.MFAFailure': () =>
    credentials(
      l10n.t('The account asks for a second factor, and it was not given.'),
      l10n.t('This account protects its API by multi-factor authentication.'),
    ),
  'AuthFailure.SecretIdNotFound': () =>
    credentials(
      l10n.t('The service does not know this SecretId.'),
      l10n.t('The key was deleted or disabled, belongs to the other site, or was copied with a space.'),
    ),
  'AuthFailure.SignatureExpire': () =>
    credentials(
      l10n.t('The signature has expired before it arrived.'),
      l10n.t('The clock of this machine is more than five minutes off.'),
      ['checkClock', 'retry'],
    ),
  'AuthFailure.SignatureFailure': () =>
    credentials(
      l10n.t('The signature is wrong.'),
      l10n.t('The SecretKey does not belong to the SecretId, or was not copied as a whole.'),
    ),
  'AuthFailure.TokenFailure': () =>
    credentials(
      l10n.t('The session token is wrong or has expired.'),
      l10n.t('Temporary keys last for hours only. Get new ones and sign in again.'),
    ),
  'AuthFailure.UnauthorizedOperation': () =>
    permission(
      l10n.t('This key may not do that.'),
      l10n.t(
        'No policy of the account (CAM) allows it. QcloudPostgreSQLFullAccess allows everything about PostgreSQL.',
      ),
    ),
  'ResourceNotFound.RoleNotFound': () =>
    parameter(
      l10n.t('The service does not know this role.'),
      l10n.t('Its name was mistyped, or the role was deleted.'),
    ),
  UnauthorizedOperation: () =>
    permission(l10n.t('This key may not do that.'), l10n.t('No policy of the account (CAM) allows it.')),
  IpInBlacklist: () =>
    permission(l10n.t('The service refuses your IP address.'), l10n.t('The address is on the list of refused ones.')),
  IpNotInWhitelist: () =>
    permission(
      l10n.t('The service does not accept your IP address.'),
      l10n.t('The account accepts its keys from listed addresses only.'),
    ),

  InvalidParameter: () => parameter(l10n.t('A value does not fit.'), l10n.t('The words of the service say which one.')),
  InvalidParameterValue: () =>
    parameter(l10n.t('A value is wrong.'), l10n.t('The words of the service say which one.')),
  MissingParameter: () => parameter(l10n.t('A value is missing.'), l10n.t('The words of the service say which one.')),
  UnknownParameter: () =>
    parameter(
      l10n.t('The service does not know one of the values.'),
      l10n.t('The action may have changed since this version of the extension was made.'),
    ),
  UnsupportedRegion: () =>
    input(
      'region',
      l10n.t('The service does not exist in this region.'),
      l10n.t('Each product has regions of its own.'),
      'pickAnotherRegion',
    ),

  DryRunOperation: () =>
    misfit(l10n.t('The request would have succeeded.'), l10n.t('It was sent as a rehearsal and changed nothing.')),
  InvalidRequest: () =>
    misfit(l10n.t('The body of the request could not be read.'), l10n.t('Something on the way may have changed it.')),
  NoSuchProduct: () =>
    misfit(
      l10n.t('The service does not exist there.'),
      l10n.t('The endpoint in the settings may be that of another service.'),
    ),
  NoSuchVersion: () =>
    misfit(
      l10n.t('This version of the API does not exist there.'),
      l10n.t('The endpoint in the settings may be that of another service, or the version was withdrawn.'),
    ),
  UnsupportedProtocol: () =>
    misfit(
      l10n.t('The service does not accept this protocol.'),
      l10n.t('It takes https only. Check the endpoint in the settings.'),
    ),
  RequestSizeLimitExceeded: () => misfit(l10n.t('The request is too large.'), l10n.t('A request holds 10 MB at most.')),
  ResponseSizeLimitExceeded: () =>
    misfit(l10n.t('The answer is too large to be sent.'), l10n.t('There may be very many instances in this region.')),

  FailedOperation: () => service(l10n.t('The operation failed.')),
  InternalError: () => service(l10n.t('The service had an internal error.')),
  ServiceUnavailable: () => service(l10n.t('The service is not available at the moment.')),
  OperationDenied: () =>
    state(l10n.t('The service refuses this operation.'), l10n.t('The words of the service say why.')),

  LimitExceeded: () =>
    limit(l10n.t('A quota of the account is used up.'), l10n.t('The words of the service say which one.'), [
      'reportRequestId',
    ]),
  RequestLimitExceeded: () => tooFast(l10n.t('Too many requests in a second.')),
  'RequestLimitExceeded.UinLimitExceeded': () => tooFast(l10n.t('Too many requests of this account in a second.')),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': () =>
    tooFast(l10n.t('Too many requests of this account in a second, over all regions.')),
  'RequestLimitExceeded.IPLimitExceeded': () => tooFast(l10n.t('Too many requests from your IP address in a second.')),

  ResourceInUse: () => state(l10n.t('The resource is in use.'), l10n.t('Something else still needs it.')),
  ResourceInsufficient: () =>
    limit(l10n.t('The service has not enough resources left.'), l10n.t('This zone may be sold out at the moment.'), [
      'pickAnotherZone',
      'wait',
    ]),
  ResourceNotFound: () =>
    state(l10n.t('The resource does not exist.'), l10n.t('It may have been deleted, or be in another region.')),
  ResourceUnavailable: () =>
    state(l10n.t('The resource is not available.'), l10n.t('It may be changing its state at the moment.')),
};

function tooFast(meaning: string): ReturnType<typeof limit> {
  return limit(meaning, l10n.t('Other programs that use the same account count as well.'), ['wait', 'retry']);
}
