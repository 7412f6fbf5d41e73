import * as l10n from '@vscode/l10n';
import { clearFilter, filterInstances, groupInstances, sortInstances } from '../commands/arrangeInstances.ts';
import { copyAsJson } from '../commands/copyAsJson.ts';
import { copyText } from '../commands/copyText.ts';
import { commandIds } from '../commands/ids.ts';
import { openConsole } from '../commands/openConsole.ts';
import { refreshInstance } from '../commands/refreshInstance.ts';
import type { Handler } from '../commands/run.ts';
import { detailsContent, refreshDetails, showDetails } from '../commands/showDetails.ts';
import { listOf, requestIdOf } from '../commands/target.ts';
import { accountsOf, profileOf } from '../credentials/session.ts';
import type { InstanceKey } from '../domain/documents.ts';
import { consoleLinks } from '../domain/links.ts';
import { messages, openLink } from '../platform/messages.ts';
import { openSetting } from '../platform/settings.ts';
import type { Services } from './services.ts';
import type { Shared } from './shared.ts';
import { onInstance } from './shared.ts';

type Names =
  | 'refresh'
  | 'refreshInstance'
  | 'showDetails'
  | 'refreshDetails'
  | 'copyAsJson'
  | 'copyId'
  | 'copyRequestId'
  | 'openConsole'
  | 'groupInstances'
  | 'sortInstances'
  | 'filterInstances'
  | 'clearFilter'
  | 'showMore'
  | 'showLog'
  | 'openSettings';

/** What shows instances and changes nothing. */
export function lookCommands(
  services: Services,
  { ask, run, passwords, clipboard }: Shared,
): {
  readonly handlers: Readonly<Record<Names, Handler>>;
  /** What the document about an instance says. */
  readonly details: (key: InstanceKey) => Promise<string>;
  readonly console: () => Promise<void>;
} {
  const { cloud, session, registry, refresher, projects, arrangement, documents } = services;
  const { settings, background, signal } = services;
  const copied = copyText({ clipboard, messages });
  const arranging = { arrangement, ask };
  const links = () => consoleLinks(settings().site);
  const simulated = (): boolean => session.state().kind === 'simulator';
  const console = openConsole({ openLink, links, simulated, messages });
  const service = cloud.instances;

  const tagKeys = (): string[] => {
    const regions = accountsOf(session.state()).flatMap((accountId) => registry.regions(accountId));
    const instances = regions.flatMap((region) => region.instances);
    return [...new Set(instances.flatMap(({ tags }) => tags.map(({ key }) => key)))].sort();
  };
  const refreshOne = refreshInstance({ service, registry, messages, signal });
  /** Where the rows are put together by project, its name is wanted. */
  function loadProjects(): void {
    if (arrangement.read().groupBy !== 'project') return;
    for (const accountId of accountsOf(session.state())) background(projects.load(accountId, 'ap-guangzhou'));
  }

  return {
    console,
    details: detailsContent({
      service,
      known: registry.find,
      seen: (instance) => {
        registry.put(instance.accountId, instance);
      },
      notes: ({ id, accountId, projectId }) => {
        const project = projectId === undefined ? undefined : projects.all().get(projectId);
        return Promise.resolve({
          account: profileOf(session.state(), accountId)?.name ?? '',
          ...(project === undefined ? {} : { project }),
          passwordKept: passwords.keeps(id),
        });
      },
      explain: cloud.explain,
      signal,
    }),
    handlers: {
      refresh: run(commandIds.refresh, l10n.t('Cannot refresh'), async () => {
        loadProjects();
        (await services.contents()).forgetAll();
        await Promise.all(accountsOf(session.state()).map((accountId) => refresher.refresh(accountId)));
      }),
      refreshInstance: run(
        commandIds.refreshInstance,
        l10n.t('Cannot refresh the instance'),
        onInstance(async (instance) => {
          await Promise.all([refreshOne(instance), (await services.contents()).refresh(instance)]);
        }),
      ),
      showDetails: run(
        commandIds.showDetails,
        l10n.t('Cannot show the details'),
        onInstance(showDetails({ documents })),
      ),
      refreshDetails: run(
        commandIds.refreshDetails,
        l10n.t('Cannot refresh the details'),
        refreshDetails({ documents }),
      ),
      copyAsJson: run(
        commandIds.copyAsJson,
        l10n.t('Cannot copy'),
        onInstance(copyAsJson({ service, clipboard, messages, signal })),
      ),
      copyId: run(
        commandIds.copyId,
        l10n.t('Cannot copy'),
        onInstance(({ id }) => copied(id)),
      ),
      copyRequestId: run(commandIds.copyRequestId, l10n.t('Cannot copy'), async (argument) => {
        const requestId = requestIdOf(argument);
        if (requestId !== undefined) await copied(requestId);
      }),
      openConsole: run(commandIds.openConsole, l10n.t('Cannot open the console'), console),
      groupInstances: run(commandIds.groupInstances, l10n.t('Cannot group'), async () => {
        await groupInstances({ ...arranging, tagKeys })();
        loadProjects();
      }),
      sortInstances: run(commandIds.sortInstances, l10n.t('Cannot sort'), sortInstances(arranging)),
      filterInstances: run(commandIds.filterInstances, l10n.t('Cannot filter'), filterInstances(arranging)),
      clearFilter: run(commandIds.clearFilter, l10n.t('Cannot clear the filter'), clearFilter(arranging)),
      showMore: run(commandIds.showMore, l10n.t('Cannot show more'), (argument) => {
        const list = listOf(argument);
        if (list !== undefined) services.showMore(list);
        return Promise.resolve();
      }),
      showLog: run(commandIds.showLog, l10n.t('Cannot show the log'), () => {
        services.showLog();
        return Promise.resolve();
      }),
      openSettings: run(commandIds.openSettings, l10n.t('Cannot open the settings'), () => openSetting()),
    },
  };
}
