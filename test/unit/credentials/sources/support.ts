import assert from 'node:assert/strict';
import type { SourcedKeys } from '../../../../src/domain/credentials.ts';
import { KeysUnavailableError } from '../../../../src/domain/errors.ts';
import type { KeysProblem } from '../../../../src/domain/profile.ts';

/** Keys with their secrets in the open, to be compared. */
export function opened(keys: SourcedKeys): object {
  const { secretId, secretKey, token } = keys.credentials;
  return {
    ...keys,
    credentials: { secretId, secretKey: secretKey.reveal(), ...(token === undefined ? {} : { token: token.reveal() }) },
  };
}

/** What is wrong with a source. Fails when it gives keys, or fails in another way. */
export function problemOf(read: () => unknown): KeysProblem {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof KeysUnavailableError, String(error));
    return error.problem;
  }
  return assert.fail('There were keys.');
}

/** The same for what comes later. */
export async function laterProblemOf(reading: Promise<unknown>): Promise<KeysProblem> {
  const error: unknown = await reading.then(
    () => assert.fail('There were keys.'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof KeysUnavailableError, String(error));
  return error.problem;
}

/** Fails when it neither gives something nor says that there are no keys. */
export function assertHonest(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof KeysUnavailableError, String(error));
  }
}

/** Every text that an error carries, its cause included. */
export function wordsOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof KeysUnavailableError, String(error));
    return [error.message, JSON.stringify(error.problem), String(error.cause)].join('\n');
  }
  return '';
}
