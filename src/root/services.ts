import type { CloudOnDemand } from '../api/onDemand.ts';
import type { ArrangementStore } from '../commands/arrangeInstances.ts';
import type { Connections } from '../credentials/connections.ts';
import type { SecretStore } from '../credentials/passwords.ts';
import type { Session } from '../credentials/session.ts';
import type { LocalKeySources } from '../credentials/sources/localKeySources.ts';
import type { Target } from '../domain/credentials.ts';
import type { Documents } from '../domain/documents.ts';
import type { Instance } from '../domain/instance.ts';
import type { Memory } from '../domain/memory.ts';
import type { OperationView } from '../domain/operation.ts';
import type { Log, Now, Sleep } from '../domain/ports.ts';
import type { Settings } from '../domain/settings.ts';
import type { Claims } from '../instances/claims.ts';
import type { ContentsStore } from '../instances/contents.ts';
import type { Journal } from '../instances/journal.ts';
import type { Retirements } from '../domain/retirement.ts';
import type { Refresher } from '../instances/refresher.ts';
import type { Registry } from '../instances/registry.ts';
import type { SimulatorProcess } from '../platform/simulatorProcess.ts';
import type { ProjectNames } from './projectNames.ts';

/** What activation has built and the use cases work with. */
export interface Services {
  readonly cloud: CloudOnDemand;
  readonly session: Session;
  readonly connections: Connections;
  readonly keySources: () => Promise<LocalKeySources>;
  /** Where passwords of databases are kept. */
  readonly secrets: SecretStore;
  /** Resolves when registry, journal and session have been read. */
  readonly opened: Promise<void>;
  readonly registry: Registry;
  readonly journal: Journal;
  readonly claims: Claims;
  readonly refresher: Refresher;
  readonly retirements: Retirements;
  /** Accounts and databases of instances, as far as somebody asked. */
  readonly contents: () => Promise<ContentsStore>;
  readonly projects: ProjectNames;
  /** The regions that are listed for an account. */
  readonly regions: (accountId: string) => readonly string[];
  readonly simulator: SimulatorProcess;
  readonly settings: () => Settings;
  readonly target: () => Target;
  /** Kept between sessions, no secrets. */
  readonly memory: Memory;
  readonly arrangement: ArrangementStore;
  /** Operations of the accounts that are shown. */
  readonly operations: () => readonly OperationView[];
  readonly documents: Documents;
  /** True when this extension runs where the person sits, which may not be where terminals open. */
  readonly runsBesideScreen: boolean;
  readonly revealInstance: (instance: Instance) => Promise<void>;
  readonly showActivity: () => Promise<void>;
  /** Shows more of a long list of the tree. */
  readonly showMore: (list: string) => void;
  readonly showLog: () => void;
  /** For work that nobody waits for: its failure is logged. */
  readonly background: (work: Promise<unknown>) => void;
  readonly signal: AbortSignal;
  readonly now: Now;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly log: Log;
}
