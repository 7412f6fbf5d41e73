import * as l10n from '@vscode/l10n';
import { connectWith } from '../commands/connectWith.ts';
import { copyConnectionString } from '../commands/copyConnectionString.ts';
import { commandIds } from '../commands/ids.ts';
import { openPsql } from '../commands/openPsql.ts';
import type { Handler } from '../commands/run.ts';
import type { PasswordWays } from '../commands/missingPassword.ts';
import type { AccessOf } from '../commands/targetFinder.ts';
import { createTargetFinder } from '../commands/targetFinder.ts';
import { testConnection } from '../commands/testConnection.ts';
import { writeEnv } from '../commands/writeEnv.ts';
import { isProgram } from '../platform/localFile.ts';
import { messages, openLink } from '../platform/messages.ts';
import { sqlExtensions } from '../platform/sqlExtensions.ts';
import { openStepList } from '../platform/stepList.ts';
import { createTerminals } from '../platform/terminal.ts';
import { workspaceFiles } from '../platform/workspaceFiles.ts';
import type { Services } from './services.ts';
import type { OnInstance, Shared } from './shared.ts';
import { onInstance } from './shared.ts';

/** The commands that connect to an instance, and what other groups use of them. */
export function connectCommands(
  services: Services,
  { ask, run, passwords, clipboard }: Shared,
  others: { readonly openPublicAccess: OnInstance; readonly passwordWays: PasswordWays },
): {
  readonly handlers: Readonly<
    Record<
      'copyConnectionString' | 'copyConnectionStringAs' | 'openPsql' | 'connectWith' | 'writeEnv' | 'testConnection',
      Handler
    >
  >;
  /** As the person last copied; shows its own failures. */
  readonly copy: OnInstance;
} {
  const { cloud, memory, settings, background, signal, sleep, now, log } = services;
  const { openPublicAccess, passwordWays: ways } = others;
  const access: AccessOf = (instance, aborted) =>
    cloud.instances(instance).access(instance.region, instance.id, aborted);
  const targets = createTargetFinder({ ...ways, access, passwords, messages, signal });
  const copying = copyConnectionString({ targets, memory, ask, clipboard, messages, log });
  const asBefore: OnInstance = (instance) => copying(instance, 'asBefore');
  const cannotCopy = l10n.t('Cannot copy the connection string');

  const test = testConnection({
    access,
    ...ways,
    passwords,
    load: () => import('../database/connectionTest.ts'),
    openStepList,
    openPublicAccess,
    clipboard,
    messages,
    signal,
    sleep,
    now,
    clock: () => performance.now(),
  });

  return {
    copy: (instance) => run(commandIds.copyConnectionString, cannotCopy, () => asBefore(instance))(),
    handlers: {
      copyConnectionString: run(commandIds.copyConnectionString, cannotCopy, onInstance(asBefore)),
      copyConnectionStringAs: run(
        commandIds.copyConnectionStringAs,
        cannotCopy,
        onInstance((instance) => copying(instance, 'ask')),
      ),
      openPsql: run(
        commandIds.openPsql,
        l10n.t('Cannot open psql'),
        onInstance(
          openPsql({
            targets,
            psqlPath: () => settings().psqlPath,
            machine: { platform: process.platform, environment: process.env, exists: isProgram },
            terminals: createTerminals(services.runsBesideScreen),
            clipboard,
            messages,
            openLink,
            testConnection: test,
            setPassword: ways.setPassword,
            openPublicAccess,
            background,
            log,
          }),
        ),
      ),
      connectWith: run(
        commandIds.connectWith,
        l10n.t('Cannot hand the connection over'),
        onInstance(
          connectWith({
            targets,
            extensions: sqlExtensions,
            memory,
            ask,
            copy: asBefore,
            clipboard,
            messages,
            log,
          }),
        ),
      ),
      writeEnv: run(
        commandIds.writeEnv,
        l10n.t('Cannot write to the file'),
        onInstance(writeEnv({ targets, files: workspaceFiles, memory, ask, messages })),
      ),
      testConnection: run(commandIds.testConnection, l10n.t('Cannot test the connection'), onInstance(test)),
    },
  };
}
