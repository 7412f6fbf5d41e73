import type { ArrangementStore } from '../../../src/commands/arrangeInstances.ts';
import type { Connections } from '../../../src/credentials/connections.ts';
import type { Session } from '../../../src/credentials/session.ts';
import { usualArrangement } from '../../../src/tree/arrangement.ts';
import type { ProjectNames } from '../../../src/root/projectNames.ts';
import { account } from './world.ts';

/** Who is signed in, and how the list is arranged: nothing of it changes while the load test runs. */
export function accountStandIn(): {
  readonly session: Pick<Session, 'state'>;
  readonly connections: Pick<Connections, 'seen'>;
  readonly arrangement: ArrangementStore;
  readonly projects: ProjectNames;
} {
  const current = { id: 'one', name: 'load', source: { kind: 'stored' }, accountId: account, userId: '2' } as const;
  return {
    session: { state: () => ({ kind: 'cloud', profiles: [current], current, showAll: false }) },
    connections: { seen: () => ({}) },
    arrangement: { read: () => usualArrangement, write: () => Promise.resolve() },
    projects: {
      all: () => new Map(),
      load: () => Promise.resolve(),
      onDidChange: () => ({ dispose: () => undefined }),
    },
  };
}
