import type { FailureDesk } from '../commands/failure.ts';
import type { Run } from '../commands/run.ts';
import { instanceOf } from '../commands/target.ts';
import type { SignIn } from '../commands/signIn.ts';
import type { Passwords } from '../credentials/passwords.ts';
import type { Instance } from '../domain/instance.ts';
import type { Clipboard } from '../domain/windowPorts.ts';
import type { Writes } from '../instances/writes.ts';
import type { createQuickInput } from '../wizard/quickInput.ts';

/** What the groups of commands have in common. */
export interface Shared {
  readonly ask: ReturnType<typeof createQuickInput>['ask'];
  readonly signIn: SignIn;
  readonly desk: FailureDesk;
  readonly run: Run;
  readonly writes: Writes;
  readonly passwords: Passwords;
  readonly clipboard: Clipboard;
}

/** What is done to the instance of a row. */
export type OnInstance = (instance: Instance) => Promise<void>;

/** Runs it on the instance of the row, if the row is one. */
export function onInstance(use: OnInstance): (argument: unknown) => Promise<void> {
  return async (argument) => {
    const instance = instanceOf(argument);
    if (instance !== undefined) await use(instance);
  };
}
