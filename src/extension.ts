import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createCloudOnDemand } from './api/onDemand.ts';
import { commandIds, commandNames } from './commands/ids.ts';
import { createConnections } from './credentials/connections.ts';
import type { Connections } from './credentials/connections.ts';
import { createNoticeFile } from './credentials/noticeFile.ts';
import { createSecretVault } from './credentials/secretStorage.ts';
import { accountOf, accountsOf, createSession, knowsAccount, profileOf } from './credentials/session.ts';
import type { SessionState } from './credentials/session.ts';
import type { LocalKeySources } from './credentials/sources/localKeySources.ts';
import type { Target } from './domain/credentials.ts';
import { isCancelled, KeysUnavailableError, NotSignedInError, toError } from './domain/errors.ts';
import type { Memory } from './domain/memory.ts';
import { hasEnded } from './domain/operation.ts';
import { redactKept } from './domain/redaction.ts';
import { isRecord } from './domain/record.ts';
import { firstRegions, offeringNames } from './domain/offerings/names.ts';
import { createClaims } from './instances/claims.ts';
import { thisProcess } from './instances/holder.ts';
import { createJournal } from './instances/journal.ts';
import { createJsonFile } from './instances/jsonFile.ts';
import { createJsonFiles } from './instances/jsonFiles.ts';
import { createJsonFolder } from './instances/jsonFolder.ts';
import { createKeptRegions } from './instances/keptRegions.ts';
import { createRefresher } from './instances/refresher.ts';
import { regionsToAsk } from './instances/regionsToAsk.ts';
import { createRegistry } from './instances/registry.ts';
import { createRetirements } from './instances/retirements.ts';
import { createDocuments } from './platform/documents.ts';
import { createLog } from './platform/log.ts';
import { messages } from './platform/messages.ts';
import { readNetworkSettings } from './platform/networkSettings.ts';
import { createProfileStatus } from './platform/profileStatus.ts';
import type { ProfileView } from './platform/profileStatus.ts';
import { createSettings } from './platform/settings.ts';
import { createSimulatorProcess } from './platform/simulatorProcess.ts';
import { sleep } from './platform/sleep.ts';
import { createArrangement } from './root/arrangement.ts';
import { watchKeyFiles } from './root/keyFiles.ts';
import { createProjectNames } from './root/projectNames.ts';
import type { Views } from './root/views.ts';
import { createTreeView } from './tree/treeView.ts';
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
  const memory: Memory = {
    read: (key) => context.globalState.get(key),
    write: async (key, value) => context.globalState.update(key, redactKept(value)),
  };

  /** For work that nobody waits for: its failure is logged, its cancellation is not one. */
  function background(work: Promise<unknown>): void {
    work.catch((thrown: unknown) => {
      const error = toError(thrown);
      if (isCancelled(error) || error instanceof NotSignedInError) return;
      // The tree says it, with what to do.
      if (error instanceof KeysUnavailableError) log.warn(error.message);
      else log.error(`In the background: ${error.message}`);
    });
  }

  // Who is signed in.
  const notice = createNoticeFile(join(storage, 'session-notice'));
  const session = createSession({ vault: createSecretVault(context.secrets), notice, newId: randomUUID, sleep });
  const simulator = createSimulatorProcess({
    script: join(context.extensionPath, 'dist', 'simulator.cjs'),
    dataFolder: join(storage, 'simulator'),
    announcement: process.env['TENCENTDB_POSTGRES_SIMULATOR'],
    log,
  });
  const target = (): Target => {
    const { site, endpoint } = settings.read();
    return { site, ...(endpoint === '' ? {} : { endpoint }) };
  };
  let loadingSources: Promise<LocalKeySources> | undefined;
  const keySources = (): Promise<LocalKeySources> =>
    (loadingSources ??= import('./credentials/sources/localKeySources.ts').then(({ createLocalKeySources }) =>
      createLocalKeySources({ environment: process.env, assumeRole: cloud.assumeRole, now, sleep, log }),
    ));
  const connections = createConnections({
    opened: () => opened,
    session,
    sources: keySources,
    identify: (connection, aborted) => cloud.identify(connection, aborted),
    target,
    revive: (address) => simulator.revive(address),
    signal,
  });

  // What is known, and what is under way.
  const regionRecords = join(storage, 'instances');
  const kept = createKeptRegions({
    files: createJsonFiles({ path: regionRecords, now }),
    old: createJsonFile({ path: join(storage, 'instances.json'), now }),
    claims: createClaims({ path: regionRecords, holder: thisProcess, now, sleep, log }),
    sleep,
    log,
  });
  const registry = createRegistry({ kept, now, sleep, log });
  const operations = join(storage, 'operations');
  const claims = createClaims({ path: operations, holder: thisProcess, now, sleep, log });
  const journal = createJournal({
    folder: createJsonFolder({ path: operations, now, sleep, log }),
    claims,
    now,
    newId: randomUUID,
    sleep,
    log,
  });

  const warned = new Set<string>();
  const cloud = createCloudOnDemand(async () => {
    const { createCloud } = await import('./api/cloud.ts');
    return createCloud({
      connection: (...call) => connections.of(...call),
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
      onClockSkew: (warning) => {
        background(messages.warning(warning));
      },
    });
  });
  const regions = (accountId: string): readonly string[] =>
    regionsToAsk({
      chosen: profileOf(session.state(), accountId)?.regions,
      documented: firstRegions,
      preferred: settings.read().defaults.region,
      known: registry.regions(accountId),
      underWay: openOperations(accountId).map(({ region }) => region),
    });
  const openOperations = (accountId: string) => journal.operations(accountId).filter((one) => !hasEnded(one));
  const retirements = createRetirements({
    memory,
    site: (accountId) => {
      const state = session.state();
      return state.kind === 'simulator' ? undefined : (profileOf(state, accountId)?.site ?? settings.read().site);
    },
    now,
  });
  const refresher = createRefresher({
    service: cloud.instances,
    registry,
    offerings: (accountId) =>
      offeringNames.map(({ id }) => id).filter((offering) => retirements.of({ accountId, offering }) === undefined),
    onRetired: (owner, { serviceWords = '', requestId = '' }) => {
      log.info(`Withdrawn, says the service: ${owner.offering}: ${serviceWords}`);
      background(retirements.note(owner, { serviceWords, requestId }));
    },
    regions,
    explain: cloud.explain,
    signal,
    log,
  });
  const refreshAll = (): void => {
    for (const accountId of accountsOf(session.state())) background(refresher.refresh(accountId));
  };
  const projects = createProjectNames({ catalog: cloud.catalog, signal });

  // What is seen.
  const arrangement = createArrangement(memory);
  const shownOperations = () => accountsOf(session.state()).flatMap((accountId) => journal.operations(accountId));
  const onDidChange = (listener: () => void): vscode.Disposable =>
    vscode.Disposable.from(
      registry.onDidChange(listener),
      journal.onDidChange(listener),
      refresher.onDidChange(listener),
      session.onDidChange(listener),
      connections.onDidChange(listener),
      arrangement.onDidChange(listener),
      projects.onDidChange(listener),
      contentsChanged.event(listener),
    );
  const contentsChanged = new vscode.EventEmitter<void>();
  let loadingViews: Promise<Views> | undefined;
  const views = (): Promise<Views> =>
    (loadingViews ??= import('./root/views.ts').then(({ createViews }) =>
      createViews({
        session,
        connections,
        registry,
        refresher,
        journal,
        arrangement,
        projects,
        management: cloud.management,
        contentsChanged: () => {
          contentsChanged.fire();
        },
        explain: cloud.explain,
        signal,
        now,
      }),
    ));
  const common = { onDidChange, canSelectMany: true, sleep, background };
  const instances = createTreeView({
    ...common,
    id: 'tencentdbPostgres.instances',
    load: async () => (await views()).instances,
    tells: () => shownOperations().some(({ state }) => state !== 'done'),
  });
  const activity = createTreeView({
    ...common,
    id: 'tencentdbPostgres.activity',
    load: async () => (await views()).activity,
    tells: () => false,
  });
  const documents = createDocuments({ content: async (key) => (await useCases()).details(key) });
  const status = createProfileStatus('TencentDB PostgreSQL', commandIds.switchProfile);

  let loading: Promise<UseCases> | undefined;
  const useCases = (): Promise<UseCases> =>
    (loading ??= import('./useCases.ts').then(({ createUseCases }) =>
      createUseCases({
        cloud,
        session,
        connections,
        keySources,
        secrets: context.secrets,
        opened,
        registry,
        journal,
        claims,
        refresher,
        retirements,
        contents: async () => (await views()).contents,
        projects,
        regions,
        simulator,
        settings: () => settings.read(),
        target,
        memory,
        arrangement,
        operations: shownOperations,
        documents,
        runsBesideScreen: context.extension.extensionKind === vscode.ExtensionKind.UI,
        revealInstance: async ({ id }) => {
          await instances.reveal(id);
        },
        showActivity: async () => {
          await vscode.commands.executeCommand('tencentdbPostgres.activity.focus');
        },
        showMore: instances.showMore,
        showLog: () => {
          channel.show();
        },
        background,
        signal,
        now,
        sleep,
        random: Math.random,
        log,
      }),
    ));
  const registrations = commandNames.map((name) =>
    vscode.commands.registerCommand(commandIds[name], async (argument?: unknown, selected?: unknown) =>
      (await useCases()).handlers[name](argument, selected),
    ),
  );

  /** Where something is under way or due, the use cases are loaded and see to it. */
  function attend(): void {
    const state = session.state();
    const open = journal.all().some((one) => !hasEnded(one) && knowsAccount(state, one.accountId));
    if (!open) return;
    background(
      useCases().then(({ attend: follow }) => {
        follow();
      }),
    );
  }

  function showContext(): void {
    const state = session.state();
    setContext('signedIn', accountOf(state) !== '');
    setContext('simulator', state.kind === 'simulator');
    setContext('filtered', accountOf(state) !== '' && arrangement.read().filter !== '');
    setContext('activity', shownOperations().length > 0);
    status.show(statusOf(state, connections));
  }

  function sessionChanged(state: SessionState): void {
    showContext();
    background(Promise.resolve(loadingViews).then((loaded) => loaded?.contents.forgetAll()));
    if (state.kind === 'stale') background(offerReload());
    if (accountOf(state) === '') return;
    if (instances.view.visible) refreshAll();
    attend();
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
    attend();
  })();
  background(opened);

  context.subscriptions.push(
    channel,
    settings,
    notice,
    session,
    contentsChanged,
    instances,
    activity,
    documents,
    status,
    ...registrations,
    session.onDidChange(sessionChanged),
    journal.onDidChange(() => {
      showContext();
      attend();
    }),
    arrangement.onDidChange(showContext),
    connections.onDidChange(showContext),
    watchKeyFiles({
      session,
      keySources,
      onChange: ({ id, accountId }) => {
        connections.forget(id);
        if (instances.view.visible) background(refresher.refresh(accountId));
      },
      background,
    }),
    instances.view.onDidChangeVisibility(({ visible }) => {
      if (visible) refreshAll();
    }),
    {
      dispose: () => {
        ending.abort();
        journal.dispose();
        background(registry.settled());
        background(Promise.resolve(loading).then((loaded) => loaded?.dispose()));
        background(claims.dispose());
        background(simulator.stop());
        background(cloud.close());
      },
    },
  );
}

/** The profile in use, in few words; the tree says more. */
function statusOf(state: SessionState, connections: Pick<Connections, 'seen'>): ProfileView | undefined {
  const accountId = accountOf(state);
  if (accountId === '') return undefined;
  const tooltip = l10n.t('TencentDB PostgreSQL: account {0}', accountId);
  if (state.kind !== 'cloud') return { text: l10n.t('Simulator'), tooltip, problem: false };
  const problem = connections.seen(state.current.id).problem !== undefined;
  const words = problem ? l10n.t('{0}. Its keys cannot be used now.', tooltip) : tooltip;
  return { text: state.current.name, tooltip: words, problem };
}

function versionOf({ packageJSON }: vscode.Extension<unknown>): string {
  const manifest: unknown = packageJSON;
  return isRecord(manifest) && typeof manifest['version'] === 'string' ? manifest['version'] : '0';
}

function setContext(name: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `tencentdbPostgres.${name}`, value);
}
