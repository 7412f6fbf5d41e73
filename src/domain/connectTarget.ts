import type { Instance, InstanceAccess, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';
import type { Reach } from './reachability.ts';
import { reachOf } from './reachability.ts';
import type { Secret } from './secret.ts';

/** What is missing before one can connect; without a password, that of the account which would be used. */
export type Missing =
  { readonly what: 'address' | 'account' | 'database' } | { readonly what: 'password'; readonly user: string };

export type AddressKind = 'private' | 'public';

/** Who logs in to what. It holds the password and lives no longer than the act that asked for it. */
export interface Login {
  readonly user: string;
  readonly password: Secret;
  /** True when the password is the one that is kept here for connections, not the service's. */
  readonly passwordIsKept: boolean;
  readonly database: string;
}

/** One way to log in. It lives no longer than a `Login`. */
export interface ConnectTarget extends Login {
  readonly instance: Pick<Instance, 'id' | 'name'>;
  readonly address: AddressKind;
  readonly reach: Reach;
  readonly host: string;
  readonly port: number;
}

/** One for each address that is open; the first is the proposed one. */
export type Targets = readonly [ConnectTarget, ...ConnectTarget[]];

/** The password that is kept for an account. It goes before the service's, which keeps sending the initial one after a change. */
export type KeptPassword = (user: string) => Secret | undefined;

/** Made with every server, and nobody's own. */
const maintenance = 'postgres';
const templates: ReadonlySet<string> = new Set(['template0', 'template1']);

/**
 * The account and the database that are proposed: the first account whose password is kept, else the first whose
 * password the service tells; the first database that is somebody's own, else the one for maintenance.
 */
export function loginOf(access: InstanceAccess, kept: KeptPassword): { readonly login: Login } | Missing {
  const { accounts, databases } = access;
  const [first] = accounts;
  if (first === undefined) return { what: 'account' };
  const usable = databases.filter((name) => !templates.has(name));
  const database = usable.find((name) => name !== maintenance) ?? usable[0];
  if (database === undefined) return { what: 'database' };

  const logins = accounts.flatMap(({ user, password: told }): Login[] => {
    const own = kept(user);
    const password = own ?? told;
    return password === undefined ? [] : [{ user, password, passwordIsKept: own !== undefined, database }];
  });
  const login = logins.find(({ passwordIsKept }) => passwordIsKept) ?? logins[0];
  return login === undefined ? { what: 'password', user: first.user } : { login };
}

/** The ways to log in. A public address comes first: it works from wherever this is, a private one only inside its VPC. */
export function connectTargets(access: InstanceAccess, kept: KeptPassword): { readonly targets: Targets } | Missing {
  const { instance } = access;
  const open = instance.addresses.filter(isOpen);
  const [first, ...others] = [
    ...open.filter(({ kind }) => kind === 'public').slice(0, 1),
    ...open.filter(({ kind }) => kind !== 'public').slice(0, 1),
  ];
  if (first === undefined) return { what: 'address' };
  const found = loginOf(access, kept);
  if (!('login' in found)) return found;

  const through = (address: NetworkAddress): ConnectTarget => ({
    instance: { id: instance.id, name: instance.name },
    address: address.kind === 'public' ? 'public' : 'private',
    reach: reachOf(address),
    host: address.host,
    port: address.port,
    ...found.login,
  });
  return { targets: [through(first), ...others.map(through)] };
}

/** The one through the preferred address, else the proposed one. */
export function preferred(targets: Targets, kind: AddressKind | undefined): ConnectTarget {
  return targets.find(({ address }) => address === kind) ?? targets[0];
}
