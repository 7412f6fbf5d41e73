import * as z from 'zod';
import { accountForm, defaultAccount } from './account.ts';
import { type Provision, provisionSchema, publicStatusSchema } from './provision.ts';

/** An instance of either kind as the simulator keeps it, in memory and in the state file. */
export const instanceSchema = z.object({
  /** `postgres-` and eight lower-case letters or digits. */
  id: z.string().regex(/^postgres-[a-z0-9]{8}$/),
  name: z.string(),
  /** Whose it is. A state file from before there were several accounts does not say. */
  account: z.string().regex(accountForm).default(defaultAccount),
  /** One of the documented words, such as applying, initing, running, job running, isolated, offline. */
  status: z.string(),
  region: z.string(),
  zone: z.string(),
  projectId: z.int(),
  /** Empty on the classic network. */
  vpcId: z.string(),
  subnetId: z.string(),
  /** Such as `10.4`. */
  version: z.string(),
  /** `UTF8` or `LATIN1`. */
  charset: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Milliseconds since the epoch. */
  createdAt: z.int(),
  /** The one account of a serverless instance, the administrator of a provisioned one. */
  user: z.string().regex(/^[A-Za-z0-9_]+$/),
  /** Of a provisioned instance it is forgotten when its PostgreSQL has it. */
  password: z.string(),
  database: z.string().regex(/^[a-z0-9_]+$/),
  /** Port of its PostgreSQL; 0 before the first start and where there is none. */
  port: z.int(),
  publicStatus: publicStatusSchema,
  /** Port of its public address, kept while closed so that it comes back. */
  publicPort: z.int(),
  /** What only a provisioned instance has; absent: it is a serverless one. */
  provision: provisionSchema.optional(),
});

export type Instance = z.output<typeof instanceSchema>;

export type ProvisionedInstance = Instance & { provision: Provision };

export function isProvisioned(instance: Instance): instance is ProvisionedInstance {
  return instance.provision !== undefined;
}

/** A read-only replica that is as good as its primary, beside what a replica does not have. */
export function replicaOf(primary: ProvisionedInstance, id: string): ProvisionedInstance {
  return {
    ...primary,
    id,
    name: `${primary.name}-ro`,
    status: 'running',
    port: 0,
    publicStatus: 'initing',
    publicPort: 0,
    provision: {
      ...primary.provision,
      primaryId: primary.id,
      deletionProtection: false,
      ipv6Status: 'initing',
      ipv6Port: 0,
      isolatedAt: 0,
      deals: [],
      tasks: [],
      accounts: [],
      databases: [],
      resizeTo: undefined,
    },
  };
}

/** The instances of all accounts in the order they were created, each change written down before it is answered. */
export interface InstanceBook {
  all(): readonly Instance[];
  /** Those of one account. */
  of(account: string): readonly Instance[];
  find(id: string): Instance | undefined;
  add(instance: Instance): Promise<void>;
  /** Does nothing when there is no such instance. */
  update(id: string, change: Partial<Omit<Instance, 'id' | 'provision'>>): Promise<void>;
  /** Changes what only a provisioned instance has; does nothing when there is no such one. */
  updateProvision(id: string, change: Partial<Provision>): Promise<void>;
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
    async updateProvision(id, change) {
      const instance = instances.get(id);
      if (instance?.provision === undefined) return;
      instances.set(id, { ...instance, provision: { ...instance.provision, ...change } });
      await save(all());
    },
    remove(id) {
      instances.delete(id);
      return save(all());
    },
  };
}
