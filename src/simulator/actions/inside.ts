import { ApiError } from '../apiError.ts';
import type { InstanceBook, ProvisionedInstance } from '../instance.ts';
import type { Call } from '../product.ts';
import { type Ask, asSuperuser, type Superuser } from '../sql.ts';
import { findProvisioned, requireStatus } from './provisionedInstance.ts';

/** What the actions on accounts and databases work on. */
export interface InsideParts {
  readonly book: InstanceBook;
  /** The way into the PostgreSQL of a primary that runs; `undefined` where there is no PostgreSQL. */
  readonly superuser: (instance: ProvisionedInstance) => Promise<Superuser | undefined>;
  readonly now: () => number;
}

/** Accounts and databases of an instance that runs. */
export interface Inside {
  /** The primary, also where a replica was asked for: that is where they are. */
  readonly primary: ProvisionedInstance;
  /** Absent where there is no PostgreSQL; then what is written down is all there is. */
  readonly ask: Ask | undefined;
}

/** Which instance, who asks, and what for. */
interface Visit {
  readonly id: string;
  readonly call: Call;
  readonly purpose: 'look' | 'change';
}

/** Lets the work at the inside of an instance. @throws ApiError when the instance does not allow it now */
export async function visit<T>(parts: InsideParts, { id, call, purpose }: Visit, work: (inside: Inside) => Promise<T>) {
  const instance = findProvisioned(parts.book, id, call);
  const { primaryId } = instance.provision;
  if (primaryId !== '' && purpose === 'change') {
    throw new ApiError('OperationDenied.InstanceTypeDenied', 'A read-only instance does not allow this.');
  }
  const primary = primaryId === '' ? instance : findProvisioned(parts.book, primaryId, call);
  for (const one of [instance, primary]) requireStatus(one, 'running');
  const superuser = await parts.superuser(primary);
  return superuser === undefined
    ? work({ primary, ask: undefined })
    : asSuperuser(superuser, (ask) => work({ primary, ask }));
}

/** The one of that name; where none is written exactly so, the one that differs only in case. */
export function named<T extends { readonly name: string }>(items: readonly T[], name: string): T | undefined {
  return (
    items.find((item) => item.name === name) ?? items.find((item) => item.name.toLowerCase() === name.toLowerCase())
  );
}
