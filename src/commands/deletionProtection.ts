import type { Instance } from '../domain/instance.ts';
import type { Messages } from '../domain/windowPorts.ts';
import { isAble } from './able.ts';
import type { Apply } from './applyChange.ts';

/** Turns deletion protection on or off. Not asked about: it deletes nothing, and can be turned back. */
export function deletionProtection(deps: {
  readonly on: boolean;
  readonly apply: Apply;
  readonly messages: Messages;
}): (instance: Instance) => Promise<void> {
  const { on, apply, messages } = deps;
  return async (instance) => {
    if (!(await isAble(messages, instance, 'deletionProtection'))) return;
    await apply(instance, { kind: on ? 'protect' : 'unprotect' });
  };
}
