import * as z from 'zod';
import { accountForm, defaultAccount } from './account.ts';

/** An instance as the simulator keeps it, in memory and in the state file. */
export const instanceSchema = z.object({
  /** `postgres-` and eight lower-case letters or digits. */
  id: z.string().regex(/^postgres-[a-z0-9]{8}$/),
  name: z.string(),
  /** Whose it is. A state file from before there were several accounts does not say. */
  account: z.string().regex(accountForm).default(defaultAccount),
  /** One of the documented words: applying, init, initing, running, job running, restarting, recycling, offline. */
  status: z.string(),
  region: z.string(),
  zone: z.string(),
  projectId: z.int(),
  /** Empty on the classic network. */
  vpcId: z.string(),
  subnetId: z.string(),
  version: z.string(),
  /** `UTF8` or `LATIN1`. */
  charset: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Milliseconds since the epoch. */
  createdAt: z.int(),
  user: z.string().regex(/^[a-z0-9_]+$/),
  password: z.string(),
  database: z.string().regex(/^[a-z0-9_]+$/),
  /** Port of its PostgreSQL; 0 before the first start and where there is none. */
  port: z.int(),
  publicStatus: z.enum(['initing', 'opening', 'opened', 'closing', 'closed']),
  /** Port of its public address, kept while closed so that it comes back. */
  publicPort: z.int(),
});

export type Instance = z.output<typeof instanceSchema>;

/** The instances of all accounts in the order they were created, each change written down before it is answered. */
export interface InstanceBook {
  all(): readonly Instance[];
  /** Those of one account. */
  of(account: string): readonly Instance[];
  find(id: string): Instance | undefined;
  add(instance: Instance): Promise<void>;
  /** Does nothing when there is no such instance. */
  update(id: string, change: Partial<Omit<Instance, 'id'>>): Promise<void>;
  remove(id: string): Promise<void>;
}

/** @param save keeps the list for the next start; called with every change, in order */
export function createInstanceBook(
  known: readonly Instance[],
  save: (instances: readonly Instance[]) => Promise<void>,
): InstanceBook {
  const instances = new Map(known.map((instance) => [instance.id, instance]));
  const all = (): Instance[] => [...instances.values()];
  return {
    all,
    of: (account) => all().filter((instance) => instance.account === account),
    find: (id) => instances.get(id),
    add(instance) {
      instances.set(instance.id, instance);
      return save(all());
    },
    async update(id, change) {
      const instance = instances.get(id);
      if (instance === undefined) return;
      instances.set(id, { ...instance, ...change });
      await save(all());
    },
    remove(id) {
      instances.delete(id);
      return save(all());
    },
  };
}
