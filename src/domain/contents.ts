/** An account of the database, not of the cloud (DescribeAccounts). */
export interface ServerAccount {
  readonly name: string;
  /** `normal`, `tencentDBSuper`, or whatever else the service says. */
  readonly type: string;
  /** Ready, or in one of the service's passing states. */
  readonly ready: boolean;
  readonly remark?: string;
}

/** A database of an instance (DescribeDatabases). */
export interface Database {
  readonly name: string;
  readonly owner?: string;
  readonly encoding?: string;
}

/** What an instance holds. */
export interface Contents {
  readonly accounts: readonly ServerAccount[];
  readonly databases: readonly Database[];
}

/** The two types of account that can be made. */
export const accountTypes = ['normal', 'tencentDBSuper'] as const;
export type AccountType = (typeof accountTypes)[number];
