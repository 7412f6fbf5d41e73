import { timingSafeEqual } from 'node:crypto';
import {
  canonicalRequest,
  credentialScope,
  deriveKeys,
  signature,
  signedHeaders as headerList,
  stringToSign,
  utcDate,
} from '../api/signing.ts';
import { ApiError } from './apiError.ts';
import { type ApiKey, isExpired } from './keyRing.ts';

/** A request as it came: lower-case header names, and the exact bytes of the body. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Caller {
  readonly key: ApiKey;
  /** Service of the credential scope: the first label of the host that the client believes it calls. */
  readonly service: string;
}

/** How far a client's clock may be off, in seconds. */
const clockWindow = 300;

const authorizationForm =
  /^TC3-HMAC-SHA256 Credential=([^/\s]+)\/(\d{4}-\d{2}-\d{2})\/([^/\s]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks a TC3-HMAC-SHA256 signature against the known keys.
 * @param now milliseconds since the epoch
 * @throws ApiError one of `MissingParameter` and `AuthFailure.*`
 */
export function authenticate(request: SignedRequest, keys: readonly ApiKey[], now: number): Caller {
  const { headers } = request;
  const parts = authorizationForm.exec(headers['authorization'] ?? '');
  if (parts === null) {
    throw new ApiError('AuthFailure.InvalidAuthorization', 'The Authorization header is missing or malformed.');
  }
  const [, secretId = '', date = '', service = '', names = '', given = ''] = parts;
  const timestamp = timestampOf(headers);

  const key = keys.find((candidate) => candidate.secretId === secretId);
  if (key === undefined) {
    throw new ApiError('AuthFailure.SecretIdNotFound', 'The SecretId is not found; check that it is correct.');
  }
  if (Math.abs(Math.floor(now / 1_000) - timestamp) > clockWindow) {
    throw new ApiError(
      'AuthFailure.SignatureExpire',
      `The signature has expired: X-TC-Timestamp differs from the server's time by more than ${String(clockWindow)} seconds.`,
    );
  }
  const signing = deriveKeys(key.secretKey, utcDate(timestamp), service).signing;
  const right = canonicalForms(request, names).some((canonical) =>
    same(given, signature(signing, stringToSign(canonical, timestamp, service))),
  );
  if (!right || credentialScope(timestamp, service) !== `${date}/${service}/tc3_request`) {
    throw new ApiError(
      'AuthFailure.SignatureFailure',
      'The provided credentials could not be validated. Check that the signature is correct.',
    );
  }
  if ((headers['x-tc-token'] ?? '') !== (key.token ?? '') || isExpired(key, now)) {
    throw new ApiError('AuthFailure.TokenFailure', 'The token is wrong or has expired.');
  }
  return { key, service };
}

function timestampOf(headers: SignedRequest['headers']): number {
  const text = headers['x-tc-timestamp'];
  if (text === undefined) {
    throw new ApiError('MissingParameter', 'The request is missing a required parameter `X-TC-Timestamp`.');
  }
  if (!/^\d{1,12}$/.test(text)) {
    throw new ApiError('InvalidParameter', 'X-TC-Timestamp is not a number of seconds.');
  }
  return Number(text);
}

/** The canonical requests that a rightful client may have signed. The official Node SDK signs the host without its port. */
function canonicalForms(request: SignedRequest, names: string): string[] {
  const signed: Record<string, string> = {};
  for (const name of names.split(';')) {
    const value = request.headers[name];
    if (value === undefined) {
      throw new ApiError('AuthFailure.InvalidAuthorization', `The signed header \`${name}\` was not sent.`);
    }
    signed[name] = value;
  }
  const host = signed['host'];
  if (host === undefined || signed['content-type'] === undefined || headerList(signed) !== names) {
    throw new ApiError(
      'AuthFailure.InvalidAuthorization',
      'SignedHeaders must be sorted and name at least `content-type` and `host`.',
    );
  }
  const body = request.headers['x-tc-content-sha256'] === 'UNSIGNED-PAYLOAD' ? 'UNSIGNED-PAYLOAD' : request.body;
  return [host, host.replace(/:\d+$/, '')].map((spelling) =>
    canonicalRequest({ method: 'POST', query: '', headers: { ...signed, host: spelling }, body }),
  );
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
