import { NetworkError, NotSignedInError, ServiceError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { isRecord } from '../../../src/domain/record.ts';
import type { InstanceService } from '../../../src/domain/ports.ts';
import { createDeletion } from '../../../src/instances/deletion.ts';
import type { Deletion } from '../../../src/instances/deletion.ts';
import type { InstanceOperation, Operation } from '../../../src/instances/operation.ts';
import { createPublicAccess } from '../../../src/instances/publicAccess.ts';
import type { PublicAccess } from '../../../src/instances/publicAccess.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Journal } from '../../../src/instances/journal.ts';
import { createWatcher } from '../../../src/instances/watcher.ts';
import type { Clock } from '../../support/clock.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClaims, memoryFolder, memoryLog } from '../../support/memory.ts';
import { virtualClock } from '../../support/virtualClock.ts';

export const accountId = '100000000001';

/** How the service meets a write: takes it, refuses it, or does either and loses the answer. */
export type Meets = 'take' | 'take and lose' | 'lose' | Error;

export const lost = new NetworkError({ action: 'A', reason: 'reset', host: 'h', mayHaveArrived: true, detail: 'cut' });
export const offline = new NetworkError({ action: 'A', reason: 'dns', host: 'h', mayHaveArrived: false, detail: '?' });
export const signedOut = new NotSignedInError();

export function refusal(code: string): ServiceError {
  return new ServiceError({ action: 'A', region: 'r', code, message: 'no', requestId: 'req-refused' });
}

const explain: Explain = (error) => {
  if (error instanceof NetworkError) return { kind: 'network', meaning: error.message, next: [] };
  if (error instanceof NotSignedInError) return { kind: 'credentials', meaning: error.message, next: [] };
  if (!(error instanceof ServiceError)) return { kind: 'service', meaning: error.message, next: [] };
  const kind = error.code === 'OperationDenied.CamDeniedError' ? 'permission' : 'state';
  return { kind, meaning: error.code, next: [], requestId: error.requestId };
};

export function publicEntry(status: string): Instance['addresses'][number] {
  const isOpen = status === 'opened';
  return { kind: 'public', host: isOpen ? '198.51.100.7' : '', port: isOpen ? 5432 : 0, status };
}

/** One service with its instances, and the windows of one person in front of it. All of it in memory, time included. */
export function world(clock: Pick<Clock, 'now' | 'sleep' | 'pass'> = virtualClock()) {
  const folder = memoryFolder();
  const held = new Map<string, AbortController>();
  const instances = new Map<string, Instance>();
  const calls: string[] = [];
  const onRecord: string[][] = [];
  const meets: Meets[] = [];
  const looks: Error[] = [];
  const forgotten: string[] = [];
  let ids = 0;
  /** Milliseconds that the service takes, and that its list lags behind. */
  const pace = { value: 20_000 };
  const off = new AbortController().signal;

  function later(work: () => void): void {
    void clock.sleep(pace.value, off).then(work);
  }

  async function write(call: string, id: string, work: (instance: Instance) => void): Promise<{ requestId: string }> {
    calls.push(`${call} ${id}`);
    onRecord.push(recordsIn(folder.files));
    const how = meets.shift() ?? 'take';
    // As a real request, it is not answered in the same turn.
    await Promise.resolve();
    if (how instanceof Error) throw how;
    const instance = instances.get(id);
    if (instance === undefined) throw refusal('ResourceNotFound.InstanceNotFoundError');
    if (how !== 'lose') work(instance);
    if (how !== 'take') throw lost;
    return { requestId: `req-${call}` };
  }

  const put = (instance: Instance): void => void instances.set(instance.id, instance);

  const service: Pick<InstanceService, 'delete' | 'findById' | 'openPublicAccess' | 'closePublicAccess'> = {
    findById: (_region, id) => {
      const trouble = looks.shift();
      return trouble === undefined ? Promise.resolve(instances.get(id)) : Promise.reject(trouble);
    },
    delete: (_region, id) =>
      write('delete', id, (instance) => {
        put({ ...instance, status: 'recycling' });
        later(() => instances.delete(id));
      }),
    openPublicAccess: (_region, id) =>
      write('open', id, (instance) => {
        // The old value stays for a while.
        later(() => {
          put({ ...instance, status: 'running', addresses: [publicEntry('opened')] });
        });
      }),
    closePublicAccess: (_region, id) =>
      write('close', id, (instance) => {
        put({ ...instance, status: 'job running', addresses: [publicEntry('closing')] });
        later(() => {
          put({ ...instance, status: 'running', addresses: [publicEntry('closed')] });
        });
      }),
  };

  /** One window of the editor. Its `end` is what a crash is: nothing is tidied up. */
  function window() {
    const ending = new AbortController();
    const log = memoryLog();
    const journal = createJournal({
      folder,
      claims: memoryClaims(held),
      now: clock.now,
      newId: () => `op-${String((ids += 1))}`,
      // The daily clearing out would keep the clock going for ever.
      sleep: () => new Promise(() => undefined),
      log,
    });
    const watcher = createWatcher({
      find: ({ region, instanceId }, signal) => service.findById(region, instanceId, signal),
      sleep: clock.sleep,
      now: clock.now,
      interval: () => 5_000,
      limit: () => 300_000,
      explain,
      onTrouble: () => undefined,
    });
    const known = new Map<string, Instance>();
    const registry = {
      put: (_account: string, instance: Instance): void => void known.set(instance.id, instance),
      remove: (_account: string, id: string): void => void known.delete(id),
    };
    const deps = { journal, registry, service: () => service, watcher, explain, log, limit: () => 300_000, ...clock };
    const deletion: Deletion = createDeletion({
      ...deps,
      forgetPassword: (id) => Promise.resolve(void forgotten.push(id)),
    });
    const publicAccess: PublicAccess = createPublicAccess(deps);
    return {
      journal,
      known,
      log,
      deletion,
      publicAccess,
      signal: ending.signal,
      end(): void {
        ending.abort();
        held.clear();
      },
    };
  }

  return {
    clock,
    folder,
    held,
    instances,
    calls,
    /** At each call: what stood on disk, as `kind state`. */
    onRecord,
    /** How the next writes are met, in order; then they are taken. */
    meets,
    /** How the next looks fail, in order; then they succeed. */
    looks,
    forgotten,
    pace,
    window,
    add(fields: Partial<Instance> = {}): Instance {
      const instance = instanceWith({ addresses: [publicEntry('initing')], ...fields });
      put(instance);
      return instance;
    },
    publicStatus: (id: string) => instances.get(id)?.addresses.find(({ kind }) => kind === 'public')?.status,
  };
}

export const openWorldWindow = async (made: ReturnType<typeof world>) => {
  const opened = made.window();
  await opened.journal.open();
  return opened;
};

function recordsIn(files: ReadonlyMap<string, string>): string[] {
  return [...files.values()].map((text) => {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? `${String(record['kind'])} ${String(record['state'])}` : text;
  });
}

/** The operations of one kind, as `state` words. */
export function states(journal: Journal, kind: Operation['kind']): string[] {
  return journal
    .all()
    .filter((one) => one.kind === kind)
    .map(({ state }) => state);
}

/** The only operation of that kind. */
export function only(journal: Journal, kind: InstanceOperation['kind']): InstanceOperation {
  const [found, ...more] = journal.all().filter((one): one is InstanceOperation => one.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`Not one ${kind}: ${String(more.length)} more`);
  return found;
}
