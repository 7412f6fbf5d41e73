import * as l10n from '@vscode/l10n';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Management, ServiceOf } from '../domain/ports.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question, Row } from '../wizard/question.ts';
import { isAble } from './able.ts';
import type { AskFor } from './asking.ts';
import { fromService } from './asking.ts';

export interface SecurityGroupAnswer {
  readonly id: string;
}

interface Deps {
  readonly management: ServiceOf<Pick<Management, 'securityGroups'>>;
  readonly explain: Explain;
  readonly ask: AskFor<SecurityGroupAnswer>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
}

/** Lists the security groups that guard an instance; Enter copies the id of one. */
export function showSecurityGroups(deps: Deps): (instance: Instance) => Promise<void> {
  const { ask, clipboard, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'securityGroups'))) return;
    const done: Partial<SecurityGroupAnswer> | undefined = await runWizard(
      [question(deps, instance)],
      {},
      'first',
      (step, answers, position) => ask(l10n.t('Security groups'), step, answers, position),
    );
    if (done?.id === undefined) return;
    await clipboard.write(done.id);
    messages.status(l10n.t('Copied: {0}', done.id));
  };
}

function question({ management, explain }: Deps, instance: Instance): Question<SecurityGroupAnswer> {
  return {
    key: 'group',
    title: plainText(instance.name),
    holds: () => false,
    prompt: () => ({
      kind: 'pick',
      placeholder: l10n.t('They decide who can reach "{0}". Enter copies the ID.', plainText(instance.name)),
      source: fromService(explain, l10n.t('No security group guards this instance.'), async (signal) => {
        const groups = await management(instance).securityGroups(instance.region, instance.id, signal);
        return groups.map(({ id, name, isDefault, note }): Row<SecurityGroupAnswer> => ({
          label: plainText(id),
          description: isDefault ? `${plainText(name)} · ${l10n.t('default')}` : plainText(name),
          ...(note === undefined || note === '' ? {} : { detail: plainText(note) }),
          choose: { kind: 'reply', reply: { kind: 'finish', values: { id } } },
        }));
      }),
    }),
  };
}
