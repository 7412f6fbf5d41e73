import type { AssumedRole, Site } from './credentials.ts';

/** Where the keys of a profile come from. Chosen by the person, never guessed. */
export type KeySource =
  /** Typed in once, kept in the secret storage of the editor. */
  | { readonly kind: 'stored' }
  | { readonly kind: 'environment' }
  /** `~/.tencentcloud/credentials`, which the official SDKs read. */
  | { readonly kind: 'sdkFile' }
  /** `~/.tccli/<profile>.credential`, which the official command line writes. */
  | { readonly kind: 'tccli'; readonly profile: string }
  /** The role of the cloud server that the editor runs on. */
  | { readonly kind: 'cvmRole' };

/** A named way into one account. Holds no secret. */
export interface Profile {
  /** Ours; never shown. */
  readonly id: string;
  /** As the person named it; unique. */
  readonly name: string;
  readonly source: KeySource;
  readonly role?: AssumedRole;
  /** The account and user that the keys belonged to when the profile was made. */
  readonly accountId: string;
  readonly userId: string;
  /** The site that the account belongs to; absent: what the setting says. */
  readonly site?: Site;
  /** The regions whose instances are listed; absent: those that regions.ts proposes. */
  readonly regions?: readonly string[];
}

/** True when keys come from the same place, so that one profile can stand for the other. */
export function sameSource(a: KeySource, b: KeySource): boolean {
  return a.kind === b.kind && (a.kind !== 'tccli' || b.kind !== 'tccli' || a.profile === b.profile);
}

/** Why a source has no keys to give. `what` names a field or a file, never its content. */
export type KeysProblem =
  | { readonly kind: 'missing' }
  | { readonly kind: 'incomplete'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly what: string }
  /** `at`: milliseconds since the epoch. */
  | { readonly kind: 'expired'; readonly at: number }
  | { readonly kind: 'notLoggedIn' }
  /** The source now holds keys of another account than the profile was made for. */
  | { readonly kind: 'otherAccount'; readonly accountId: string };
