import { isCancelled, toError } from '../domain/errors.ts';
import type { ErrorKind, Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { InstanceService, Log, Management, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import { statusGroup } from '../domain/status.ts';
import type { ManagedKind } from '../domain/changeOrder.ts';
import { signOf } from './changeSigns.ts';
import { readMark, signOfMark } from './contentSigns.ts';
import type { InstanceOperation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';
import { countUnchanged } from './writeOnce.ts';

/** What has come of a change, as far as the instance and its contents tell. */
export type Verdict =
  | 'done'
  /** The instance is gone. */
  | 'absent'
  /** Everything is as it was, for so long that the request cannot have arrived. */
  | 'notArrived'
  /** It was under way, and the instance is as it was before. */
  | 'givenUp'
  /** Nothing shows what became of it. */
  | 'cannotTell'
  /** It may still come. */
  | 'tooLong';

/** What is known already. */
interface Known {
  /** The service answered that it took it. */
  readonly accepted: boolean;
  /** Its task is through, so only the list lags behind. */
  readonly succeeded: boolean;
}

/** Between two looks at a list, in milliseconds. */
const longestPause = 30_000;

const hopeless: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['credentials', 'permission', 'account']);

/** Watches for the signs of a change. Both reject as `Watcher.until`. */
export function createChangeWatch(deps: {
  readonly registry: Pick<Registry, 'put'>;
  readonly service: ServiceOf<Pick<InstanceService, 'findById'>>;
  readonly management: ServiceOf<Pick<Management, 'accounts' | 'databases'>>;
  readonly watcher: Pick<Watcher, 'until'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  readonly interval: () => number;
  readonly limit: () => number;
  readonly log: Log;
}) {
  const { registry, service, management, watcher, explain, sleep, now, interval, limit, log } = deps;

  /** At once, so that the tree shows that something goes on. `undefined` when it could not be read. */
  async function firstLook(
    operation: InstanceOperation,
    signal: AbortSignal,
    judge: (found: Instance | undefined) => Verdict | undefined,
  ): Promise<Verdict | undefined> {
    const { region, instanceId } = operation;
    try {
      return judge(await service(operation).findById(region, instanceId, signal));
    } catch (thrown) {
      if (signal.aborted || isCancelled(toError(thrown))) throw thrown;
      log.warn(`First look failed: ${instanceId}: ${toError(thrown).message}`);
      return undefined;
    }
  }

  async function instance(
    operation: InstanceOperation,
    kind: ManagedKind,
    { accepted, succeeded }: Known,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Verdict> {
    let underWay = succeeded;
    let unchanged = countUnchanged(now);

    function asBefore(found: Instance): Verdict | undefined {
      const group = statusGroup(found.status);
      // What is busy with something else has not begun with ours.
      if (!(group === 'usable' || group === 'binned') || !unchanged()) return undefined;
      // Between two looks it may have been restarted.
      if (succeeded || (kind === 'restart' && accepted)) return 'done';
      if (kind === 'restart') return 'cannotTell';
      if (underWay) return 'givenUp';
      return accepted ? undefined : 'notArrived';
    }

    function judge(found: Instance | undefined): Verdict | undefined {
      if (found === undefined) return 'absent';
      registry.put(operation.accountId, found);
      onSeen(found);
      switch (signOf(kind, operation.subject, found, underWay)) {
        case 'done':
          return 'done';
        case 'ended':
          return 'absent';
        case 'underWay':
          if (!underWay) unchanged = countUnchanged(now);
          underWay = true;
          return undefined;
        case 'before':
          return asBefore(found);
      }
    }

    const first = await firstLook(operation, signal, judge);
    if (first !== undefined) return first;
    const ended = await watcher.until(operation, signal, judge);
    if (ended.kind === 'decided') return ended.value;
    return succeeded ? 'done' : 'tooLong';
  }

  /** For accounts and databases, after a lost answer: what the list shows of the one that it is about tells. */
  async function contents(operation: InstanceOperation, kind: ManagedKind, signal: AbortSignal): Promise<Verdict> {
    const { before, instanceId } = operation;
    if (signOfMark(kind, before, undefined) === 'cannotTell') return 'cannotTell';
    const unchanged = countUnchanged(now);
    const deadline = now() + limit();
    for (let pause = interval(); now() < deadline; pause = Math.max(interval(), Math.min(pause * 2, longestPause))) {
      await sleep(pause, signal);
      try {
        const sign = signOfMark(kind, before, await readMark(management(operation), kind, operation, signal));
        if (sign === 'done') return 'done';
        if (sign === 'before' && unchanged()) return 'notArrived';
      } catch (thrown) {
        const error = toError(thrown);
        if (signal.aborted || isCancelled(error) || hopeless.has(explain(error).kind)) throw error;
        log.warn(`Contents not read: ${instanceId}: ${error.message}`);
      }
    }
    return 'tooLong';
  }

  return { instance, contents };
}
