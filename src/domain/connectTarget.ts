import type { Instance, InstanceAccess, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';
import type { Reach } from './reachability.ts';
import { reachOf } from './reachability.ts';
import type { Secret } from './secret.ts';

/** What is missing before one can connect. */
export type Missing = 'address' | 'account' | 'database';

export type AddressKind = 'private' | 'public';

/** One way to log in. It holds the password and lives no longer than the act that asked for it. */
export interface ConnectTarget {
  readonly instance: Pick<Instance, 'id' | 'name'>;
  readonly address: AddressKind;
  readonly reach: Reach;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  /** True when the password is the one that the person set for connections, not the service's. */
  readonly passwordIsKept: boolean;
  readonly database: string;
}

/** One for each address that is open; the first is the proposed one. */
export type Targets = readonly [ConnectTarget, ...ConnectTarget[]];

/**
 * The ways to log in. A public address comes first: it works from wherever this is, a private one only inside its VPC.
 * @param keptPassword goes before the service's, which keeps sending the initial password after a change
 */
export function connectTargets(
  access: InstanceAccess,
  keptPassword: Secret | undefined,
): { readonly targets: Targets } | { readonly missing: Missing } {
  const { instance } = access;
  const open = instance.addresses.filter(isOpen);
  const [first, ...others] = [
    ...open.filter(({ kind }) => kind === 'public').slice(0, 1),
    ...open.filter(({ kind }) => kind !== 'public').slice(0, 1),
  ];
  if (first === undefined) return { missing: 'address' };
  const account = access.accounts[0];
  if (account === undefined) return { missing: 'account' };
  const database = access.databases[0];
  if (database === undefined) return { missing: 'database' };

  const through = (address: NetworkAddress): ConnectTarget => ({
    instance: { id: instance.id, name: instance.name },
    address: address.kind === 'public' ? 'public' : 'private',
    reach: reachOf(address),
    host: address.host,
    port: address.port,
    user: account.user,
    password: keptPassword ?? account.password,
    passwordIsKept: keptPassword !== undefined,
    database,
  });
  return { targets: [through(first), ...others.map(through)] };
}

/** The one through the preferred address, else the proposed one. */
export function preferred(targets: Targets, kind: AddressKind | undefined): ConnectTarget {
  return targets.find(({ address }) => address === kind) ?? targets[0];
}
