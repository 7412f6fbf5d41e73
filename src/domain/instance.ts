import type { Secret } from './secret.ts';
import type { Tag } from './tag.ts';

/** One address of an instance. */
export interface NetworkAddress {
  /** `private`, `public`, or whatever else the service says. */
  readonly kind: string;
  /** DNS name where there is one, else the IP; empty while there is neither. */
  readonly host: string;
  /** 0 while there is none. */
  readonly port: number;
  /** The service's own word (`opened`, `initing`, `0`, …). */
  readonly status: string;
}

/**
 * An instance as it is kept and shown. It carries no password: those stay in `api/` and are asked for
 * by the act that needs them (see `InstanceAccess`). Fields that the service left out are absent.
 */
export interface Instance {
  /** `postgres-` and eight characters; globally unique. */
  readonly id: string;
  /** The account that it belongs to, decimal digits. */
  readonly accountId: string;
  readonly name: string;
  /** As the service sent it; see `status.ts`. */
  readonly status: string;
  readonly region: string;
  readonly zone: string;
  readonly version?: string;
  readonly kernelVersion?: string;
  readonly charset?: string;
  readonly projectId?: number;
  readonly vpcId?: string;
  readonly subnetId?: string;
  /** `YYYY-MM-DD HH:mm:ss`, no time zone given by the service. */
  readonly createdAt?: string;
  /** Of the create that was sent from here; the service does not repeat it. Support asks for it. */
  readonly createRequestId?: string;
  readonly addresses: readonly NetworkAddress[];
  readonly tags: readonly Tag[];
}

/** What it takes to log in: read from the service at the moment of use, never stored. */
export interface InstanceAccess {
  readonly instance: Instance;
  readonly accounts: readonly DatabaseAccount[];
  readonly databases: readonly string[];
}

export interface DatabaseAccount {
  readonly user: string;
  /** The initial password; the service keeps sending it after it was changed inside the database. */
  readonly password: Secret;
}

/** True when the address can be connected to: both documented spellings of an open address count. */
export function isOpen(address: NetworkAddress): boolean {
  const status = address.status.trim().toLowerCase();
  return (status === 'opened' || status === '1') && address.host !== '' && address.port > 0;
}
