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
  /** Id of the kind of instance that it is; see `offerings`. */
  readonly offering: string;
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
  /** Class, such as `pg.it.small2`; this and what follows is there for kinds that have it. */
  readonly specCode?: string;
  readonly cpu?: number;
  readonly memoryGb?: number;
  readonly storageGb?: number;
  readonly storageType?: string;
  /** Zone of the standby, where it is another one. */
  readonly standbyZone?: string;
  /** The service's own word: `prepaid`, `postpaid`. */
  readonly chargeType?: string;
  /** When what was paid beforehand ends; as the service writes times. */
  readonly expiresAt?: string;
  /** When it went to the recycle bin. */
  readonly isolatedAt?: string;
  /** `primary`, `readonly`, or whatever else the service says. */
  readonly role?: string;
  /** Of a read-only replica: the instance that it follows. */
  readonly primaryId?: string;
  readonly deletionProtection?: boolean;
  readonly supportsIpv6?: boolean;
}

/** What it takes to log in: read from the service at the moment of use, never stored. */
export interface InstanceAccess {
  readonly instance: Instance;
  readonly accounts: readonly DatabaseAccount[];
  readonly databases: readonly string[];
}

export interface DatabaseAccount {
  readonly user: string;
  /**
   * The initial password, where the service tells it; it keeps sending it after it was changed inside the database.
   * Absent where only the person knows it.
   */
  readonly password?: Secret;
}

/** True when the address can be connected to: both documented spellings of an open address count. */
export function isOpen(address: NetworkAddress): boolean {
  const status = address.status.trim().toLowerCase();
  return (status === 'opened' || status === '1') && address.host !== '' && address.port > 0;
}

/** True for an instance that follows another one and is only read. */
export function isReplica({ role, primaryId }: Pick<Instance, 'role' | 'primaryId'>): boolean {
  return primaryId !== undefined || role?.trim().toLowerCase() === 'readonly';
}
