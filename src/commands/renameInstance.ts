import * as l10n from '@vscode/l10n';
import type { Rule } from '../domain/createPlan.ts';
import type { Instance } from '../domain/instance.ts';
import type { AskText, Messages } from '../domain/windowPorts.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';

/** Gives the instance another name. The same name, and an empty box, send nothing. */
export function renameInstance(deps: {
  readonly apply: Apply;
  readonly askText: AskText;
  readonly rule: Rule;
  readonly messages: Messages;
}): (instance: Instance) => Promise<void> {
  const { apply, askText, rule, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'rename'))) return;
    const { name, id } = instance;
    const typed = await askText({
      title: l10n.t('Rename instance'),
      prompt: l10n.t('New name of {0}. Connections and addresses stay as they are.', id),
      value: name,
      // A name that was given elsewhere may break the rule, and leaving it is no mistake.
      rule: (text) => (text.trim() === name ? undefined : rule(text)),
    });
    const next = typed?.trim();
    if (next === undefined || next === name) return;
    await apply(instance, { kind: 'rename', name: next });
  };
}
