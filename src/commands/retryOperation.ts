import type { OperationView } from '../domain/operation.ts';
import type { Journal } from '../instances/journal.ts';

/** Begins the same anew, and asks what has to be asked. */
export type Retry = (operation: OperationView) => Promise<void>;

/** Does a failed operation again. Its record goes once another of its kind was begun. */
export function retryOperation(deps: {
  readonly retry: Retry;
  readonly journal: Pick<Journal, 'remove'> & { all(): readonly OperationView[] };
}): (operation: OperationView) => Promise<void> {
  const { retry, journal } = deps;
  return async (operation) => {
    if (operation.state !== 'failed') return;
    const before = new Set(journal.all().map(({ id }) => id));
    await retry(operation);
    const begun = journal.all().some(({ id, kind }) => kind === operation.kind && !before.has(id));
    if (begun) await journal.remove([operation]);
  };
}
