import { isCancelled } from '../domain/errors.ts';

/**
 * What stands between here and the database, coarsely:
 * `unknownName` and `nameServer` before an address is known; `unreachable`, `refused`, `timeout` and `closed` on the
 * way; `garbage` where something answers that is no PostgreSQL; `encryption` where TLS is promised and then fails;
 * `password`, `database`, `denied`, `full` and `starting` are PostgreSQL's own refusals; `server` any other of its errors.
 */
export type TroubleKind =
  | 'unknownName'
  | 'nameServer'
  | 'unreachable'
  | 'refused'
  | 'timeout'
  | 'closed'
  | 'garbage'
  | 'encryption'
  | 'password'
  | 'database'
  | 'denied'
  | 'full'
  | 'starting'
  | 'server'
  | 'other';

export interface Trouble {
  readonly kind: TroubleKind;
  /** `ECONNREFUSED`, an SQLSTATE, … */
  readonly code?: string;
  /** The server's own words; they may be anything, but never hold the password. */
  readonly serverWords?: string;
}

/** A probe failed in a way that is understood. Holds no password and nothing that was sent. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`Probe failed: ${trouble.kind}${trouble.code === undefined ? '' : ` (${trouble.code})`}`, options);
    this.trouble = trouble;
  }
}

/** Error codes of Node (`errno` names of the system and of its resolver). */
const systemCodes: ReadonlyMap<string, TroubleKind> = new Map<string, TroubleKind>([
  ['ENOTFOUND', 'unknownName'],
  ['ENODATA', 'unknownName'],
  ['EAI_NONAME', 'unknownName'],
  ['EAI_NODATA', 'unknownName'],
  ['EAI_AGAIN', 'nameServer'],
  ['EAI_FAIL', 'nameServer'],
  ['ESERVFAIL', 'nameServer'],
  ['EREFUSED', 'nameServer'],
  ['ECONNREFUSED', 'refused'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  // A firewall of this machine says so.
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'closed'],
  ['ECONNABORTED', 'closed'],
  ['EPIPE', 'closed'],
]);

/** SQLSTATEs of a refused login (PostgreSQL documentation, appendix A). */
const sqlStates: ReadonlyMap<string, TroubleKind> = new Map<string, TroubleKind>([
  ['28P01', 'password'],
  ['3D000', 'database'],
  ['28000', 'denied'],
  ['53300', 'full'],
  ['57P03', 'starting'],
  // It is being shut down, or was just then: a restart looks the same from outside.
  ['57P01', 'starting'],
  ['57P02', 'starting'],
]);

/** What an error of PostgreSQL means. @param code SQLSTATE */
export function serverTrouble(code: string, serverWords: string): Trouble {
  return { kind: sqlStates.get(code) ?? 'server', code, serverWords };
}

/** What any thrown value means. The text of an error that is not ours is left out: nobody knows what it holds. */
export function troubleOf(thrown: unknown): Trouble {
  if (thrown instanceof TroubleError) return thrown.trouble;
  // One error for each address that was tried; they are of one name, so the first speaks for all.
  if (thrown instanceof AggregateError && codeOf(thrown) === undefined) return troubleOf(thrown.errors[0]);
  const code = codeOf(thrown);
  return code === undefined ? { kind: 'other' } : { kind: systemCodes.get(code) ?? 'other', code };
}

/** The same as an error; a cancellation stays one. */
export function toTroubleError(thrown: unknown): Error {
  if (thrown instanceof TroubleError) return thrown;
  return thrown instanceof Error && isCancelled(thrown) ? thrown : new TroubleError(troubleOf(thrown));
}

/** `code` of an error where it has one. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
