import type { AccountType, Database, ServerAccount } from './contents.ts';
import type { CreatePlan } from './createPlan.ts';
import type { Connection, Identity } from './credentials.ts';
import type { Instance, InstanceAccess } from './instance.ts';
import type { Project, Subnet, Vpc } from './network.ts';
import type { Price } from './price.ts';
import type { InstanceClass, PriceQuery, SecurityGroup, ServiceVersion, ServiceZone, Size } from './rental.ts';
import type { Secret } from './secret.ts';
import type { Task } from './task.ts';

/** What a create request was answered with. */
export interface Created {
  /** Absent when the service named orders only; then `findCreated` tells. */
  readonly instanceId?: string;
  /** Orders that were placed, where the service sells by order. */
  readonly orders?: readonly string[];
  /** What support asks for. */
  readonly requestId: string;
}

/** What the service took and works on. */
export interface Accepted {
  readonly requestId: string;
  /** By which its progress can be followed, where the service gives one. */
  readonly taskId?: number;
}

/** A create request as it goes over the wire, without its signature and without its password. */
export interface CreateRequest {
  readonly action: string;
  readonly version: string;
  readonly region: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A plan with what must not be written down. */
export interface CreateOrder {
  readonly plan: CreatePlan;
  /** Of the account that the plan names; absent where the service makes one. */
  readonly password?: Secret;
}

/** What is known of a create whose instance is not. */
export interface CreateTrace {
  readonly plan: CreatePlan;
  /** When it was sent, in milliseconds since the epoch, by this machine's clock. */
  readonly sentAt: number;
  /** Milliseconds by which the service's clock was ahead of that one then; absent: take what is known now. */
  readonly clockAhead?: number;
  readonly orders?: readonly string[];
  /** Instances of that name that were there before it was sent; absent when they could not be asked for. */
  readonly earlier?: readonly string[];
}

/** Makes, reads and changes instances of one offering in one account. One region a call. Every call may throw the kinds of `errors.ts`. */
export interface InstanceService {
  /** The request that `create` would send for this plan, for a person to read. A password in it reads `***`. */
  request(plan: CreatePlan): CreateRequest;
  /** A write: sent again only when it provably had no effect, as all the others here and in `Management`. */
  create(order: CreateOrder, signal: AbortSignal): Promise<Created>;
  /** Milliseconds by which the service's clock is ahead of this machine's, as far as its answers have told. */
  clockAhead(): Promise<number>;
  /** The instances that this create may have made: none, the one, or several that cannot be told apart. */
  findCreated(trace: CreateTrace, signal: AbortSignal): Promise<readonly Instance[]>;
  /** Every instance of the region, all pages. */
  list(region: string, signal: AbortSignal): Promise<Instance[]>;
  /** Every instance of exactly that name in the region, the oldest first. */
  findNamed(region: string, name: string, signal: AbortSignal): Promise<readonly Instance[]>;
  /** One of them, of several one that is not gone. */
  findByName(region: string, name: string, signal: AbortSignal): Promise<Instance | undefined>;
  findById(region: string, id: string, signal: AbortSignal): Promise<Instance | undefined>;
  /** The same, with accounts and passwords: for the act that asked, not to be kept. */
  access(region: string, id: string, signal: AbortSignal): Promise<InstanceAccess | undefined>;
  /** For good: what has a recycle bin must be in it. */
  delete(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  /** Resolves when the service has taken the request; the address opens some time later. */
  openPublicAccess(region: string, id: string, ipv6: boolean, signal: AbortSignal): Promise<Accepted>;
  /** Likewise; the address closes some time later. */
  closePublicAccess(region: string, id: string, ipv6: boolean, signal: AbortSignal): Promise<Accepted>;
}

/** When a new class takes over, which cuts connections for a moment. */
export type SwitchTime = { readonly kind: 'now' } | { readonly kind: 'maintenanceWindow' };

/** What some offerings can do beyond that (`can`). Writes are sent again only when they provably had no effect. */
export interface Management {
  rename(region: string, id: string, name: string, signal: AbortSignal): Promise<Accepted>;
  restart(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  /** Into the recycle bin. */
  isolate(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  /** Out of it. */
  restore(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  setDeletionProtection(region: string, id: string, on: boolean, signal: AbortSignal): Promise<Accepted>;
  resize(region: string, id: string, size: Size, at: SwitchTime, signal: AbortSignal): Promise<Accepted>;
  /** What the new size costs; `undefined` when the service gives no usable price. */
  resizePrice(region: string, id: string, size: Size, signal: AbortSignal): Promise<Price | undefined>;
  accounts(region: string, id: string, signal: AbortSignal): Promise<ServerAccount[]>;
  createAccount(region: string, id: string, account: NewAccount, signal: AbortSignal): Promise<Accepted>;
  deleteAccount(region: string, id: string, name: string, signal: AbortSignal): Promise<Accepted>;
  resetPassword(region: string, id: string, account: string, password: Secret, signal: AbortSignal): Promise<Accepted>;
  databases(region: string, id: string, signal: AbortSignal): Promise<Database[]>;
  createDatabase(region: string, id: string, database: NewDatabase, signal: AbortSignal): Promise<Accepted>;
  deleteDatabase(region: string, id: string, database: NewDatabase, signal: AbortSignal): Promise<Accepted>;
  /** Those that guard the instance. */
  securityGroups(region: string, id: string, signal: AbortSignal): Promise<SecurityGroup[]>;
  /** `undefined` when the service does not list the task. */
  task(region: string, taskId: number, signal: AbortSignal): Promise<Task | undefined>;
}

export interface NewAccount {
  readonly name: string;
  readonly type: AccountType;
  readonly password: Secret;
}

export interface NewDatabase {
  readonly name: string;
  readonly owner: string;
}

/** Which account and which kind of instance a call is about; instances and operations are owners. */
export interface Owner {
  readonly accountId: string;
  /** Id of the offering. */
  readonly offering: string;
}

/** The service of one account for one kind of instance. */
export type ServiceOf<T = InstanceService> = (owner: Owner) => T;

/** A region as the service lists it (DescribeRegions). */
export interface ServiceRegion {
  readonly region: string;
  /** In the language of the answer. */
  readonly name: string;
  readonly available: boolean;
}

/** The rest of the account that the wizard offers. */
export interface Catalog {
  /** The regions that the service is in, as it says itself. */
  regions(signal: AbortSignal): Promise<ServiceRegion[]>;
  zones(region: string, signal: AbortSignal): Promise<ServiceZone[]>;
  versions(region: string, signal: AbortSignal): Promise<ServiceVersion[]>;
  classes(
    region: string,
    of: { readonly zone: string; readonly version: string; readonly storageType: string },
    signal: AbortSignal,
  ): Promise<InstanceClass[]>;
  /** `undefined` when the service gives no usable price. */
  price(query: PriceQuery, signal: AbortSignal): Promise<Price | undefined>;
  vpcs(region: string, signal: AbortSignal): Promise<Vpc[]>;
  subnets(region: string, vpcId: string, signal: AbortSignal): Promise<Subnet[]>;
  securityGroups(region: string, signal: AbortSignal): Promise<SecurityGroup[]>;
  projects(region: string, signal: AbortSignal): Promise<Project[]>;
  tagKeys(region: string, signal: AbortSignal): Promise<string[]>;
  tagValues(region: string, key: string, signal: AbortSignal): Promise<string[]>;
}

/** The catalogue of one account. */
export type CatalogOf = (accountId: string) => Catalog;

/** Tells whose keys these are; throws as any call when they are refused. */
export type Identify = (connection: Connection, signal: AbortSignal) => Promise<Identity>;

/** Log text is for engineers and not translated. Details must hold no secret; `Secret` values print as `***`. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Resolves after that many milliseconds; rejects with `CancelledError` when the signal aborts. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Milliseconds since the epoch. */
export type Now = () => number;

/** A small JSON file with one owner. The value is `unknown`: the reader checks it. */
export interface JsonFile {
  /** `undefined` when there is none. Rejects when it is there and cannot be read or is not JSON. */
  read(): Promise<unknown>;
  /** Replaces it as a whole, or not at all. */
  write(value: unknown): Promise<void>;
  /** Moves it out of the way, keeping its content beside it; for a file that cannot be understood. */
  setAside(): Promise<void>;
  /** Removing what is not there is no error. */
  remove(): Promise<void>;
}

/** JSON files of one folder. Names are ours, without ending, made of letters, digits and hyphens. */
export interface JsonFiles {
  /** Of those that are there. */
  names(): Promise<readonly string[]>;
  of(name: string): JsonFile;
}

/** A folder of small JSON files, one a record. */
export interface JsonFolder {
  /** Names without ending → content; a file that is not JSON is set aside and left out. */
  read(): Promise<ReadonlyMap<string, unknown>>;
  /** One content as it is now; `undefined` when there is none. Rejects as `JsonFile.read`. */
  readOne(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /**
   * Calls a short while after records were written or removed, by this process or by another.
   * @param listener is given the names of those records; `undefined` when it may be any
   */
  watch(listener: (names: ReadonlySet<string> | undefined) => void): { dispose(): void };
}
