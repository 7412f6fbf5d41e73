import type { OperationKind } from '../../src/domain/operation.ts';

/** How an instance has to stand before a write can be sent to it. */
export type Needs = 'nothing' | 'running' | 'isolated' | 'protected' | 'account' | 'database' | 'open';

/** One way in which this extension changes something at the service. */
export interface Write {
  readonly name: string;
  /** The record that is made of it. */
  readonly kind: OperationKind;
  readonly offering: 'serverless' | 'provisioned';
  /** The action that it is, as the service counts it. */
  readonly action: string;
  /** What is read meanwhile. */
  readonly reads: readonly string[];
  readonly needs: Needs;
  /** An address needs a PostgreSQL behind it. */
  readonly hasAddress?: boolean;
  /** It is called off before anything is sent. */
  readonly isUndone?: true;
  /** What is opened closes again by itself. */
  readonly closesAgain?: true;
  /** No sign of it can be read, so a lost answer leaves it open for good. */
  readonly leavesNoSign?: true;
  /** An earlier window could not settle it, and a person says which instance it has made. Nothing is sent. */
  readonly isChoice?: true;
}

export const names = {
  accountId: '100000000001',
  region: 'ap-guangzhou',
  instance: 'crash',
  renamed: 'crash-renamed',
  admin: 'crash_admin',
  account: 'crash_user',
  database: 'crash_data',
} as const;

/** The account whose password a write is about: the one that it brings or the one that it makes pointless. */
export function accountOf({ kind, offering }: Pick<Write, 'kind' | 'offering'>): string {
  if (offering === 'serverless') return '';
  return kind === 'createAccount' || kind === 'deleteAccount' ? names.account : names.admin;
}

const serverless = { offering: 'serverless', reads: ['DescribeServerlessDBInstances'] } as const;
const provisioned = { offering: 'provisioned', reads: ['DescribeDBInstanceAttribute', 'DescribeDBInstances'] } as const;
const tasked = { ...provisioned, reads: [...provisioned.reads, 'DescribeTasks'] } as const;
const create = { kind: 'create', needs: 'nothing' } as const;

/** All of them. That no kind of operation is missing is held by a test. */
export const writes: readonly Write[] = [
  { name: 'create serverless', ...create, ...serverless, action: 'CreateServerlessDBInstance' },
  { name: 'create pay-as-you-go', ...create, ...provisioned, action: 'CreateInstances' },
  {
    ...{ name: 'create prepaid', ...create, ...provisioned, action: 'CreateInstances' },
    reads: [...provisioned.reads, 'DescribeOrders'],
  },
  {
    ...{ name: 'choose what a create has made', ...create, ...provisioned, action: 'CreateInstances' },
    ...{ needs: 'running', isChoice: true },
  },
  { name: 'delete', kind: 'delete', ...serverless, action: 'DeleteServerlessDBInstance', needs: 'running' },
  {
    ...{ name: 'undo a deletion', kind: 'delete', ...serverless, action: 'DeleteServerlessDBInstance' },
    ...{ needs: 'running', isUndone: true },
  },
  { name: 'destroy', kind: 'delete', ...provisioned, action: 'DestroyDBInstance', needs: 'isolated' },
  {
    ...{ name: 'open a serverless address', kind: 'openPublic', ...serverless },
    ...{ action: 'OpenServerlessDBExtranetAccess', needs: 'running', hasAddress: true },
  },
  {
    ...{ name: 'open an address', kind: 'openPublic', ...provisioned },
    ...{ action: 'OpenDBExtranetAccess', needs: 'running', hasAddress: true },
  },
  {
    ...{ name: 'open an address for a while', kind: 'openPublic', ...provisioned },
    ...{ action: 'OpenDBExtranetAccess', needs: 'running', hasAddress: true, closesAgain: true },
  },
  {
    ...{ name: 'close a serverless address', kind: 'closePublic', ...serverless },
    ...{ action: 'CloseServerlessDBExtranetAccess', needs: 'open', hasAddress: true },
  },
  {
    ...{ name: 'close an address', kind: 'closePublic', ...provisioned },
    ...{ action: 'CloseDBExtranetAccess', needs: 'open', hasAddress: true },
  },
  { name: 'rename', kind: 'rename', ...provisioned, action: 'ModifyDBInstanceName', needs: 'running' },
  {
    ...{ name: 'restart', kind: 'restart', ...tasked, action: 'RestartDBInstance', needs: 'running' },
    leavesNoSign: true,
  },
  { name: 'resize', kind: 'resize', ...provisioned, action: 'ModifyDBInstanceSpec', needs: 'running' },
  { name: 'resize later', kind: 'resize', ...provisioned, action: 'ModifyDBInstanceSpec', needs: 'running' },
  { name: 'isolate', kind: 'isolate', ...provisioned, action: 'IsolateDBInstances', needs: 'running' },
  { name: 'restore', kind: 'restore', ...provisioned, action: 'DisIsolateDBInstances', needs: 'isolated' },
  {
    ...{ name: 'protect', kind: 'protect', ...provisioned },
    ...{ action: 'ModifyDBInstanceDeletionProtection', needs: 'running' },
  },
  {
    ...{ name: 'unprotect', kind: 'unprotect', ...provisioned },
    ...{ action: 'ModifyDBInstanceDeletionProtection', needs: 'protected' },
  },
  {
    ...{ name: 'reset a password', kind: 'resetPassword', ...provisioned },
    ...{ action: 'ResetAccountPassword', needs: 'running', leavesNoSign: true },
    reads: [...provisioned.reads, 'DescribeAccounts'],
  },
  {
    ...{ name: 'create an account', kind: 'createAccount', ...provisioned, action: 'CreateAccount', needs: 'running' },
    reads: [...provisioned.reads, 'DescribeAccounts'],
  },
  {
    ...{ name: 'delete an account', kind: 'deleteAccount', ...provisioned, action: 'DeleteAccount', needs: 'account' },
    reads: [...provisioned.reads, 'DescribeAccounts'],
  },
  {
    ...{ name: 'create a database', kind: 'createDatabase', ...provisioned, action: 'CreateDatabase' },
    ...{ needs: 'running', reads: [...provisioned.reads, 'DescribeDatabases'] },
  },
  {
    ...{ name: 'delete a database', kind: 'deleteDatabase', ...provisioned, action: 'DeleteDatabase' },
    ...{ needs: 'database', reads: [...provisioned.reads, 'DescribeDatabases'] },
  },
];

/** What the service does with the request. `wrongClock`: its clock is another, so that every window has to learn it. */
export type Way = 'plain' | 'lost' | 'lostBefore' | 'refused' | 'rough' | 'wrongClock';

export const ways: readonly Way[] = ['plain', 'lost', 'lostBefore', 'refused', 'rough', 'wrongClock'];

/** The ways that differ for it. */
export function waysOf({ isChoice }: Write): readonly Way[] {
  return isChoice === true ? ['plain', 'rough', 'wrongClock'] : ways;
}

/** Seconds by which the clock of the service is ahead. */
export function clockOffsetOf(way: Way): number {
  return way === 'wrongClock' ? 1_200 : 0;
}

/**
 * A task that is through at the first look would show nothing of what is done about one that goes on, and then waits.
 * Of what changes the same answer the last one counts.
 */
const slowTask = [
  'DescribeTasks=answer:TaskSet.*.Status="WaitSwitch"*2',
  'DescribeTasks=answer:TaskSet.*.Status="Running"*1',
];

/**
 * The faults of the simulator for it: the work is done and its answer is cut; the request is cut before the work; it is
 * refused; what is read meanwhile fails so often that even the repeated reading gives up once.
 */
export function faultsOf(way: Way, { action, reads }: Write): readonly string[] {
  switch (way) {
    case 'plain':
    case 'wrongClock':
      return reads.includes('DescribeTasks') ? slowTask : [];
    case 'lost':
      return [`${action}=cut-after*1`];
    case 'lostBefore':
      return [`${action}=cut-before*1`];
    case 'refused':
      return [`${action}=error:FailedOperation.FailedOperationError*1`];
    case 'rough':
      return [`${action}=cut-after*1`, ...reads.map((read) => `${read}=error:InternalError*4`)];
  }
}
