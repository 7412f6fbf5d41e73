import type { Instance } from '../domain/instance.ts';
import { readSize, sameSize } from '../domain/size.ts';
import { statusGroup } from '../domain/status.ts';
import type { ManagedKind } from '../domain/changeOrder.ts';

/**
 * What an instance shows of a change: `before` it is as if nothing had been asked, `underWay`, `done`;
 * `ended` it went another way and will not show it any more.
 */
export type Sign = 'before' | 'underWay' | 'done' | 'ended';

/** How a change of this kind is seen, once the service has taken it or its answer was lost. */
export type Evidence =
  /** The status of the instance passes through it. */
  | 'status'
  /** A field of the instance, at once. */
  | 'field'
  /** The list of its accounts or databases, at once. */
  | 'contents';

export function evidenceOf(kind: ManagedKind): Evidence {
  switch (kind) {
    case 'restart':
    case 'isolate':
    case 'restore':
    case 'resize':
      return 'status';
    case 'rename':
    case 'protect':
    case 'unprotect':
      return 'field';
    case 'createAccount':
    case 'deleteAccount':
    case 'createDatabase':
    case 'deleteDatabase':
    case 'resetPassword':
      return 'contents';
  }
}

/**
 * @param subject of the operation
 * @param wasUnderWay it was seen under way before, so that a restart is over when the instance runs
 */
export function signOf(kind: ManagedKind, subject: string | undefined, instance: Instance, wasUnderWay: boolean): Sign {
  const group = statusGroup(instance.status);
  if (group === 'gone') return 'ended';
  switch (kind) {
    case 'restart':
      if (group === 'binned') return 'ended';
      if (group !== 'usable') return 'underWay';
      return wasUnderWay ? 'done' : 'before';
    case 'resize': {
      if (group === 'binned') return 'ended';
      if (group !== 'usable') return 'underWay';
      const asked = readSize(subject ?? '');
      return asked !== undefined && sameSize(asked, instance) ? 'done' : 'before';
    }
    case 'isolate':
      if (group !== 'binned') return 'before';
      return instance.status.trim().toLowerCase() === 'isolated' ? 'done' : 'underWay';
    case 'restore':
      if (group === 'usable') return 'done';
      return group === 'binned' ? 'before' : 'underWay';
    case 'rename':
      return instance.name === subject ? 'done' : 'before';
    case 'protect':
      return instance.deletionProtection === true ? 'done' : 'before';
    case 'unprotect':
      return instance.deletionProtection === true ? 'before' : 'done';
    case 'createAccount':
    case 'deleteAccount':
    case 'createDatabase':
    case 'deleteDatabase':
    case 'resetPassword':
      return 'before';
  }
}

/** The instance as it is now that the service has taken the change, while its list may lag behind. */
export function withChange(kind: ManagedKind, subject: string | undefined, instance: Instance): Instance {
  switch (kind) {
    case 'rename':
      return subject === undefined ? instance : { ...instance, name: subject };
    case 'protect':
      return { ...instance, deletionProtection: true };
    case 'unprotect':
      return { ...instance, deletionProtection: false };
    default:
      return instance;
  }
}
