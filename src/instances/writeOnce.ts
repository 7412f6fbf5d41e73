import { toError } from '../domain/errors.ts';
import type { Accepted, Log, Now } from '../domain/ports.ts';
import { mayHaveArrived, saysAbsent } from './failedWrite.ts';
import type { Journal, OperationFacts } from './journal.ts';
import type { InstanceOperation } from './operation.ts';

/** What came of the one time that a request was sent. */
export type Sent =
  | { readonly kind: 'accepted'; readonly operation: InstanceOperation }
  /** Its answer was lost: only the instance itself can tell. */
  | { readonly kind: 'lost'; readonly operation: InstanceOperation }
  /** The service knows no such instance. */
  | { readonly kind: 'absent'; readonly operation: InstanceOperation; readonly error: Error }
  /** Nothing was done. The record still says `sending`; the caller decides what becomes of it. */
  | { readonly kind: 'refused'; readonly operation: InstanceOperation; readonly error: Error };

/** Sends requests that change an instance: on record first, and never twice by itself. */
export interface WriteOnce {
  /** Rejects when the record cannot be written, or was removed meanwhile; then nothing was sent. */
  send(operation: InstanceOperation, call: () => Promise<Accepted>): Promise<Sent>;
  /**
   * Puts on record what is a fact already. Never rejects: where it cannot be written, the older record stays, and the
   * next start finds out again.
   */
  note(operation: InstanceOperation, facts: OperationFacts): Promise<InstanceOperation>;
}

export function createWriteOnce(deps: { readonly journal: Pick<Journal, 'change'>; readonly log: Log }): WriteOnce {
  const { journal, log } = deps;

  async function note(operation: InstanceOperation, facts: OperationFacts): Promise<InstanceOperation> {
    try {
      return await journal.change(operation, facts);
    } catch (thrown) {
      log.warn(`Record not updated: ${operation.kind} ${operation.instanceId}: ${toError(thrown).message}`);
      return { ...operation, ...facts, instanceId: operation.instanceId };
    }
  }

  return {
    note,
    async send(intended, call) {
      const operation = intended.state === 'sending' ? intended : await journal.change(intended, { state: 'sending' });
      const what = `${operation.kind} ${operation.instanceId}`;
      try {
        const { requestId, taskId } = await call();
        log.info(`Accepted: ${what}, request ${requestId}`);
        const facts = { state: 'working', requestId, ...(taskId === undefined ? {} : { taskId }) } as const;
        return { kind: 'accepted', operation: await note(operation, facts) };
      } catch (thrown) {
        const error = toError(thrown);
        log.warn(`Not accepted: ${what}: ${error.message}`);
        if (saysAbsent(error)) return { kind: 'absent', operation, error };
        if (!mayHaveArrived(error)) return { kind: 'refused', operation, error };
        return { kind: 'lost', operation: await note(operation, { state: 'settling' }) };
      }
    },
  };
}

/** The service's list may show the old state for a while, in milliseconds. */
const lag = 60_000;

/** So many looks in a row are no slip of a single one. */
const looks = 4;

/**
 * After a lost answer: call it at each look that finds the instance as it was before. True when that has been so
 * long enough to say that the request did not arrive.
 */
export function countUnchanged(now: Now): () => boolean {
  const since = now();
  let unchanged = 0;
  return () => {
    unchanged += 1;
    return unchanged >= looks && now() - since >= lag;
  };
}
