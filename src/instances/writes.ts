import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { Explain } from '../domain/explanation.ts';
import type { InstanceService, Log, Management, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import type { Change } from './change.ts';
import { createChange } from './change.ts';
import type { Creation } from './creation.ts';
import { createCreation } from './creation.ts';
import type { Deletion } from './deletion.ts';
import { createDeletion } from './deletion.ts';
import type { Journal } from './journal.ts';
import type { InstanceOperation } from './operation.ts';
import type { PublicAccess } from './publicAccess.ts';
import { createPublicAccess } from './publicAccess.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';

/** All that is ever sent to change something at the service, each kind with what sees to it. */
export interface Writes {
  readonly creation: Creation;
  readonly change: Change;
  readonly deletion: Deletion;
  readonly publicAccess: PublicAccess;
}

export interface WritesDeps {
  readonly journal: Journal;
  readonly registry: Registry;
  readonly service: ServiceOf<Omit<InstanceService, 'request'>>;
  readonly management: ServiceOf<Management>;
  readonly watcher: Watcher;
  readonly passwords: PendingPasswords & {
    /** Without an account: everything that is kept for the instance. */
    forget(instanceId: string, user?: string): Promise<void>;
  };
  /** Hears of every change that is done, for what is shown of it elsewhere. */
  readonly onDone: (operation: InstanceOperation) => void;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds between two looks. */
  readonly interval: () => number;
  /** Milliseconds after which something that does not happen is given up for now. */
  readonly limit: () => number;
  readonly log: Log;
}

/** The one place where they are put together: a window of the editor has one of these, and so has every test of it. */
export function createWrites(deps: WritesDeps): Writes {
  const forgetPassword = (instanceId: string, user?: string): Promise<void> => deps.passwords.forget(instanceId, user);
  return {
    creation: createCreation(deps),
    change: createChange({ ...deps, forgetPassword }),
    deletion: createDeletion({ ...deps, forgetPassword }),
    publicAccess: createPublicAccess(deps),
  };
}
