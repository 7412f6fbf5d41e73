import { offeringOf, offerings } from '../domain/offerings/offerings.ts';
import type { Kind } from './kind.ts';
import { provisionedKind } from './provisioned/wizard.ts';
import { serverlessKind } from './serverless/wizard.ts';

const all: readonly Kind[] = [serverlessKind, provisionedKind];

/** The wizards of all kinds of instance, in the order in which the kinds are offered. */
export const kinds: readonly Kind[] = offerings.map(({ id }) => kindOf(id));

/** The wizard of that kind. @throws Error for one that this version does not know */
export function kindOf(id: string): Kind {
  const kind = all.find(({ offering }) => offering === offeringOf(id));
  if (kind === undefined) throw new Error(`No wizard for this kind of instance: ${id}`);
  return kind;
}
