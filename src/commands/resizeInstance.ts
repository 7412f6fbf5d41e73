import * as l10n from '@vscode/l10n';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Catalog, Management, ServiceOf } from '../domain/ports.ts';
import { amountWords } from '../domain/price.ts';
import type { Confirm, Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';
import type { AskFor } from './asking.ts';
import { withinLimit } from './priceAgreement.ts';
import type { ResizeAnswers } from './resizeQuestions.ts';
import { isPrepaid, resizeQuestions, sizeOf } from './resizeQuestions.ts';

export interface ResizeInstanceDeps {
  readonly catalog: (accountId: string) => Pick<Catalog, 'classes'>;
  readonly management: ServiceOf<Pick<Management, 'resizePrice'>>;
  readonly explain: Explain;
  readonly apply: Apply;
  readonly ask: AskFor<ResizeAnswers>;
  readonly confirm: Confirm;
  /** The hourly price above which is asked once more, in units of the currency; absent: no limit. */
  readonly priceLimit: () => number | undefined;
  readonly messages: Messages;
}

/** Gives the instance another class or more storage, with the price said before. */
export function resizeInstance(deps: ResizeInstanceDeps): (instance: Instance) => Promise<void> {
  const { catalog, management, explain, apply, ask, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'resize'))) return;
    const questions = resizeQuestions(
      { catalog: catalog(instance.accountId), management: management(instance), explain },
      instance,
    );
    const done: Partial<ResizeAnswers> | undefined = await runWizard(
      questions,
      {},
      'first',
      (question, answers, position) => ask(l10n.t('Resize'), question, answers, position),
    );
    const size = done === undefined ? undefined : sizeOf(done);
    if (done?.at === undefined || size === undefined || !(await agreed(deps, instance, done))) return;
    await apply(instance, { kind: 'resize', size, at: done.at });
  };
}

/** The second word before money is spent in an unusual way. */
async function agreed(
  { confirm, priceLimit }: ResizeInstanceDeps,
  instance: Instance,
  { price: shown }: Partial<ResizeAnswers>,
): Promise<boolean> {
  const price = shown === 'unknown' ? undefined : shown;
  if (!isPrepaid(instance)) return withinLimit(price, priceLimit(), confirm);
  return confirm(
    l10n.t('Pay for the new size at once?'),
    price === undefined
      ? l10n.t('The service named no price. The whole sum is taken from the account at once.')
      : l10n.t('{0} is taken from the account at once.', amountWords(price)),
    l10n.t('Pay in Advance'),
  );
}
