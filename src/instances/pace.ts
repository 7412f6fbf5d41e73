import { isManaged } from '../domain/changeOrder.ts';
import type { OperationState } from '../domain/operation.ts';
import type { Journal } from './journal.ts';

/** How long to wait between two looks at something that is under way, in milliseconds; asked before each. */
export interface Pace {
  /** At an instance. */
  readonly instance: () => number;
  /** At a task, or at what an instance holds. */
  readonly task: () => number;
}

/**
 * Looks a second at all that is under way, by all windows of the person together. The service allows a thousand looks
 * at instances, which its lists need as well, and twenty at the rest: these come by chance, so several at a time.
 */
const together = { instance: 100, task: 5 } as const;

const followed: ReadonlySet<OperationState> = new Set<OperationState>(['sending', 'settling', 'working']);

/**
 * The more is under way, the less often each is looked at. Every window reads the same journal and so comes to the
 * same pace: together they stay below what the service allows, without telling each other.
 * @param deps.interval as it is set, in milliseconds
 * @param deps.random numbers in [0, 1)
 */
export function createPace(deps: {
  readonly journal: Pick<Journal, 'all'>;
  readonly interval: () => number;
  readonly random: () => number;
}): Pace {
  const { journal, interval, random } = deps;

  function between(looked: number, perSecond: number): number {
    const least = (looked / perSecond) * 1_000;
    // What was taken up at the same moment would be looked at in one go each time.
    return least <= interval() ? interval() : least * (0.5 + random());
  }

  const underWay = () => journal.all().filter(({ state }) => followed.has(state));
  return {
    instance: () => between(underWay().length, together.instance),
    task: () => between(underWay().filter(({ kind }) => kind !== 'create' && isManaged(kind)).length, together.task),
  };
}
