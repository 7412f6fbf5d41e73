import * as z from 'zod';

/** `initing` is a public address that was never opened. */
export const publicStatusSchema = z.enum(['initing', 'opening', 'opened', 'closing', 'closed']);

export type PublicStatus = z.output<typeof publicStatusSchema>;

/** Milliseconds since the epoch. */
const time = z.int();

/** A job that the service does on an instance, as DescribeTasks tells of it. */
const taskSchema = z.object({
  id: z.int(),
  /** Such as `RestartInstance`. */
  type: z.string(),
  startedAt: time,
  /** 0 while it runs. */
  endedAt: time,
  status: z.enum(['Running', 'WaitSwitch', 'Success', 'Fail']),
  /** In the order they are done. */
  steps: z.array(z.string()),
  /** How many of them are done. */
  done: z.int(),
  /** 0 no switch, 1 at once, 2 at a time, 3 in the maintenance window. */
  switchTag: z.int(),
  /** `HH:MM:SS`, or empty. */
  switchTime: z.string(),
});

export type Task = z.output<typeof taskSchema>;

/** An account of the database. Its password is in its PostgreSQL and nowhere else. */
const accountSchema = z.object({
  name: z.string(),
  type: z.enum(['normal', 'tencentDBSuper']),
  remark: z.string(),
  openCam: z.boolean(),
  createdAt: time,
  updatedAt: time,
  passwordUpdatedAt: time,
});

export type DatabaseAccount = z.output<typeof accountSchema>;

/** A database inside an instance that has no PostgreSQL to ask. */
const databaseSchema = z.object({
  name: z.string(),
  owner: z.string(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
});

export type Database = z.output<typeof databaseSchema>;

/** What an instance is sold with. */
const sizeSchema = z.object({
  specCode: z.string(),
  /** Cores. */
  cpu: z.int(),
  /** GB. */
  memory: z.int(),
  /** GB. */
  storage: z.int(),
});

export type Size = z.output<typeof sizeSchema>;

/** What only a provisioned instance has. */
export const provisionSchema = sizeSchema.extend({
  /** Such as `PHYSICAL_LOCAL_SSD`. */
  storageType: z.string(),
  /** Such as `16`. */
  majorVersion: z.string(),
  /** Such as `v16.4_r1.2`. */
  kernelVersion: z.string(),
  /** Zone of the standby node. */
  standbyZone: z.string(),
  chargeType: z.enum(['PREPAID', 'POSTPAID_BY_HOUR']),
  /** 0 where it is paid by the hour. */
  expiresAt: time,
  autoRenew: z.boolean(),
  securityGroups: z.array(z.string()),
  deletionProtection: z.boolean(),
  supportsIpv6: z.boolean(),
  ipv6Status: publicStatusSchema,
  /** Port of the public IPv6 address, kept while closed. */
  ipv6Port: z.int(),
  /** Of a read-only replica its primary, whose PostgreSQL it shares; empty for a primary. */
  primaryId: z.string(),
  /** 0 while it is not in the recycle bin. */
  isolatedAt: time,
  updatedAt: time,
  /** Names of the orders that were made for it, the first for the instance itself. */
  deals: z.array(z.object({ name: z.string(), flowId: z.int() })),
  tasks: z.array(taskSchema),
  /** The administrator among them. */
  accounts: z.array(accountSchema),
  databases: z.array(databaseSchema),
  /** What a resize under way makes of it. */
  resizeTo: sizeSchema.optional(),
});

export type Provision = z.output<typeof provisionSchema>;
