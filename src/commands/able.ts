import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import type { Capability } from '../domain/offerings/offering.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import type { Messages } from '../domain/windowPorts.ts';

/** True when instances of this kind can do that. */
export function can({ offering }: Pick<Instance, 'offering'>, capability: Capability): boolean {
  return findOffering(offering)?.can(capability) === true;
}

/** The same, and says so where not: menus hide what cannot be done, keyboard shortcuts do not. */
export async function isAble(
  messages: Pick<Messages, 'info'>,
  instance: Pick<Instance, 'name' | 'offering'>,
  capability: Capability,
): Promise<boolean> {
  if (can(instance, capability)) return true;
  const kind = findOffering(instance.offering)?.label ?? instance.offering;
  await messages.info(l10n.t('"{0}" cannot do this: it is of the kind "{1}".', instance.name, kind));
  return false;
}
