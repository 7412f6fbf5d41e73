import type { CreatePlan } from './createPlan.ts';
import type { Connection, Identity } from './credentials.ts';
import type { Instance, InstanceAccess } from './instance.ts';
import type { Project, Subnet, Vpc } from './network.ts';

/** What was created: the instance's id, and the request id that support asks for. */
export interface Created {
  readonly instanceId: string;
  readonly requestId: string;
}

/** What the service took and works on. */
export interface Accepted {
  readonly requestId: string;
}

/** A create request as it goes over the wire, without its signature. */
export interface CreateRequest {
  readonly action: string;
  readonly version: string;
  readonly region: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Makes, reads and changes instances of one offering in one account. One region a call. Every call may throw the kinds of `errors.ts`. */
export interface InstanceService {
  /** The request that `create` would send for this plan, for a person to read. */
  request(plan: CreatePlan): CreateRequest;
  /** Sent once, never repeated. */
  create(plan: CreatePlan, signal: AbortSignal): Promise<Created>;
  /** Every instance of the region, all pages. */
  list(region: string, signal: AbortSignal): Promise<Instance[]>;
  /** The instance of exactly that name in the region. */
  findByName(region: string, name: string, signal: AbortSignal): Promise<Instance | undefined>;
  findById(region: string, id: string, signal: AbortSignal): Promise<Instance | undefined>;
  /** The same, with accounts and passwords: for the act that asked, not to be kept. */
  access(region: string, id: string, signal: AbortSignal): Promise<InstanceAccess | undefined>;
  /** Deletes at once and for good: there is no recycle bin. Sent once, never repeated, as the two below. */
  delete(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  /** Resolves when the service has taken the request; the address opens some time later. */
  openPublicAccess(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
  /** Likewise; the address closes some time later. */
  closePublicAccess(region: string, id: string, signal: AbortSignal): Promise<Accepted>;
}

/** The service of one account, by the account's id. */
export type ServiceOf<T = InstanceService> = (accountId: string) => T;

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
  vpcs(region: string, signal: AbortSignal): Promise<Vpc[]>;
  subnets(region: string, vpcId: string, signal: AbortSignal): Promise<Subnet[]>;
  projects(region: string, signal: AbortSignal): Promise<Project[]>;
  tagKeys(region: string, signal: AbortSignal): Promise<string[]>;
  tagValues(region: string, key: string, signal: AbortSignal): Promise<string[]>;
}

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
  /** Calls a short while after records were written or removed, by this process or by another. */
  watch(listener: () => void): { dispose(): void };
}
