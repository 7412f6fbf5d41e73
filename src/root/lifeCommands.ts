import * as l10n from '@vscode/l10n';
import { clearFinished, dismissOperations } from '../commands/clearActivity.ts';
import { closePublicAccess } from '../commands/closePublicAccess.ts';
import { deleteInstances } from '../commands/deleteInstances.ts';
import { commandIds } from '../commands/ids.ts';
import { keepOpen } from '../commands/keepOpen.ts';
import { openPublicAccess } from '../commands/openPublicAccess.ts';
import { retryOperation } from '../commands/retryOperation.ts';
import type { Handler } from '../commands/run.ts';
import { instancesOf, operationOf, operationsOf, scheduledOf } from '../commands/target.ts';
import { tellDeletion } from '../commands/tellDeletion.ts';
import { tellPublicAccess } from '../commands/tellPublicAccess.ts';
import { undoDelete } from '../commands/undoDelete.ts';
import { profileOf } from '../credentials/session.ts';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { Instance } from '../domain/instance.ts';
import type { OperationKind, OperationView } from '../domain/operation.ts';
import type { InstanceOperation } from '../instances/operation.ts';
import { confirm, messages, progress } from '../platform/messages.ts';
import type { Services } from './services.ts';
import type { OnInstance, Shared } from './shared.ts';
import { onInstance } from './shared.ts';

type Names =
  | 'openPublicAccess'
  | 'closePublicAccess'
  | 'keepOpen'
  | 'deleteInstances'
  | 'destroyInstances'
  | 'undoDelete'
  | 'retryOperation'
  | 'dismissOperation'
  | 'clearFinished';

/** What changes an instance, and what becomes of it. */
export function lifeCommands(
  services: Services,
  { ask, desk, run, passwords, writes: { deletion, publicAccess } }: Shared,
  others: {
    readonly copy: OnInstance;
    readonly create: (plan: CreatePlan) => Promise<void>;
    /** How other changes are begun anew. */
    readonly again: Partial<Record<OperationKind, OnInstance>>;
  },
): {
  readonly handlers: Readonly<Record<Names, Handler>>;
  readonly openPublicAccess: OnInstance;
  /** Carries on what another window or an earlier session began, and says how it ended. */
  settle(operation: InstanceOperation, signal: AbortSignal): Promise<void>;
} {
  const { journal, registry, settings, operations, session, background, showActivity, signal, now } = services;

  const known = ({ accountId, instanceId = '' }: OperationView): Instance | undefined =>
    registry.find(accountId, instanceId);
  async function anew(operation: OperationView, use: OnInstance): Promise<void> {
    const instance = known(operation);
    if (instance === undefined) {
      await messages.info(l10n.t('The service no longer lists "{0}".', operation.name));
      return;
    }
    await use(instance);
  }

  const undo = undoDelete({ deletion, messages });
  const tellDeleted = tellDeletion({
    messages,
    desk,
    retry: async (failed) => {
      await journal.remove(failed);
      await remove(failed.map(known).filter((instance) => instance !== undefined));
    },
    showActivity,
  });
  const remove = deleteInstances({
    deletion,
    journal,
    confirm,
    ask,
    messages,
    undo: (scheduled) => run(commandIds.undoDelete, l10n.t('Cannot undo the deletion'), () => undo(scheduled))(),
    tell: tellDeleted,
    accountLabel: (accountId) => profileOf(session.state(), accountId)?.name ?? accountId,
    undoTime: () => settings().deleteUndo,
    signal,
  });
  const tellAccess = tellPublicAccess({
    messages,
    desk,
    copyConnectionString: others.copy,
    retry: async (operation) => {
      // A closing that is still planned keeps its record until the address is closed.
      if (operation.state === 'failed') await journal.remove([operation]);
      await anew(operation, operation.kind === 'openPublic' ? open : close);
    },
    now,
  });
  const anewBy: Partial<Record<OperationKind, OnInstance>> = {
    delete: (instance) => remove([instance]),
    openPublic: (instance) => open(instance),
    closePublic: (instance) => close(instance),
    ...others.again,
  };
  const open = openPublicAccess({ publicAccess, ask, progress, tell: tellAccess, signal });
  const close = closePublicAccess({ publicAccess, progress, tell: tellAccess, signal });

  return {
    openPublicAccess: open,
    async settle(operation, ends) {
      if (operation.kind === 'delete') {
        background(tellDeleted([await deletion.settle(operation, ends)]));
      } else {
        background(tellAccess(await publicAccess.settle(operation, ends, () => undefined)));
      }
    },
    handlers: {
      openPublicAccess: run(commandIds.openPublicAccess, l10n.t('Cannot open public access'), onInstance(open)),
      closePublicAccess: run(commandIds.closePublicAccess, l10n.t('Cannot close public access'), onInstance(close)),
      keepOpen: run(commandIds.keepOpen, l10n.t('Cannot keep public access open'), (argument, selected) =>
        keepOpen({ journal, messages })(scheduledOf(argument, selected, 'closePublic')),
      ),
      deleteInstances: run(commandIds.deleteInstances, l10n.t('Cannot delete'), (argument, selected) =>
        remove(instancesOf(argument, selected)),
      ),
      destroyInstances: run(commandIds.destroyInstances, l10n.t('Cannot destroy'), (argument, selected) =>
        remove(instancesOf(argument, selected)),
      ),
      undoDelete: run(commandIds.undoDelete, l10n.t('Cannot undo the deletion'), (argument, selected) =>
        undo(scheduledOf(argument, selected, 'delete')),
      ),
      retryOperation: run(commandIds.retryOperation, l10n.t('Cannot try again'), async (argument) => {
        const operation = operationOf(argument);
        if (operation === undefined) return;
        const again = retryOperation({
          journal,
          retry: async (one) => {
            const failed = journal.find(one.id);
            if (failed?.kind === 'create') await others.create(failed.plan);
            else await anew(one, anewBy[one.kind] ?? (() => Promise.resolve()));
          },
        });
        await again(operation);
      }),
      dismissOperation: run(commandIds.dismissOperation, l10n.t('Cannot dismiss'), (argument, selected) =>
        dismissOperations({ journal, passwords })(operationsOf(argument, selected)),
      ),
      clearFinished: run(
        commandIds.clearFinished,
        l10n.t('Cannot clear the activity'),
        clearFinished({ operations, journal, messages }),
      ),
    },
  };
}
