import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { isIpv6, isOpenPublic } from '../domain/publicAddress.ts';
import type { Progress } from '../domain/windowPorts.ts';
import type { ClosingResult } from '../instances/closing.ts';
import type { PublicAccess } from '../instances/publicAccess.ts';
import { waitingWords } from './openPublicAccess.ts';

/** Closes the public address at once. Not asked about: it is the safe direction, and can be opened again. */
/** Families whose public address is open, `true` for IPv6; what is not known to be open is closed as IPv4. */
function openFamilies(instance: Instance): boolean[] {
  const open = [false, true].filter((ipv6) =>
    instance.addresses.some((address) => isOpenPublic(address) && isIpv6(address) === ipv6),
  );
  return open.length === 0 ? [false] : open;
}

export function closePublicAccess(deps: {
  readonly publicAccess: Pick<PublicAccess, 'close'>;
  readonly progress: Progress;
  readonly tell: (result: ClosingResult) => Promise<void>;
  readonly signal: AbortSignal;
}): (instance: Instance) => Promise<void> {
  return async (instance) => {
    for (const ipv6 of openFamilies(instance)) {
      const result = await deps.progress(l10n.t('Closing public access to "{0}"', instance.name), (report) => {
        report(l10n.t('Sending'));
        return deps.publicAccess.close(instance, ipv6, deps.signal, (seen) => {
          report(waitingWords(seen));
        });
      });
      await deps.tell(result);
    }
  };
}
