import type { ChangeKind } from './operation.ts';
import type { NewAccount, NewDatabase, SwitchTime } from './ports.ts';
import type { Size } from './rental.ts';
import type { Secret } from './secret.ts';
import { sizeText } from './size.ts';

/** What `Management` can be asked to change, with all that it takes. It may hold a password, and is never kept. */
export type ChangeOrder =
  | { readonly kind: 'restart' | 'isolate' | 'restore' | 'protect' | 'unprotect' }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'resize'; readonly size: Size; readonly at: SwitchTime }
  | { readonly kind: 'resetPassword'; readonly account: string; readonly password: Secret }
  | { readonly kind: 'createAccount'; readonly account: NewAccount }
  | { readonly kind: 'deleteAccount'; readonly account: string }
  | { readonly kind: 'createDatabase' | 'deleteDatabase'; readonly database: NewDatabase };

/** A kind of operation that `createChange` sees to; the others have a room of their own. */
export type ManagedKind = ChangeOrder['kind'];

const elsewhere: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['delete', 'openPublic', 'closePublic']);

export function isManaged(kind: ChangeKind): kind is ManagedKind {
  return !elsewhere.has(kind);
}

/** What the record says of an order beside its kind. Never a password. */
export function subjectOf(order: ChangeOrder): string | undefined {
  switch (order.kind) {
    case 'rename':
      return order.name;
    case 'resize':
      return sizeText(order.size);
    case 'resetPassword':
    case 'deleteAccount':
      return order.account;
    case 'createAccount':
      return order.account.name;
    case 'createDatabase':
    case 'deleteDatabase':
      return order.database.name;
    case 'restart':
    case 'isolate':
    case 'restore':
    case 'protect':
    case 'unprotect':
      return undefined;
  }
}

/** The account with its new password, of an order that brings one. */
export function passwordIn(order: ChangeOrder): { readonly user: string; readonly password: Secret } | undefined {
  switch (order.kind) {
    case 'resetPassword':
      return { user: order.account, password: order.password };
    case 'createAccount':
      return { user: order.account.name, password: order.account.password };
    default:
      return undefined;
  }
}
