import { createHmac, hash } from 'node:crypto';
import type { Credentials } from '../domain/credentials.ts';

/**
 * TC3-HMAC-SHA256, the signature of Tencent Cloud API 3.0 ("Signature v3", document 213/30654 and its siblings).
 * The stages stand in the document's order and each is exported, so that a wrong signature can be traced to its stage:
 * canonical request → string to sign → key → signature → authorization.
 */
const algorithm = 'TC3-HMAC-SHA256';
const terminator = 'tc3_request';

/** A request as it is signed. `headers` holds every header that is signed; `content-type` and `host` must be there. */
export interface SignableRequest {
  readonly method: 'GET' | 'POST';
  /** URL-encoded query of a GET, without `?`; `''` for a POST. */
  readonly query: string;
  /** Names in any case; each listed header is signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes that are sent. */
  readonly body: Uint8Array | string;
}

/** Lower-case hex SHA-256. Text is hashed as UTF-8. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex');
}

function hmac(key: Uint8Array | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Lower-case names of the signed headers, sorted by ASCII and joined by `;`. */
export function signedHeaders(headers: Readonly<Record<string, string>>): string {
  return sortedHeaders(headers)
    .map(([name]) => name)
    .join(';');
}

function sortedHeaders(headers: Readonly<Record<string, string>>): (readonly [string, string])[] {
  return Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim().toLowerCase()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Stage 1 but for its last line: the only part that differs from one body to the next. */
function canonicalHead(method: string, query: string, headers: Readonly<Record<string, string>>): string {
  const sorted = sortedHeaders(headers);
  const lines = sorted.map(([name, value]) => `${name}:${value}\n`).join('');
  return `${method}\n/\n${query}\n${lines}\n${sorted.map(([name]) => name).join(';')}\n`;
}

/** Stage 1. The path of API 3.0 is always `/`; header values are trimmed and lower-cased as the document does. */
export function canonicalRequest(request: SignableRequest): string {
  return canonicalHead(request.method, request.query, request.headers) + sha256Hex(request.body);
}

const secondsOfDay = 86_400;
// Formatting a date costs as much as hashing a request, and the answer changes once a day.
let formatted = { day: 0, date: '1970-01-01' };

/** `YYYY-MM-DD` in UTC. @param timestamp seconds since the epoch, the value of X-TC-Timestamp */
export function utcDate(timestamp: number): string {
  const day = Math.floor(timestamp / secondsOfDay);
  if (day !== formatted.day) {
    formatted = { day, date: new Date(day * secondsOfDay * 1_000).toISOString().slice(0, 10) };
  }
  return formatted.date;
}

/** `date/service/tc3_request`. @param service first label of the domain, such as `postgres` */
export function credentialScope(timestamp: number, service: string): string {
  return `${utcDate(timestamp)}/${service}/${terminator}`;
}

/** Stage 2. */
export function stringToSign(canonical: string, timestamp: number, service: string): string {
  return `${algorithm}\n${String(timestamp)}\n${credentialScope(timestamp, service)}\n${sha256Hex(canonical)}`;
}

/** The three keys of stage 3, in the order they are derived. */
export interface DerivedKeys {
  readonly date: Buffer;
  readonly service: Buffer;
  readonly signing: Buffer;
}

/** Stage 3: secret key → day → service → signing key. @param date `YYYY-MM-DD` in UTC */
export function deriveKeys(secretKey: string, date: string, service: string): DerivedKeys {
  const dateKey = hmac(`TC3${secretKey}`, date);
  const serviceKey = hmac(dateKey, service);
  return { date: dateKey, service: serviceKey, signing: hmac(serviceKey, terminator) };
}

/** Stage 4: lower-case hex. */
export function signature(signingKey: Uint8Array, text: string): string {
  return createHmac('sha256', signingKey).update(text).digest('hex');
}

/** Stage 5: the value of the Authorization header. */
export function authorization(parts: {
  secretId: string;
  timestamp: number;
  service: string;
  signedHeaders: string;
  signature: string;
}): string {
  const scope = credentialScope(parts.timestamp, parts.service);
  return `${algorithm} Credential=${parts.secretId}/${scope}, SignedHeaders=${parts.signedHeaders}, Signature=${parts.signature}`;
}

/** What a caller wants signed and sent: one action with its body already serialised. */
export interface ActionRequest {
  /** Host header, port included where the URL has one. */
  readonly host: string;
  /** First label of the service's domain, such as `postgres`; not derived from the host, which may be an override. */
  readonly service: string;
  readonly action: string;
  readonly version: string;
  /** Empty for actions without a region. */
  readonly region: string;
  readonly body: Uint8Array | string;
  /** `zh-CN` or `en-US`. */
  readonly language?: string;
  /** Sign `x-tc-action` as well, as the current document does and the SDKs do not. */
  readonly signAction?: boolean;
}

/** `application/json` and `application/json; charset=utf-8` are both legal; what counts is that sent equals signed. */
const contentType = 'application/json';

/** Signs requests of one key pair. Holds the derived key of one day and service in memory, and nothing else. */
export interface Signer {
  /** All headers of the request, Authorization included. @param timestamp seconds since the epoch */
  sign(request: ActionRequest, timestamp: number): Record<string, string>;
}

const blockSize = 64;

/**
 * `signature` with the key set up once: HMAC (RFC 2104) of text in ASCII, as every string to sign is. The one-shot
 * digests spare the objects and the key setup of `createHmac`, which cost more than all other hashing of a request.
 * @param key at most 64 bytes
 */
function prepareSignature(key: Uint8Array): (text: string) => string {
  const padded = (pad: number): Uint8Array =>
    Uint8Array.from({ length: blockSize }, (_, index) => (key[index] ?? 0) ^ pad);
  const inner = Buffer.from(padded(0x36)).toString('binary');
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(32)]);
  return (text) => {
    outer.write(hash('sha256', Buffer.from(inner + text, 'binary'), 'binary'), blockSize, 'binary');
    return hash('sha256', outer, 'hex');
  };
}

interface SignedHead {
  readonly host: string;
  /** Absent when the action is not signed. */
  readonly action: string | undefined;
  readonly text: string;
  readonly names: string;
}

function signedHead(host: string, action: string | undefined): SignedHead {
  const headers: Record<string, string> = { 'content-type': contentType, host };
  if (action !== undefined) headers['x-tc-action'] = action;
  return { host, action, text: canonicalHead('POST', '', headers), names: signedHeaders(headers) };
}

export function createSigner(credentials: Credentials): Signer {
  let day: { readonly scope: string; readonly signature: (text: string) => string } | undefined;
  let head = signedHead('', undefined);

  function signatureOfDay(timestamp: number, service: string): (text: string) => string {
    const scope = credentialScope(timestamp, service);
    if (day?.scope !== scope) {
      const { signing } = deriveKeys(credentials.secretKey.reveal(), utcDate(timestamp), service);
      day = { scope, signature: prepareSignature(signing) };
    }
    return day.signature;
  }

  return {
    sign(request, timestamp) {
      const signedAction = request.signAction === true ? request.action : undefined;
      if (head.host !== request.host || head.action !== signedAction) head = signedHead(request.host, signedAction);
      const text = stringToSign(head.text + sha256Hex(request.body), timestamp, request.service);
      const headers: Record<string, string> = {
        'content-type': contentType,
        host: request.host,
        'x-tc-action': request.action,
        'x-tc-version': request.version,
        'x-tc-timestamp': String(timestamp),
        authorization: authorization({
          secretId: credentials.secretId,
          timestamp,
          service: request.service,
          signedHeaders: head.names,
          signature: signatureOfDay(timestamp, request.service)(text),
        }),
      };
      if (request.region !== '') headers['x-tc-region'] = request.region;
      if (request.language !== undefined) headers['x-tc-language'] = request.language;
      if (credentials.token !== undefined) headers['x-tc-token'] = credentials.token.reveal();
      return headers;
    },
  };
}
