import type { DatabaseAccount, InstanceAccess, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';
import { Secret } from './secret.ts';

/** What is missing before one can connect. */
export type Missing = 'address' | 'account' | 'database';

/**
 * A URI as libpq and every driver read it (PostgreSQL documentation, 34.1.1.2). It holds the password, so it is a secret.
 * An open public address is preferred, as it can be reached from anywhere.
 */
export function connectionUri(access: InstanceAccess): { uri: Secret; address: NetworkAddress } | { missing: Missing } {
  const address = reachable(access.instance.addresses);
  if (address === undefined) return { missing: 'address' };
  const account = access.accounts[0];
  if (account === undefined) return { missing: 'account' };
  const database = access.databases[0];
  if (database === undefined) return { missing: 'database' };
  return { address, uri: new Secret(uriOf(address, account, database)) };
}

function reachable(addresses: readonly NetworkAddress[]): NetworkAddress | undefined {
  const open = addresses.filter(isOpen);
  return open.find(({ kind }) => kind === 'public') ?? open[0];
}

function uriOf(address: NetworkAddress, account: DatabaseAccount, database: string): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const user = encodeURIComponent(account.user);
  const password = encodeURIComponent(account.password.reveal());
  return `postgresql://${user}:${password}@${host}:${String(address.port)}/${encodeURIComponent(database)}`;
}
