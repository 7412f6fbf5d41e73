import type { CreatePlan } from '../domain/createPlan.ts';
import type { JsonFolder, Log, Now } from '../domain/ports.ts';
import type { Operation } from './operation.ts';
import { decodeOperation, encodeOperation } from './storedOperation.ts';

/**
 * What was confirmed and has not settled, on disk before the request leaves, so that no create is forgotten
 * when the editor ends between "sent" and "answered".
 */
export interface Journal {
  /** Reads what earlier sessions left; records of a newer version stay untouched. Call it once, first. */
  open(): Promise<void>;
  /** Newest first. */
  operations(accountId: string): readonly Operation[];
  /** Resolves when the intent is on disk; rejects when it cannot be written, and then nothing may be sent. */
  begin(accountId: string, plan: CreatePlan): Promise<Operation>;
  /** Resolves when the change is on disk. */
  change(operation: Operation, facts: Partial<Omit<Operation, 'id'>>): Promise<Operation>;
  /** Settled or dismissed: the record goes. */
  close(operation: Pick<Operation, 'id'>): Promise<void>;
  onDidChange(listener: (accountId: string) => void): { dispose(): void };
}

export function createJournal(deps: {
  readonly folder: JsonFolder;
  readonly now: Now;
  /** Unique, and fit for a file name. */
  readonly newId: () => string;
  readonly log: Log;
}): Journal {
  const { folder, now, newId, log } = deps;
  const open = new Map<string, Operation>();
  const listeners = new Set<(accountId: string) => void>();

  function tell(accountId: string): void {
    for (const listener of [...listeners]) listener(accountId);
  }

  async function put(operation: Operation): Promise<Operation> {
    await folder.write(operation.id, encodeOperation(operation));
    open.set(operation.id, operation);
    tell(operation.accountId);
    return operation;
  }

  return {
    async open() {
      for (const [name, value] of await folder.read()) {
        const decoded = decodeOperation(value);
        if (decoded.kind === 'operation') open.set(decoded.operation.id, decoded.operation);
        else
          log.warn(`Record left alone: ${name}: ${decoded.kind === 'newer' ? 'of a newer version' : decoded.problem}`);
      }
      for (const accountId of new Set([...open.values()].map((operation) => operation.accountId))) tell(accountId);
    },
    operations: (accountId) =>
      [...open.values()]
        .filter((operation) => operation.accountId === accountId)
        .sort((a, b) => b.startedAt - a.startedAt),
    begin: (accountId, plan) => put({ id: newId(), accountId, plan, state: 'sending', startedAt: now() }),
    change: (operation, facts) => put({ ...operation, ...facts }),
    async close({ id }) {
      const operation = open.get(id);
      await folder.remove(id);
      open.delete(id);
      if (operation !== undefined) tell(operation.accountId);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
