import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../domain/errors.ts';
import type { ConnectTarget } from '../domain/connectTarget.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Machine } from '../domain/psql.ts';
import { connectionFailed, findPsql, installCommand, psqlEnvironment } from '../domain/psql.ts';
import type { Log } from '../domain/ports.ts';
import { reachWords } from '../domain/reachability.ts';
import type { Terminals } from '../domain/terminal.ts';
import type { Clipboard, Messages, OpenLink } from '../domain/windowPorts.ts';
import type { FindTargets } from './targetFinder.ts';
import { toClipboard } from './toClipboard.ts';

export interface OpenPsqlDeps {
  readonly targets: FindTargets;
  /** The setting `psql.path`: absolute, or empty. */
  readonly psqlPath: () => string;
  readonly machine: Machine;
  readonly terminals: Terminals;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly openLink: OpenLink;
  readonly testConnection: (instance: Instance) => Promise<void>;
  readonly setPassword: (instance: Instance, account: string) => Promise<void>;
  readonly openPublicAccess: (instance: Instance) => Promise<void>;
  /** Runs what nobody waits for; its failure is logged. */
  readonly background: (work: Promise<unknown>) => void;
  readonly log: Log;
}

/** Opens a terminal with psql in it, logged in. The password goes through the environment of that terminal only. */
export function openPsql(deps: OpenPsqlDeps): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const program = await programOf(deps);
    if (program === undefined) {
      await offerInstall(deps);
      return;
    }
    const targets = await deps.targets(instance);
    if (targets === undefined) return;
    const [target] = targets;
    deps.log.info(`Terminal with psql: ${instance.id}, ${target.address} address`);
    deps.terminals.open(
      { title: plainText(instance.name), program, environment: psqlEnvironment(target) },
      (exitCode) => {
        if (exitCode === connectionFailed) deps.background(offerHelp(deps, instance, target));
      },
    );
  };
}

async function programOf({ psqlPath, machine, terminals }: OpenPsqlDeps): Promise<string | undefined> {
  const configured = psqlPath().trim();
  // On another machine nothing can be looked up, and the terminal says itself what it does not find.
  if (terminals.elsewhere) return configured === '' ? 'psql' : configured;
  if (configured === '') return findPsql(machine);
  if (await machine.exists(configured)) return configured;
  throw new ConfigurationError(l10n.t('There is no program at {0}.', configured), {
    setting: 'tencentdbPostgres.psql.path',
  });
}

async function offerInstall(deps: OpenPsqlDeps): Promise<void> {
  const { machine, messages, openLink } = deps;
  const command = await installCommand(machine);
  const download = {
    label: l10n.t('Open Download Page'),
    value: () => openLink('https://www.postgresql.org/download/'),
  };
  const chosen = await messages.warning(
    command === undefined
      ? l10n.t('psql was not found on this machine. Install the PostgreSQL client, or set where psql is.')
      : l10n.t('psql was not found on this machine. This installs it: {0}', command),
    command === undefined
      ? [download]
      : [
          {
            label: l10n.t('Copy Command'),
            value: async () => {
              if ((await toClipboard(deps, command)) !== undefined) messages.status(l10n.t('Copied: {0}', command));
            },
          },
          download,
        ],
  );
  await chosen?.();
}

/** psql said why in its terminal, which is gone by now. */
async function offerHelp(deps: OpenPsqlDeps, instance: Instance, target: ConnectTarget): Promise<void> {
  const inside = target.reach === 'vpcOnly';
  const chosen = await deps.messages.warning(
    [
      l10n.t(
        'psql lost or could not make the connection to "{0}" at {1}:{2}.',
        instance.name,
        target.host,
        target.port,
      ),
      ...(inside ? [reachWords(target.reach)] : []),
    ].join(' '),
    [
      { label: l10n.t('Test Connection'), value: () => deps.testConnection(instance) },
      inside
        ? { label: l10n.t('Open Public Access'), value: () => deps.openPublicAccess(instance) }
        : { label: l10n.t('Set Password'), value: () => deps.setPassword(instance, target.user) },
    ],
  );
  await chosen?.();
}
