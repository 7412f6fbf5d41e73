import { toError } from '../domain/errors.ts';
import type { Explanation } from '../domain/explanation.ts';
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

/** It will not happen. */
export interface Failed {
  readonly kind: 'failed';
  readonly operation: InstanceOperation;
  readonly explanation: Explanation;
}

/** How a change stands of which nobody can tell yet what has become; the next start asks again. */
export interface Unsettled {
  readonly kind: 'unsettled';
  readonly operation: InstanceOperation;
  readonly explanation: Explanation;
  /** An earlier start was told the same. */
  readonly again: boolean;
}

/** Sends requests that change an instance, and never twice by itself. */
export interface WriteOnce {
  /** The record says `sending` already, so that a crash from here on leaves something to ask about. Never rejects. */
  send(operation: InstanceOperation, call: () => Promise<Accepted>): Promise<Sent>;
  /**
   * Puts on record what is a fact already. Never rejects: where it cannot be written, the older record stays, and the
   * next start finds out again.
   */
  note(operation: InstanceOperation, facts: OperationFacts): Promise<InstanceOperation>;
  /** Puts on record that it will not happen, with the request id that its reason names. Never rejects, as `note`. */
  failed(operation: InstanceOperation, explanation: Explanation): Promise<Failed>;
  /** Puts on record that nobody can tell. Never rejects, as `note`. */
  unsettled(operation: InstanceOperation, explanation: Explanation): Promise<Unsettled>;
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
    async failed(operation, explanation) {
      const { requestId } = explanation;
      const facts = { state: 'failed', explanation, ...(requestId === undefined ? {} : { requestId }) } as const;
      return { kind: 'failed', operation: await note(operation, facts), explanation };
    },
    async unsettled(operation, explanation) {
      const again = operation.state === 'unsettled';
      return {
        kind: 'unsettled',
        operation: await note(operation, { state: 'unsettled', explanation }),
        explanation,
        again,
      };
    },
    async send(operation, call) {
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
