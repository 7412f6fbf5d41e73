import * as l10n from '@vscode/l10n';
import { ServiceError, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import { firstRegions } from '../domain/offerings/names.ts';
import { offeringOf } from '../domain/offerings/offerings.ts';
import type { InstanceService, ServiceOf } from '../domain/ports.ts';
import type { Retirements } from '../domain/retirement.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** Asks the service once more whether it has withdrawn a kind: by reading a list, which changes nothing. */
export function recheckRetirement(deps: {
  readonly accountId: () => string;
  readonly service: ServiceOf<Pick<InstanceService, 'list'>>;
  readonly retirements: Pick<Retirements, 'note' | 'forget'>;
  readonly explain: Explain;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}): (offering: string) => Promise<void> {
  const { accountId, service, retirements, explain, messages, signal } = deps;

  return async (offering) => {
    const owner = { accountId: accountId(), offering };
    const { label } = offeringOf(offering);
    try {
      await service(owner).list(firstRegions[0] ?? '', signal);
    } catch (thrown) {
      const error = toError(thrown);
      const { kind, serviceWords = '', requestId = '' } = explain(error);
      if (!(error instanceof ServiceError) || kind !== 'retired') throw error;
      await retirements.note(owner, { serviceWords, requestId });
      messages.status(l10n.t('The service still says that it has withdrawn this kind: {0}', label));
      return;
    }
    await retirements.forget(owner);
    messages.status(l10n.t('The service answers for this kind again: {0}', label));
  };
}
