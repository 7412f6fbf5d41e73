import type { Instance, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';

/** Whether an instance can be reached from the internet; `changing` also where the service's word is not known. */
export type PublicAccessState = 'open' | 'changing' | 'closed';

/** The words of documents for an address that was never opened or is closed again. */
const closedWords: ReadonlySet<string> = new Set(['closed', 'initing', '0', '']);

/**
 * What the public addresses say. An instance without one is closed.
 * @param ipv6 only those of this family; absent: all. One without a host yet can become either.
 */
export function publicAccessState({ addresses }: Pick<Instance, 'addresses'>, ipv6?: boolean): PublicAccessState {
  const states = addresses
    .filter((address) => isPublic(address) && (ipv6 === undefined || address.host === '' || isIpv6(address) === ipv6))
    .map(stateOf);
  return states.find((state) => state === 'open') ?? states.find((state) => state === 'changing') ?? 'closed';
}

/** The service's own word for the public address; empty without one. */
export function publicAddressStatus({ addresses }: Pick<Instance, 'addresses'>): string {
  return addresses.find(isPublic)?.status ?? '';
}

/** The public address that can be connected to. */
export function openPublicAddress({ addresses }: Pick<Instance, 'addresses'>): NetworkAddress | undefined {
  return addresses.find(isOpenPublic);
}

export function isOpenPublic(address: NetworkAddress): boolean {
  return isPublic(address) && isOpen(address);
}

/** True for an address that is written in the way of IPv6. */
export function isIpv6({ host }: NetworkAddress): boolean {
  return host.includes(':');
}

function isPublic({ kind }: NetworkAddress): boolean {
  return kind.trim().toLowerCase() === 'public';
}

function stateOf(address: NetworkAddress): PublicAccessState {
  if (isOpen(address)) return 'open';
  return closedWords.has(address.status.trim().toLowerCase()) ? 'closed' : 'changing';
}
