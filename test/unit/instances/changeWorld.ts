import { createPasswords } from '../../../src/credentials/passwords.ts';
import { NetworkError, NotSignedInError, ServiceError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { Accepted, Management } from '../../../src/domain/ports.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { Change } from '../../../src/instances/change.ts';
import { createChange } from '../../../src/instances/change.ts';
import { createWatcher } from '../../../src/instances/watcher.ts';
import { memoryLog } from '../../support/memory.ts';
import { memoryFacts, memorySecrets } from '../../support/targets.ts';
import { lost, refusal, world } from './lifeWorld.ts';

export const explain: Explain = (error) => {
  if (error instanceof NetworkError) return { kind: 'network', meaning: error.message, next: [] };
  if (error instanceof NotSignedInError) return { kind: 'credentials', meaning: error.message, next: [] };
  if (!(error instanceof ServiceError)) return { kind: 'service', meaning: error.message, next: [] };
  const kind = error.code.startsWith('UnauthorizedOperation') ? 'permission' : 'state';
  return { kind, meaning: error.code, next: [], requestId: error.requestId };
};

/** What the service says of a task at one look. */
export type TaskLook = Task | undefined | Error;

export function running(percent: number, step?: string): Task {
  return { id: 7, status: 'Running', percent, ...(step === undefined ? {} : { step }) };
}

export const success: Task = { id: 7, status: 'Success', percent: 100 };

/** The world of `lifeWorld` with a service whose instances can be managed. */
export function managedWorld() {
  const made = world();
  const { clock, instances, calls, meets, looks } = made;
  /** One answer a look; the last one stays. Empty: the service gives no task. */
  const tasks: TaskLook[] = [];
  const accounts = new Set(['admin']);
  /** When the password of an account was last set, as the service writes it. */
  const passwordTimes = new Map([['admin', '2026-11-24 12:00:00']]);
  const databases = new Set(['postgres']);
  const secrets = memorySecrets();
  const memory = memoryFacts();
  const done: string[] = [];
  const off = new AbortController().signal;

  const put = (instance: Instance): void => void instances.set(instance.id, instance);
  function later(id: string, fields: Partial<Instance>): void {
    void clock.sleep(made.pace.value, off).then(() => {
      const instance = instances.get(id);
      if (instance !== undefined) put({ ...instance, ...fields });
    });
  }

  async function write(call: string, id: string, work: (instance: Instance) => void): Promise<Accepted> {
    calls.push(`${call} ${id}`);
    const how = meets.shift() ?? 'take';
    await Promise.resolve();
    if (how instanceof Error) throw how;
    const instance = instances.get(id);
    if (instance === undefined) throw refusal('ResourceNotFound.InstanceNotFoundError');
    if (how !== 'lose') work(instance);
    if (how !== 'take') throw lost;
    return { requestId: `req-${call}`, ...(tasks.length === 0 ? {} : { taskId: 7 }) };
  }

  /** @param passing the status until it is over */
  const passes = (call: string, id: string, passing: string, over: Partial<Instance>): Promise<Accepted> =>
    write(call, id, (instance) => {
      put({ ...instance, status: passing });
      later(id, over);
    });

  const management: Management = {
    rename: (_region, id, name) =>
      write('rename', id, () => {
        // The list lags behind.
        later(id, { name });
      }),
    restart: (_region, id) => passes('restart', id, 'restarting', { status: 'running' }),
    isolate: (_region, id) => passes('isolate', id, 'isolating', { status: 'isolated' }),
    restore: (_region, id) => passes('restore', id, 'disisolating', { status: 'running' }),
    resize: (_region, id, size, at) => passes(`resize ${at.kind}`, id, 'expanding', { status: 'running', ...size }),
    setDeletionProtection: (_region, id, on) =>
      write(on ? 'protect' : 'unprotect', id, (instance) => {
        put({ ...instance, deletionProtection: on });
      }),
    resizePrice: () => Promise.resolve({ hundredths: 123, currency: 'CNY' }),
    accounts: () =>
      Promise.resolve(
        [...accounts].map((name) => {
          const passwordSetAt = passwordTimes.get(name);
          return { name, type: 'normal', ready: true, ...(passwordSetAt === undefined ? {} : { passwordSetAt }) };
        }),
      ),
    createAccount: (_region, id, { name }) => write('createAccount', id, () => void accounts.add(name)),
    deleteAccount: (_region, id, name) => write('deleteAccount', id, () => void accounts.delete(name)),
    resetPassword: (_region, id, account) =>
      write(`resetPassword ${account}`, id, () => {
        if (passwordTimes.has(account)) passwordTimes.set(account, '2026-11-24 12:00:01');
      }),
    databases: () => Promise.resolve([...databases].map((name) => ({ name, owner: 'admin' }))),
    createDatabase: (_region, id, { name }) => write('createDatabase', id, () => void databases.add(name)),
    deleteDatabase: (_region, id, { name }) => write('deleteDatabase', id, () => void databases.delete(name)),
    securityGroups: () => Promise.resolve([{ id: 'sg-1', name: 'web', isDefault: false, note: 'office only' }]),
    task: () => {
      const look = tasks.length > 1 ? tasks.shift() : tasks[0];
      return look instanceof Error ? Promise.reject(look) : Promise.resolve(look);
    },
  };

  const service = {
    findById: (_region: string, id: string) => {
      const trouble = looks.shift();
      return trouble === undefined ? Promise.resolve(instances.get(id)) : Promise.reject(trouble);
    },
  };

  /** One window of the editor, as `world().window`, with what this issue brings. */
  async function window() {
    const opened = made.window();
    await opened.journal.open();
    const log = memoryLog();
    const passwords = createPasswords({ secrets, memory, log });
    const watcher = createWatcher({
      find: ({ region, instanceId }) => service.findById(region, instanceId),
      sleep: clock.sleep,
      now: clock.now,
      interval: () => 5_000,
      limit: () => 300_000,
      explain,
      onTrouble: () => undefined,
    });
    const change: Change = createChange({
      journal: opened.journal,
      registry: { put: (_account, instance) => void opened.known.set(instance.id, instance) },
      service: () => service,
      management: () => management,
      watcher,
      passwords,
      forgetPassword: passwords.forget,
      onDone: ({ kind }) => void done.push(kind),
      explain,
      sleep: clock.sleep,
      now: clock.now,
      interval: () => 5_000,
      limit: () => 300_000,
      log,
    });
    return { ...opened, log, passwords, change };
  }

  return {
    made,
    management,
    tasks,
    accounts,
    passwordTimes,
    databases,
    secrets,
    /** The kinds of changes that were said to be done. */
    done,
    window,
    add: (fields: Partial<Instance> = {}): Instance =>
      made.add({ offering: 'provisioned', cpu: 1, memoryGb: 2, storageGb: 20, addresses: [], ...fields }),
  };
}
