import * as z from 'zod';

/** Bytes of the heap after garbage was collected, and of the process, so many seconds after the start. */
export interface Sample {
  readonly seconds: number;
  readonly heap: number;
  readonly resident: number;
}

const rateSchema = z.object({ total: z.number(), peak: z.number() });

/** What the server tells. */
export const fromServer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), origin: z.string() }),
  z.object({ kind: z.literal('rates'), rates: z.record(z.string(), rateSchema) }),
]);

const reportSchema = z.object({
  kind: z.literal('report'),
  window: z.number(),
  samples: z.array(z.object({ seconds: z.number(), heap: z.number(), resident: z.number() })),
  stalls: z.object({
    p50: z.number(),
    p99: z.number(),
    max: z.number(),
    late: z.number(),
    own: z.number(),
    ownMax: z.number(),
  }),
  /** Refreshes that were begun, and those of them that ended. */
  refreshes: z.object({ begun: z.number(), ended: z.number() }),
  drawn: z.object({ all: z.number(), rows: z.number() }),
  /** Processor time in all, in seconds. */
  processor: z.number(),
  warnings: z.array(z.string()),
  /** The last that was written of each, by id of the instance or operation. */
  written: z.object({ instances: z.record(z.string(), z.string()), operations: z.record(z.string(), z.string()) }),
});

export type WindowReport = z.infer<typeof reportSchema>;

/** What a window tells. */
export const fromWindow = z.discriminatedUnion('kind', [z.object({ kind: z.literal('ready') }), reportSchema]);
