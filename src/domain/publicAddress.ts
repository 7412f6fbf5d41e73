import type { Instance, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';

/** Whether an instance can be reached from the internet; `changing` also where the service's word is not known. */
export type PublicAccessState = 'open' | 'changing' | 'closed';

/** The words of documents for an address that was never opened or is closed again. */
const closedWords: ReadonlySet<string> = new Set(['closed', 'initing', '0', '']);

/** What the public addresses say. An instance without one is closed. */
export function publicAccessState({ addresses }: Pick<Instance, 'addresses'>): PublicAccessState {
  const states = addresses.filter(isPublic).map(stateOf);
  return states.find((state) => state === 'open') ?? states.find((state) => state === 'changing') ?? 'closed';
}

/** The service's own word for the public address; empty without one. */
export function publicAddressStatus({ addresses }: Pick<Instance, 'addresses'>): string {
  return addresses.find(isPublic)?.status ?? '';
}

/** The public address that can be connected to. */
export function openPublicAddress({ addresses }: Pick<Instance, 'addresses'>): NetworkAddress | undefined {
  return addresses.find((address) => isPublic(address) && isOpen(address));
}

function isPublic({ kind }: NetworkAddress): boolean {
  return kind.trim().toLowerCase() === 'public';
}

function stateOf(address: NetworkAddress): PublicAccessState {
  if (isOpen(address)) return 'open';
  return closedWords.has(address.status.trim().toLowerCase()) ? 'closed' : 'changing';
}
