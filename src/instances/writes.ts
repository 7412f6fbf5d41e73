import type { Change, ChangeDeps } from './change.ts';
import { createChange } from './change.ts';
import type { Creation, CreationDeps } from './creation.ts';
import { createCreation } from './creation.ts';
import type { Deletion, DeletionDeps } from './deletion.ts';
import { createDeletion } from './deletion.ts';
import type { PublicAccess, PublicAccessDeps } from './publicAccess.ts';
import { createPublicAccess } from './publicAccess.ts';

/** All that is ever sent to change something at the service, each kind with what sees to it. */
export interface Writes {
  readonly creation: Creation;
  readonly change: Change;
  readonly deletion: Deletion;
  readonly publicAccess: PublicAccess;
}

/** What the four of them need; passwords are forgotten where they are kept. */
export type WritesDeps = CreationDeps &
  Omit<ChangeDeps & DeletionDeps, 'forgetPassword'> &
  PublicAccessDeps & {
    readonly passwords: {
      /** Without an account: everything that is kept for the instance. */
      forget(instanceId: string, user?: string): Promise<void>;
    };
  };

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
