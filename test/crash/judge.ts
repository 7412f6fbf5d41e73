import type { OperationState, OperationView } from '../../src/domain/operation.ts';
import { hasEnded } from '../../src/domain/operation.ts';
import type { Books } from './books.ts';
import type { Recovered } from './protocol.ts';
import { accountOf, names } from './writes.ts';
import type { Way, Write } from './writes.ts';

/** A record as the killed window left it on disk. */
export type LeftRecord = Pick<OperationView, 'id' | 'kind' | 'state' | 'requestId'>;

/** All that is known of one trial when it is over. */
export interface Evidence {
  readonly write: Write;
  readonly way: Way;
  /** The instance that the write was sent to; absent for a create. */
  readonly instanceId?: string;
  readonly wasKilled: boolean;
  readonly left: readonly LeftRecord[];
  /** How often the write had been sent when its window was gone. */
  readonly sentThen: number;
  readonly books: Books;
  readonly recovered: Pick<Recovered, 'isQuiet' | 'operations' | 'known' | 'kept' | 'secrets' | 'failures'>;
  /** As `Recovered` tells passwords: the one that the write brought, and the one that was kept before. */
  readonly brought: string;
  readonly old: string;
}

/**
 * Holds the promise against the books of the service: what of it is broken, in words, nothing when it is kept.
 * For one confirmed create there is at most one instance; nothing is sent twice, and nothing that is not on record;
 * what the record says is what is so; nothing that can be told is left open; every instance is known; a password that
 * counts is kept, and no other.
 */
export function broken(evidence: Evidence): string[] {
  return [
    ...aboutSending(evidence),
    ...aboutRecords(evidence),
    ...aboutRegistry(evidence),
    ...aboutPasswords(evidence),
  ];
}

/** The record of the write itself; beside it there may be one of a closing that is planned. */
function recordOf(evidence: Evidence): OperationView | undefined {
  return evidence.recovered.operations.find(({ kind }) => kind === evidence.write.kind);
}

/** How often the service has carried it out; it notes no error for what is cut before the work either. */
function carriedOut({ way, books: { calls } }: Evidence): number {
  const taken = calls.filter(({ code }) => code === null).length;
  return way === 'lostBefore' && calls.length > 0 ? taken - 1 : taken;
}

/** What was signed by a wrong clock is thrown away unread. */
function isHeard({ code }: Books['calls'][number]): boolean {
  return code !== 'AuthFailure.SignatureExpire';
}

function aboutSending(evidence: Evidence): string[] {
  const { write, left, sentThen, books } = evidence;
  const most = write.isUndone === true || write.isChoice === true ? 0 : 1;
  const wasOnRecord = left.some(({ kind }) => kind === write.kind);
  // Closing what is closed already does no harm, so what provably did nothing is sent again.
  const sent = write.kind === 'closePublic' ? carriedOut(evidence) : books.calls.filter(isHeard).length;
  return [
    ...(sent > most ? [`it was sent ${String(sent)} times`] : []),
    ...(!wasOnRecord && sentThen > 0 ? ['it was sent before it was on record'] : []),
    ...(!wasOnRecord && books.calls.length > sentThen ? ['it was sent later, and was never on record'] : []),
    ...(write.kind === 'create' && books.instances.length > 1
      ? [`${String(books.instances.length)} instances were made`]
      : []),
  ];
}

/** Whether it is so in the end. What leaves no trace there is so when it was carried out. */
function isSo(evidence: Evidence): boolean {
  const { write, books, instanceId } = evidence;
  const one = books.instances.find(({ id }) => id === instanceId);
  switch (write.kind) {
    case 'create':
      return books.instances.length > 0;
    case 'delete':
      return one === undefined;
    case 'openPublic':
      return write.closesAgain === true ? carriedOut(evidence) > 0 : one?.publicStatus === 'opened';
    case 'closePublic':
      return one?.publicStatus !== 'opened';
    case 'rename':
      return one?.name === names.renamed;
    case 'resize':
      return one?.specCode === 'pg.it.medium4' && one.storage === 100;
    case 'isolate':
      return one?.status === 'isolated';
    case 'restore':
      return one?.status === 'running';
    case 'protect':
      return books.isProtected;
    case 'unprotect':
      return !books.isProtected;
    case 'createAccount':
      return books.accounts.includes(names.account);
    case 'deleteAccount':
      return !books.accounts.includes(names.account);
    case 'createDatabase':
      return books.databases.includes(names.database);
    case 'deleteDatabase':
      return !books.databases.includes(names.database);
    case 'restart':
    case 'resetPassword':
      return carriedOut(evidence) > 0;
  }
}

function aboutRecords(evidence: Evidence): string[] {
  const { write, way, wasKilled, left, books, recovered, instanceId } = evidence;
  const record = recordOf(evidence);
  const then = left.find(({ kind }) => kind === write.kind);
  const happened = isSo(evidence);
  const found: string[] = [];
  const isTaken = way === 'plain' || way === 'wrongClock' || way === 'lost';
  const succeeds = (isTaken || write.kind === 'closePublic') && write.isUndone !== true;
  if (!wasKilled && way !== 'rough' && happened !== succeeds)
    found.push(`undisturbed, it ${happened ? 'happened' : 'did not happen'}`);
  if (!recovered.isQuiet) found.push('something is still under way');
  for (const failure of recovered.failures) found.push(`not carried on: ${failure}`);
  if (then !== undefined && record === undefined && write.isUndone !== true) found.push('its record is gone');
  if (record !== undefined && !fits(record.state, happened)) {
    // Only an answer brings a request id, and without one nothing may show what has come of it.
    const canBeTold = write.leavesNoSign !== true || then?.requestId !== undefined;
    if (record.state !== 'unsettled' || canBeTold) {
      found.push(`it ${happened ? 'happened' : 'did not happen'}, and its record says ${record.state}`);
    }
  }
  if (record === undefined && happened) found.push('it happened, and there is no record of it');
  const target = write.kind === 'create' ? books.instances[0]?.id : instanceId;
  if (record?.state === 'done' && record.instanceId !== target) found.push('its record names another instance');
  if (
    write.closesAgain === true &&
    books.instances.some(({ id, publicStatus }) => id === instanceId && publicStatus === 'opened')
  ) {
    found.push('what was opened for a while is still open');
  }
  for (const { kind, state } of recovered.operations) {
    if (kind !== write.kind && state !== 'done') found.push(`${kind} is left ${state}`);
  }
  return found;
}

function fits(state: OperationState, happened: boolean): boolean {
  return state === (happened ? 'done' : 'failed');
}

function aboutRegistry({ books, recovered: { known } }: Evidence): string[] {
  return [
    ...books.instances
      .filter(({ id, name }) => !known.some((one) => one.id === id && one.name === name))
      .map(({ name }) => `an instance is not known: ${name}`),
    ...known
      .filter(({ id }) => !books.instances.some((one) => one.id === id))
      .map(({ name }) => `an instance is shown that is gone: ${name}`),
  ];
}

function aboutPasswords(evidence: Evidence): string[] {
  const { books, recovered, write } = evidence;
  const { operations, secrets, kept } = recovered;
  const id = write.kind === 'create' ? books.instances[0]?.id : evidence.instanceId;
  const account = accountOf(write) === '' ? names.admin : accountOf(write);
  const now = kept.find((one) => one.id === id && one.account === account)?.fingerprint ?? '';
  const right = rightPasswords(evidence);
  const found: string[] = [];
  if (!right.includes(now)) {
    const word = now === '' ? 'none' : now === evidence.old ? 'the old one' : 'the new one';
    found.push(`the password that is kept is ${word}`);
  }
  for (const instance of new Set(kept.map((one) => one.id))) {
    const rows = kept.filter((one) => one.id === instance);
    const isKept = rows.some(({ fingerprint }) => fingerprint !== '');
    if (rows.some(({ isNoted }) => isNoted !== isKept)) {
      found.push(`its row says that a password is ${isKept ? 'not ' : ''}kept`);
    }
  }
  const over = operations.filter(hasEnded);
  const gone = evidence.left.filter(({ id: left }) => !operations.some((one) => one.id === left));
  for (const { id: ended } of [...over, ...gone]) {
    if (secrets.some((name) => name.includes(ended))) found.push('the password of an operation that is over is left');
  }
  return found;
}

/** Which password may be kept for the account in the end. */
function rightPasswords(evidence: Evidence): readonly string[] {
  const { write, brought, old } = evidence;
  const state = recordOf(evidence)?.state;
  switch (write.kind) {
    case 'create':
      return [write.offering === 'provisioned' && isSo(evidence) ? brought : ''];
    case 'createAccount':
      return [isSo(evidence) ? brought : ''];
    case 'resetPassword':
      return state === 'unsettled' ? [brought, old] : [state === 'done' ? brought : old];
    case 'delete':
    case 'deleteAccount':
      return [isSo(evidence) ? '' : old];
    default:
      return [old];
  }
}
