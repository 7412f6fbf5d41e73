import type { Secret } from './secret.ts';

/**
 * Passwords of instances that are being made: kept in the secret storage under the id of the operation before the
 * request leaves, so that a password that only the person's editor knows outlives a crash.
 */
export interface PendingPasswords {
  keepPending(operationId: string, user: string, password: Secret): Promise<void>;
  /** The instance is known: its password is kept for it from now on. Nothing pending is no error. Never rejects. */
  settlePending(operationId: string, instanceId: string): Promise<void>;
  /** Nothing was made. Never rejects. */
  dropPending(operationId: string): Promise<void>;
}
