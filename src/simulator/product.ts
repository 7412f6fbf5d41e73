import type * as z from 'zod';
import type { ApiKey } from './keyRing.ts';
import { checkParameters, type Parameters } from './parameters.ts';

/** The circumstances of one call. */
export interface Call {
  /** Common parameter `Region`; empty where the product has no regions and none was sent. */
  readonly region: string;
  readonly key: ApiKey;
}

/** The members of `Response`, without `RequestId`. */
export type Fields = Readonly<Record<string, unknown>>;

/** One action of the API. @throws ApiError with a code of its documented list */
export type Action = (parameters: Parameters, call: Call) => Promise<Fields>;

/** One service in one version. */
export interface Product {
  /** First label of the service's domain, such as `postgres`. */
  readonly name: string;
  readonly version: string;
  /** Whether a call of this action needs `X-TC-Region`. */
  readonly needsRegion: (action: string) => boolean;
  readonly actions: ReadonlyMap<string, Action>;
}

/** An action out of the shape of its parameters and what it does with them. */
export function action<T>(schema: z.ZodType<T>, run: (parameters: T, call: Call) => Promise<Fields> | Fields): Action {
  return async (parameters, call) => run(checkParameters(schema, parameters), call);
}
