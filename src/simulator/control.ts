import * as z from 'zod';
import type { CallRecord } from './gateway.ts';
import { type FaultList, FaultSpecError, parseFault } from './faults.ts';
import type { InstanceBook } from './instance.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { RateLimit } from './rateLimit.ts';

/** Where the steering of the simulator lives; no action of the API has a path. */
export const controlPath = '/_simulator/';

/** Answer of the control endpoint; the body is JSON. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ControlParts {
  readonly book: InstanceBook;
  readonly lifecycle: Lifecycle;
  readonly faults: FaultList;
  readonly createLimit: Pick<RateLimit, 'clear'>;
  readonly calls: { list(): readonly CallRecord[]; clear(): void };
}

export type Control = (method: string, path: string, body: Uint8Array) => Promise<ControlAnswer>;

const faultsSchema = z.strictObject({ faults: z.array(z.string()) });

/**
 * `GET state`: instances (no passwords), waiting faults, calls so far. `POST faults`: `{"faults": [SPEC, …]}` adds some.
 * `DELETE faults` clears them. `POST reset`: no instances, faults or calls any more.
 */
export function createControl(parts: ControlParts): Control {
  return async (method, path, body) => {
    switch (`${method} ${path.slice(controlPath.length)}`) {
      case 'GET state':
        return { status: 200, body: state(parts) };
      case 'POST faults':
        return addFaults(parts.faults, body);
      case 'DELETE faults':
        parts.faults.clear();
        return { status: 200, body: {} };
      case 'POST reset':
        parts.faults.clear();
        await parts.lifecycle.clear();
        parts.calls.clear();
        parts.createLimit.clear();
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: 'There are: GET state, POST faults, DELETE faults, POST reset.' } };
    }
  };
}

function state(parts: ControlParts): unknown {
  return {
    instances: parts.book.all().map((instance) => ({
      id: instance.id,
      name: instance.name,
      region: instance.region,
      status: instance.status,
      port: instance.port,
      publicStatus: instance.publicStatus,
      publicPort: instance.publicPort,
    })),
    faults: parts.faults.list(),
    calls: parts.calls.list(),
  };
}

function addFaults(faults: FaultList, body: Uint8Array): ControlAnswer {
  try {
    const { faults: specs } = faultsSchema.parse(JSON.parse(new TextDecoder().decode(body)));
    for (const fault of specs.map(parseFault)) faults.add(fault);
    return { status: 200, body: { faults: faults.list() } };
  } catch (error) {
    const reason = error instanceof FaultSpecError ? error.message : 'The body must be {"faults": ["SPEC"]}.';
    return { status: 400, body: { error: reason } };
  }
}
