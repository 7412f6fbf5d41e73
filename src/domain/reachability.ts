import * as l10n from '@vscode/l10n';
import type { NetworkAddress } from './instance.ts';

/** From where an address can be connected to, as far as the address itself tells. */
export type Reach = 'anywhere' | 'thisMachine' | 'vpcOnly';

/** A loopback address is this machine's own, whatever it is called: the simulator's addresses are of that kind. */
export function reachOf({ kind, host }: Pick<NetworkAddress, 'kind' | 'host'>): Reach {
  if (isLoopback(host)) return 'thisMachine';
  return kind === 'public' ? 'anywhere' : 'vpcOnly';
}

/** `localhost` and the names below it (RFC 6761), 127.0.0.0/8 and ::1. */
function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The reason for or against an address, as a sentence. */
export function reachWords(reach: Reach): string {
  switch (reach) {
    case 'anywhere':
      return l10n.t('It can be reached from anywhere.');
    case 'thisMachine':
      return l10n.t('It is on this machine.');
    case 'vpcOnly':
      return l10n.t('It can be reached only from inside its VPC.');
  }
}
