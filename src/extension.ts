import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createCloudOnDemand } from './api/onDemand.ts';
import { commandIds, commandNames } from './commands/ids.ts';
import { createNoticeFile } from './credentials/noticeFile.ts';
import { createSecretVault } from './credentials/secretStorage.ts';
import { accountOf, createSession } from './credentials/session.ts';
import type { SessionState } from './credentials/session.ts';
import type { Connection, Target } from './domain/credentials.ts';
import { isCancelled, NotSignedInError, toError } from './domain/errors.ts';
import { isRecord } from './domain/record.ts';
import { serverless } from './domain/serverlessOffering.ts';
import { createJournal } from './instances/journal.ts';
import { createJsonFile } from './instances/jsonFile.ts';
import { createJsonFolder } from './instances/jsonFolder.ts';
import { viewOf } from './instances/operation.ts';
import { createRefresher } from './instances/refresher.ts';
import { regionsToAsk } from './instances/regionsToAsk.ts';
import { createRegistry } from './instances/registry.ts';
import { createLog } from './platform/log.ts';
import { messages } from './platform/messages.ts';
import { readNetworkSettings } from './platform/networkSettings.ts';
import { createSettings } from './platform/settings.ts';
import { createSimulatorProcess } from './platform/simulatorProcess.ts';
import { sleep } from './platform/sleep.ts';
import { createInstanceTree } from './tree/instanceTree.ts';
import type { TreeState } from './tree/nodes.ts';
import { viewMessage, viewTitle } from './tree/viewMessage.ts';
import type { UseCases } from './useCases.ts';

/** Builds every object once and connects them. Nothing is decided here, and nothing is called over the network. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });

  const ending = new AbortController();
  const { signal } = ending;
  const channel = vscode.window.createOutputChannel('TencentDB PostgreSQL', { log: true });
  const log = createLog(channel);
  const now = Date.now;
  const storage = context.globalStorageUri.fsPath;
  const settings = createSettings();
  const notice = createNoticeFile(join(storage, 'session-notice'));
  const session = createSession({
    vault: createSecretVault(context.secrets),
    notice,
    newGeneration: randomUUID,
    sleep,
  });
  const simulator = createSimulatorProcess({
    script: join(context.extensionPath, 'dist', 'simulator.cjs'),
    dataFolder: join(storage, 'simulator'),
    announcement: process.env['TENCENTDB_POSTGRES_SIMULATOR'],
    log,
  });
  const registry = createRegistry({ file: createJsonFile({ path: join(storage, 'instances.json'), now }), now, log });
  const journal = createJournal({
    folder: createJsonFolder({ path: join(storage, 'operations'), now, log }),
    now,
    newId: randomUUID,
    log,
  });

  const target = (): Target => {
    const { site, endpoint } = settings.read();
    return { site, ...(endpoint === '' ? {} : { endpoint }) };
  };
  const accountId = (): string => accountOf(session.state());
  const simulated = (): boolean => session.state().kind === 'simulator';

  async function connection(): Promise<Connection> {
    await opened;
    const state = session.state();
    if (state.kind === 'cloud') return { credentials: state.credentials, target: target() };
    if (state.kind !== 'simulator') throw new NotSignedInError();
    const address = await simulator.revive(state.address);
    const { endpoint, secretId, secretKey } = address;
    return { credentials: { secretId, secretKey }, target: { site: target().site, endpoint } };
  }

  const warned = new Set<string>();
  const cloud = createCloudOnDemand(async () => {
    const { createCloud } = await import('./api/cloud.ts');
    return createCloud({
      connection,
      language: vscode.env.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US',
      network: readNetworkSettings,
      timeout: () => settings.read().requestTimeout,
      environment: process.env,
      clientName: `tencentdb-postgres-vscode-${versionOf(context.extension)}`,
      log,
      now,
      sleep,
      random: Math.random,
      onDeprecated: (action, warning) => {
        if (warned.has(action)) return;
        warned.add(action);
        background(messages.warning(l10n.t('The service says about {0}: {1}', action, warning)));
      },
    });
  });
  /** For work that nobody waits for: its failure is logged, its cancellation is not one. */
  function background(work: Promise<unknown>): void {
    work.catch((thrown: unknown) => {
      const error = toError(thrown);
      if (!isCancelled(error) && !(error instanceof NotSignedInError)) log.error(`In the background: ${error.message}`);
    });
  }

  const refresher = createRefresher({
    service: cloud.instances,
    registry,
    regions: (account) =>
      regionsToAsk({
        documented: serverless.regions().map(({ region }) => region),
        preferred: settings.read().defaults.region,
        known: registry.regions(account),
        underWay: journal.operations(account).map(({ plan }) => plan.region),
      }),
    explain: cloud.explain,
    signal,
    log,
  });

  const treeState = (): TreeState => {
    const account = accountId();
    return {
      signedIn: account !== '',
      simulator: simulated(),
      regions: registry.regions(account),
      operations: journal.operations(account).map(viewOf),
      refreshing: refresher.refreshing,
    };
  };
  const tree = createInstanceTree({
    state: treeState,
    onDidChange: (listener) =>
      vscode.Disposable.from(
        registry.onDidChange(listener),
        journal.onDidChange(listener),
        refresher.onDidChange(listener),
        session.onDidChange(listener),
      ),
  });
  const view = vscode.window.createTreeView('tencentdbPostgres.instances', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const refreshView = (): void => {
    const state = treeState();
    view.title = viewTitle(state);
    view.message = viewMessage(state, now()) ?? '';
  };

  let loading: Promise<UseCases> | undefined;
  const useCases = (): Promise<UseCases> =>
    (loading ??= import('./useCases.ts').then(({ createUseCases }) =>
      createUseCases({
        cloud,
        session,
        opened,
        registry,
        journal,
        refresher,
        simulator,
        settings: () => settings.read(),
        target,
        memory: {
          read: (key) => context.globalState.get(key),
          write: async (key, value) => context.globalState.update(key, value),
        },
        revealInstance: async ({ id }) => {
          const element = tree.instanceNode(id);
          if (element !== undefined) await view.reveal(element, { select: true, focus: true, expand: true });
        },
        showLog: () => {
          channel.show();
        },
        signal,
        now,
        sleep,
        random: Math.random,
        log,
      }),
    ));
  const registrations = commandNames.map((name) =>
    vscode.commands.registerCommand(commandIds[name], async (argument?: unknown) =>
      (await useCases()).handlers[name](argument),
    ),
  );

  /** What an earlier session confirmed and did not see the end of. */
  const resumed = new Set<string>();
  function resume(): void {
    for (const operation of journal.operations(accountId())) {
      if (operation.state === 'failed' || resumed.has(operation.id)) continue;
      resumed.add(operation.id);
      background(useCases().then(({ resume: follow }) => follow(operation)));
    }
  }

  function sessionChanged(state: SessionState): void {
    const signedIn = accountOf(state) !== '';
    setContext('signedIn', signedIn);
    setContext('simulator', state.kind === 'simulator');
    refreshView();
    if (state.kind === 'stale') background(offerReload());
    if (!signedIn) return;
    if (view.visible) background(refresher.refresh(accountOf(state)));
  }

  async function offerReload(): Promise<void> {
    const reload = await messages.info(
      l10n.t('You signed in or changed keys in another window. Reload this window to use them here.'),
      [{ label: l10n.t('Reload Window'), value: true }],
    );
    if (reload === true) await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }

  const opened = (async () => {
    const note = await registry.open();
    if (note !== undefined) background(messages.warning(note));
    await journal.open();
    try {
      await session.open();
    } finally {
      // Where the keys cannot be read, the way to sign in is still shown.
      setContext('ready', true);
    }
    if (accountId() !== '') resume();
  })();
  background(opened);

  context.subscriptions.push(
    channel,
    settings,
    notice,
    session,
    tree,
    view,
    ...registrations,
    session.onDidChange(sessionChanged),
    registry.onDidChange(refreshView),
    refresher.onDidChange(refreshView),
    view.onDidChangeVisibility(({ visible }) => {
      refreshView();
      if (visible && accountId() !== '') background(refresher.refresh(accountId()));
    }),
    {
      dispose: () => {
        ending.abort();
        background(simulator.stop());
        background(cloud.close());
      },
    },
  );
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  const manifest: unknown = packageJSON;
  return isRecord(manifest) && typeof manifest['version'] === 'string' ? manifest['version'] : '0';
}

function setContext(name: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `tencentdbPostgres.${name}`, value);
}
