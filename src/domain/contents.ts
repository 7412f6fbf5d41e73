import type { Explanation } from './explanation.ts';

/** An account of the database, not of the cloud (DescribeAccounts). */
export interface ServerAccount {
  readonly name: string;
  /** `normal`, `tencentDBSuper`, or whatever else the service says. */
  readonly type: string;
  /** Ready, or in one of the service's passing states. */
  readonly ready: boolean;
  readonly remark?: string;
  /** When its password was last set, as the service writes times. */
  readonly passwordSetAt?: string;
}

/** A database of an instance (DescribeDatabases). */
export interface Database {
  readonly name: string;
  readonly owner?: string;
  readonly encoding?: string;
}

/** The two types of account that can be made. */
export const accountTypes = ['normal', 'tencentDBSuper'] as const;
export type AccountType = (typeof accountTypes)[number];

/** A list that the service is asked for: on its way, there, or refused. */
export type Listed<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'rows'; readonly rows: readonly T[] }
  | { readonly kind: 'failed'; readonly explanation: Explanation };

/** What is known of what an instance holds; a list that nobody asked for is absent. */
export interface KnownContents {
  readonly accounts?: Listed<ServerAccount>;
  readonly databases?: Listed<Database>;
}
