import * as z from 'zod';
import { accountForm, defaultAccount } from './account.ts';
import { type Clock, largestOffset } from './clock.ts';
import type { CallRecord } from './gateway.ts';
import { type FaultList, FaultSpecError, parseFault } from './faults.ts';
import { type InstanceBook, isProvisioned, replicaOf } from './instance.ts';
import type { KeyRing } from './keyRing.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Provision } from './provision.ts';
import type { RateLimit } from './rateLimit.ts';
import { type Retirement, retirementCodes } from './retirement.ts';
import type { SecretBook } from './secretBook.ts';

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
  readonly retirement: Pick<Retirement, 'code' | 'set' | 'reset'>;
  readonly keys: Pick<KeyRing, 'all' | 'put' | 'expire' | 'reset'>;
  readonly clock: Pick<Clock, 'offset' | 'set' | 'reset'>;
  readonly secrets: Pick<SecretBook, 'all'>;
  readonly newId: () => string;
  /** Those of the actions that have one. */
  readonly limits: readonly Pick<RateLimit, 'clear'>[];
  readonly calls: { list(): readonly CallRecord[]; clear(): void };
}

export type Control = (method: string, path: string, body: Uint8Array) => Promise<ControlAnswer>;

const faultsSchema = z.strictObject({ faults: z.array(z.string()) });

const keySchema = z.strictObject({
  secretId: z.string().regex(/^[A-Za-z0-9_-]+$/),
  secretKey: z.string().min(1),
  token: z.string().min(1).optional(),
  account: z.string().regex(accountForm).default(defaultAccount),
});

const instancesSchema = z.union([
  z.strictObject({ replicaOf: z.string() }),
  z.strictObject({ supportsIpv6: z.string() }),
]);

const ways = [
  'GET state',
  'GET secrets',
  'POST faults',
  'DELETE faults',
  'DELETE calls',
  'POST instances',
  'POST retired',
  'POST keys',
  'POST expire',
  'POST clock',
  'POST reset',
];

const retiredSchema = z.strictObject({ code: z.string() });

const expireSchema = z.strictObject({ secretId: z.string() });

const clockSchema = z.strictObject({ offset: z.int().min(-largestOffset).max(largestOffset) });

/**
 * `GET state`: instances (no passwords), waiting faults, calls so far. `GET secrets`: every SecretKey, token and password
 * that has been in use, for tests that look for them elsewhere. `POST faults`: `{"faults": [SPEC, …]}` adds some.
 * `DELETE faults` clears them, and `DELETE calls` forgets the calls. `POST instances`: `{"replicaOf": ID}` makes a read-only replica of a provisioned
 * instance and answers with its id, `{"supportsIpv6": ID}` lets it have a public IPv6 address. `POST retired`: `{"code"}` answers the serverless actions as withdrawn, empty ends that.
 * `POST keys`: `{"secretId", "secretKey", "token"?, "account"?}` is accepted from now on.
 * `POST expire`: `{"secretId"}` is refused, as an expired key, until it is posted again. `POST clock`: `{"offset"}`, the
 * seconds by which its clock is ahead of this machine's from now on. `POST reset`: no instances, faults or calls any
 * more, and the keys and the clock of the start.
 */
export function createControl(parts: ControlParts): Control {
  return async (method, path, body) => {
    switch (`${method} ${path.slice(controlPath.length)}`) {
      case 'GET state':
        return { status: 200, body: state(parts) };
      case 'GET secrets':
        return { status: 200, body: { secrets: secrets(parts) } };
      case 'POST faults':
        return addFaults(parts.faults, body);
      case 'DELETE faults':
        parts.faults.clear();
        return { status: 200, body: {} };
      case 'DELETE calls':
        parts.calls.clear();
        return { status: 200, body: {} };
      case 'POST instances':
        return changeInstances(parts, body);
      case 'POST retired':
        return retire(parts.retirement, body);
      case 'POST keys':
        return addKey(parts.keys, body);
      case 'POST expire':
        return expireKey(parts.keys, body);
      case 'POST clock':
        return setClock(parts.clock, body);
      case 'POST reset':
        parts.faults.clear();
        parts.retirement.reset();
        parts.keys.reset();
        parts.clock.reset();
        await parts.lifecycle.clear();
        parts.calls.clear();
        for (const limit of parts.limits) limit.clear();
        return { status: 200, body: {} };
      default:
        return refusal(404, `There are: ${ways.join(', ')}.`);
    }
  };
}

function secrets({ keys, secrets: passwords }: ControlParts): string[] {
  return [...keys.all().flatMap(({ secretKey, token }) => [secretKey, token ?? []].flat()), ...passwords.all()];
}

function state(parts: ControlParts): unknown {
  return {
    instances: parts.book.all().map((instance) => ({
      id: instance.id,
      kind: instance.provision === undefined ? 'serverless' : 'provisioned',
      name: instance.name,
      account: instance.account,
      region: instance.region,
      status: instance.status,
      port: instance.port,
      publicStatus: instance.publicStatus,
      publicPort: instance.publicPort,
      ...(instance.provision === undefined ? {} : told(instance.provision)),
    })),
    faults: parts.faults.list(),
    retired: parts.retirement.code(),
    clockOffset: parts.clock.offset(),
    calls: parts.calls.list(),
  };
}

/** Of a provisioned instance. */
function told({ chargeType, specCode, storage, primaryId, ipv6Status, tasks }: Provision): Record<string, unknown> {
  return { chargeType, specCode, storage, primaryId, ipv6Status, tasks: tasks.length };
}

function addFaults(faults: FaultList, body: Uint8Array): ControlAnswer {
  const asked = read(faultsSchema, body);
  if (asked === undefined) return refusal(400, 'The body must be {"faults": ["SPEC"]}.');
  try {
    for (const fault of asked.faults.map(parseFault)) faults.add(fault);
    return { status: 200, body: { faults: faults.list() } };
  } catch (error) {
    if (error instanceof FaultSpecError) return refusal(400, error.message);
    throw error;
  }
}

async function changeInstances({ book, lifecycle, newId }: ControlParts, body: Uint8Array): Promise<ControlAnswer> {
  const asked = read(instancesSchema, body);
  if (asked === undefined) return refusal(400, 'The body must be {"replicaOf": ID} or {"supportsIpv6": ID}.');
  const id = 'replicaOf' in asked ? asked.replicaOf : asked.supportsIpv6;
  const instance = book.find(id);
  if (instance === undefined || !isProvisioned(instance)) return refusal(404, 'There is no such instance.');
  if ('supportsIpv6' in asked) {
    await book.updateProvision(id, { supportsIpv6: true });
    return { status: 200, body: { id } };
  }
  const replica = replicaOf(instance, newId());
  await lifecycle.adopt(replica);
  return { status: 200, body: { id: replica.id } };
}

function retire(retirement: ControlParts['retirement'], body: Uint8Array): ControlAnswer {
  const asked = read(retiredSchema, body);
  if (asked === undefined || !retirement.set(asked.code)) {
    return refusal(400, `The body must be {"code"}: empty, or one of ${retirementCodes.join(', ')}.`);
  }
  return { status: 200, body: {} };
}

function addKey(keys: ControlParts['keys'], body: Uint8Array): ControlAnswer {
  const asked = read(keySchema, body);
  // The body holds a key, so the message does not repeat it.
  if (asked === undefined) {
    return refusal(400, 'The body must be {"secretId", "secretKey", "token"?, "account"?: twelve digits}.');
  }
  const { token, ...key } = asked;
  keys.put({ ...key, ...(token === undefined ? {} : { token }) });
  return { status: 200, body: {} };
}

function expireKey(keys: ControlParts['keys'], body: Uint8Array): ControlAnswer {
  const asked = read(expireSchema, body);
  if (asked === undefined) return refusal(400, 'The body must be {"secretId"}.');
  return keys.expire(asked.secretId) ? { status: 200, body: {} } : refusal(404, 'There is no such key.');
}

function setClock(clock: ControlParts['clock'], body: Uint8Array): ControlAnswer {
  const asked = read(clockSchema, body);
  if (asked === undefined)
    return refusal(400, `The body must be {"offset": whole seconds, to ${String(largestOffset)}}.`);
  clock.set(asked.offset);
  return { status: 200, body: {} };
}

/** `undefined` when the body is no JSON of that shape. */
function read<T>(schema: z.ZodType<T>, body: Uint8Array): T | undefined {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return undefined;
  }
}

function refusal(status: number, error: string): ControlAnswer {
  return { status, body: { error } };
}
