import * as l10n from '@vscode/l10n';
import type { ConnectTarget } from '../domain/connectTarget.ts';
import type { SqlClient } from '../domain/handOver.ts';
import {
  clientSearch,
  pgsqlLink,
  sqlClients,
  sqltools,
  sqltoolsConnection,
  withConnection,
} from '../domain/handOver.ts';
import type { Instance } from '../domain/instance.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import type { SqlExtensions } from '../domain/sqlExtensions.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question, Row } from '../wizard/question.ts';
import { recentFirst } from '../wizard/rows.ts';
import type { FindTargets } from './targetFinder.ts';
import { copiedWords, toClipboard } from './toClipboard.ts';

/** An extension, or what one does without. */
export interface ClientAnswer {
  readonly client: SqlClient | 'search' | 'copy';
}

export interface ConnectWithDeps {
  readonly targets: FindTargets;
  readonly extensions: SqlExtensions;
  readonly memory: Memory;
  ask(
    heading: string,
    question: Question<ClientAnswer>,
    answers: Partial<ClientAnswer>,
    position: Position,
  ): Promise<Reply<ClientAnswer>>;
  /** Copies the connection string as the person last did. */
  readonly copy: (instance: Instance) => Promise<void>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly log: Log;
}

const remembered = 'sqlClient';

/** Hands an instance over to an installed SQL extension. The password is never part of that: the extension asks. */
export function connectWith(deps: ConnectWithDeps): (instance: Instance) => Promise<void> {
  return async (instance) => {
    const answer: Partial<ClientAnswer> | undefined = await runWizard(
      [question(deps)],
      {},
      'first',
      (step, answers, position) => deps.ask(l10n.t('Connect with'), step, answers, position),
    );
    const client = answer?.client;
    if (client === undefined) return;
    if (client === 'search') {
      await deps.extensions.search(clientSearch);
      return;
    }
    if (client === 'copy') {
      await deps.copy(instance);
      return;
    }
    await deps.memory.write(remembered, client.id);
    if (client.way === 'copy') {
      await deps.copy(instance);
      return;
    }
    const targets = await deps.targets(instance);
    if (targets === undefined) return;
    deps.log.info(`Handed over: ${instance.id} to ${client.id}`);
    await handOver(deps, client, targets[0]);
  };
}

async function handOver(deps: ConnectWithDeps, client: SqlClient, target: ConnectTarget): Promise<void> {
  const { extensions, messages } = deps;
  if (client.way === 'settings') {
    await extensions.changeSetting(sqltools.section, sqltools.key, (connections) =>
      withConnection(connections, sqltoolsConnection(target)),
    );
    await extensions.run(sqltools.show);
  } else if (!(await extensions.openLink(pgsqlLink(target)))) {
    await messages.warning(l10n.t('{0} could not be opened. Copy the connection string instead.', client.label));
    return;
  }
  const copy = await messages.info(
    l10n.t(
      '"{0}" was handed to {1}, without the password. It asks when you connect.',
      target.instance.name,
      client.label,
    ),
    [{ label: l10n.t('Copy Password'), value: true }],
  );
  if (copy !== true) return;
  const cleared = await toClipboard(deps, target.password);
  if (cleared !== undefined) messages.status(copiedWords(l10n.t('Password copied.'), cleared));
}

function question({ extensions, memory }: ConnectWithDeps): Question<ClientAnswer> {
  const finish = (client: ClientAnswer['client']): Row<ClientAnswer>['choose'] => ({
    kind: 'reply',
    reply: { kind: 'finish', values: { client } },
  });
  return {
    key: 'client',
    title: l10n.t('Extension'),
    holds: () => false,
    prompt: () => {
      const last = memory.read(remembered);
      const installed = sqlClients.filter((client) => client.extensions.every((id) => extensions.isInstalled(id)));
      const ordered = recentFirst(installed, typeof last === 'string' ? [last] : [], ({ id }) => id);
      const rows: Row<ClientAnswer>[] = [
        ...ordered.map((client) => ({
          label: client.label,
          ...(client.id === last ? { description: l10n.t('used last') } : {}),
          detail:
            client.way === 'copy'
              ? l10n.t('Copies the connection string, to be pasted there')
              : l10n.t('Opens the connection there; it asks for the password'),
          choose: finish(client),
        })),
        { icon: 'extensions', label: l10n.t('Show extensions for PostgreSQL'), choose: finish('search') },
        { icon: 'copy', label: l10n.t('Copy the connection string'), choose: finish('copy') },
      ];
      return {
        kind: 'pick',
        placeholder:
          installed.length === 0
            ? l10n.t('No extension for PostgreSQL is installed')
            : l10n.t('Choose what to connect with'),
        source: { rows: () => rows },
      };
    },
  };
}
