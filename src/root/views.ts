import type { ArrangementStore } from '../commands/arrangeInstances.ts';
import type { Connections } from '../credentials/connections.ts';
import { accountOf, accountsOf } from '../credentials/session.ts';
import type { Session } from '../credentials/session.ts';
import type { Explain } from '../domain/explanation.ts';
import type { OperationView } from '../domain/operation.ts';
import type { Management, Now, ServiceOf } from '../domain/ports.ts';
import { createContents } from '../instances/contents.ts';
import type { ContentsStore } from '../instances/contents.ts';
import type { Journal } from '../instances/journal.ts';
import type { Refresher } from '../instances/refresher.ts';
import type { Registry } from '../instances/registry.ts';
import type { ActivityNode, ActivityState } from '../tree/activity.ts';
import { activityHeader, createActivityModel, describeActivity } from '../tree/activity.ts';
import { describeNode } from '../tree/describeNode.ts';
import { createElements } from '../tree/elements.ts';
import { createInstanceModel } from '../tree/instanceModel.ts';
import type { TreeNode } from '../tree/nodes.ts';
import { nextActivityTick, nextCountdown } from '../tree/ticks.ts';
import type { TreeState } from '../tree/treeState.ts';
import type { TreeParts } from '../tree/treeView.ts';
import { instanceHeader } from '../tree/viewHeader.ts';
import { accountStates } from './accountStates.ts';
import type { ProjectNames } from './projectNames.ts';

/** What the views show, loaded when somebody can see one of them. */
export interface Views {
  readonly instances: TreeParts<TreeNode>;
  readonly activity: TreeParts<ActivityNode>;
  /** Accounts and databases of instances, as far as somebody asked. */
  readonly contents: ContentsStore;
}

export function createViews(services: {
  readonly session: Pick<Session, 'state'>;
  readonly connections: Pick<Connections, 'seen'>;
  readonly registry: Pick<Registry, 'regions'>;
  readonly refresher: Pick<Refresher, 'refreshing'>;
  readonly journal: Pick<Journal, 'operations'>;
  readonly arrangement: ArrangementStore;
  readonly projects: ProjectNames;
  readonly management: ServiceOf<Management>;
  /** Told when more is known of what instances hold. */
  readonly contentsChanged: () => void;
  readonly explain: Explain;
  readonly signal: AbortSignal;
  readonly now: Now;
}): Views {
  const { session, connections, registry, refresher, journal, arrangement, projects, explain, now } = services;
  const contents = createContents(services);
  contents.onDidChange(services.contentsChanged);

  const operations = (): readonly OperationView[] =>
    accountsOf(session.state()).flatMap((accountId) => journal.operations(accountId));

  const accounts = () =>
    accountStates(session.state(), {
      facts: (id) => ({ regions: registry.regions(id), refreshing: refresher.refreshing(id) }),
      seen: connections.seen,
      explain,
      now: now(),
    });

  const treeState = (): TreeState => ({
    signedIn: accountOf(session.state()) !== '',
    simulator: session.state().kind === 'simulator',
    accounts: accounts(),
    operations: operations(),
    arrangement: arrangement.read(),
    projects: projects.all(),
    contents: contents.state(),
    now: now(),
  });

  const activityState = (): ActivityState => {
    const names = new Map(accounts().map(({ accountId, label }) => [accountId, label]));
    return { operations: operations(), ...(names.size > 1 ? { accounts: names } : {}), now: now() };
  };

  return {
    contents,
    instances: {
      elements: createElements(createInstanceModel(treeState)),
      describe: describeNode,
      header: () => instanceHeader(treeState()),
      opened: async (node) => {
        if (node.kind === 'databases' || node.kind === 'accounts') await contents.want(node.instance, node.kind);
      },
      nextTick: () => nextCountdown(operations(), now()),
    },
    activity: {
      elements: createElements(createActivityModel(activityState)),
      describe: describeActivity,
      header: activityHeader,
      nextTick: () => nextActivityTick(operations(), now()),
    },
  };
}
