import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { createSigner } from '../../src/api/signing.ts';
import { Secret } from '../../src/domain/secret.ts';

/** How a test wants its simulator. */
export interface SimulatorOptions {
  /** Milliseconds of each status step; 20 unless told, as tests have no time. */
  readonly pace?: number;
  /** `auto`, `none` or a folder. */
  readonly postgres?: string;
  readonly data?: string;
  readonly faults?: readonly string[];
  /** `ID:KEY[:TOKEN][@ACCOUNT]`; the built-in test key unless told. */
  readonly keys?: readonly string[];
  /** Role that its metadata tells of; there is no metadata unless told. */
  readonly metadataRole?: string;
  /** What instances say their private address is, instead of the one where they can be reached. */
  readonly privateAddress?: string;
  /** Seconds by which its clock is ahead of this machine's. */
  readonly clockOffset?: number;
  /** Whatever else is to stand on the command line. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A simulator that runs as a process of its own. */
export interface RunningSimulator {
  readonly endpoint: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly process: ChildProcess;
  readonly control: SimulatorControl;
  /** What it has written to stderr so far. */
  warnings(): string;
  /** Ends it as Ctrl+C does and resolves with its exit code, when nothing of it is left. */
  stop(): Promise<number | null>;
}

/** Steers a running simulator. */
export interface SimulatorControl {
  state(): Promise<SimulatorState>;
  /** Every SecretKey, token and password that has been in use. */
  secrets(): Promise<readonly string[]>;
  /** Such as `CreateServerlessDBInstance=error:FlowError*1`. */
  addFaults(...specs: string[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** Forgets the calls so far. */
  clearCalls(): Promise<void>;
  /** Makes a read-only replica of a provisioned instance and resolves with its id. */
  makeReplica(primaryId: string): Promise<string>;
  /** From now on the provisioned instance may have a public IPv6 address. */
  supportIpv6(id: string): Promise<void>;
  /** Answers the serverless actions with this code, as withdrawn; an empty one ends that. */
  retire(code: string): Promise<void>;
  /** The key is accepted from now on; it belongs to the default account unless told. */
  addKey(key: TestKey): Promise<void>;
  /** The key is refused as an expired one until it is added again. */
  expire(secretId: string): Promise<void>;
  /** From now on its clock is so many seconds ahead of this machine's. */
  setClock(offset: number): Promise<void>;
  /** No instances, faults or recorded calls any more, and the keys and the clock of the start. */
  reset(): Promise<void>;
}

/** A key that the simulator is to accept. */
export interface TestKey {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  /** Twelve digits. */
  readonly account?: string;
}

const stateSchema = z.object({
  instances: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['serverless', 'provisioned']),
      name: z.string(),
      account: z.string(),
      region: z.string(),
      status: z.string(),
      port: z.number(),
      publicStatus: z.string(),
      publicPort: z.number(),
      /** The rest is told of provisioned ones. */
      chargeType: z.string().optional(),
      specCode: z.string().optional(),
      storage: z.number().optional(),
      primaryId: z.string().optional(),
    }),
  ),
  faults: z.array(z.object({ spec: z.string(), left: z.number().nullable() })),
  calls: z.array(
    z.object({
      action: z.string(),
      region: z.string(),
      language: z.string(),
      requestId: z.string(),
      account: z.string().nullable(),
      code: z.string().nullable(),
      worked: z.boolean(),
    }),
  ),
});

export type SimulatorState = z.output<typeof stateSchema>;

const readySchema = z.strictObject({ endpoint: z.url(), secretId: z.string(), secretKey: z.string() });

export const simulatorScript = fileURLToPath(new URL('../../src/simulator/main.ts', import.meta.url));

/** Starts `src/simulator/main.ts` on a free port; rejects with what it said when it ends before it is ready. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const child = spawn(process.execPath, [simulatorScript, ...commandLine(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    exited.then((code) => {
      throw new Error(`The simulator ended with ${String(code)}: ${errors}`);
    }),
  ]);
  const ready = readySchema.parse(JSON.parse(line));
  return {
    ...ready,
    process: child,
    control: controlOf(ready.endpoint),
    warnings: () => errors,
    stop() {
      child.kill('SIGINT');
      return exited;
    },
  };
}

function commandLine(options: SimulatorOptions): string[] {
  return [
    '--port=0',
    // Should the tests be killed, the simulator goes with them.
    '--parent-pipe',
    `--pace=${String(options.pace ?? 20)}`,
    ...(options.postgres === undefined ? [] : [`--postgres=${options.postgres}`]),
    ...(options.data === undefined ? [] : [`--data=${options.data}`]),
    ...(options.faults ?? []).map((spec) => `--fault=${spec}`),
    ...(options.keys ?? []).map((key) => `--keys=${key}`),
    ...(options.metadataRole === undefined ? [] : [`--metadata-role=${options.metadataRole}`]),
    ...(options.privateAddress === undefined ? [] : [`--private-address=${options.privateAddress}`]),
    ...(options.clockOffset === undefined ? [] : [`--clock-offset=${String(options.clockOffset)}`]),
    ...(options.args ?? []),
  ];
}

function controlOf(endpoint: string): SimulatorControl {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${endpoint}/_simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    state: async () => stateSchema.parse(await ask('GET', 'state')),
    secrets: async () => z.object({ secrets: z.array(z.string()) }).parse(await ask('GET', 'secrets')).secrets,
    async addFaults(...specs) {
      await ask('POST', 'faults', { faults: specs });
    },
    async clearFaults() {
      await ask('DELETE', 'faults');
    },
    async clearCalls() {
      await ask('DELETE', 'calls');
    },
    makeReplica: async (primaryId) =>
      z.object({ id: z.string() }).parse(await ask('POST', 'instances', { replicaOf: primaryId })).id,
    async supportIpv6(id) {
      await ask('POST', 'instances', { supportsIpv6: id });
    },
    async retire(code) {
      await ask('POST', 'retired', { code });
    },
    async addKey(key) {
      await ask('POST', 'keys', key);
    },
    async expire(secretId) {
      await ask('POST', 'expire', { secretId });
    },
    async setClock(offset) {
      await ask('POST', 'clock', { offset });
    },
    async reset() {
      await ask('POST', 'reset');
    },
  };
}

/** One call by hand, for what no official client would send. */
export interface RawCall {
  readonly service?: string;
  readonly action: string;
  readonly version?: string;
  readonly region?: string;
  /** Sent as it is when a string. */
  readonly body?: unknown;
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly language?: string;
  /** Seconds since the epoch; now unless told. */
  readonly timestamp?: number;
  readonly method?: string;
  readonly path?: string;
  /** Replaces headers after signing; an empty value takes one out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces the body after signing. */
  readonly sentBody?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Signs as our own client does and sends over a connection of its own. */
export function callRaw(simulator: RunningSimulator, call: RawCall): Promise<RawAnswer> {
  const url = new URL(simulator.endpoint);
  const body = typeof call.body === 'string' ? call.body : JSON.stringify(call.body ?? {});
  const signer = createSigner({
    secretId: call.secretId ?? simulator.secretId,
    secretKey: new Secret(call.secretKey ?? simulator.secretKey),
    ...(call.token === undefined ? {} : { token: new Secret(call.token) }),
  });
  const signed = signer.sign(
    {
      host: url.host,
      service: call.service ?? 'postgres',
      action: call.action,
      version: call.version ?? '2017-03-12',
      region: call.region ?? 'ap-guangzhou',
      body,
      ...(call.language === undefined ? {} : { language: call.language }),
    },
    call.timestamp ?? Math.floor(Date.now() / 1_000),
  );
  const headers = Object.fromEntries(
    Object.entries({ ...signed, ...call.headers }).filter(([, value]) => value !== ''),
  );
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        method: call.method ?? 'POST',
        path: call.path ?? '/',
        headers,
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    request.on('error', reject);
    request.end(call.method === 'GET' ? undefined : (call.sentBody ?? body));
  });
}

const envelopeSchema = z.object({
  Response: z.looseObject({
    RequestId: z.uuid(),
    Error: z.object({ Code: z.string(), Message: z.string().min(1) }).optional(),
  }),
});

/** The members of `Response`; fails unless it is HTTP 200 with a proper envelope. */
export async function call(simulator: RunningSimulator, raw: RawCall): Promise<Record<string, unknown>> {
  const { status, text } = await callRaw(simulator, raw);
  if (status !== 200) throw new Error(`HTTP ${String(status)}: ${text}`);
  return envelopeSchema.parse(JSON.parse(text)).Response;
}

/** The error code of the answer; `none` when it is no error. */
export async function codeOf(simulator: RunningSimulator, raw: RawCall): Promise<string> {
  const { status, text } = await callRaw(simulator, raw);
  if (status !== 200) throw new Error(`HTTP ${String(status)}: ${text}`);
  return envelopeSchema.parse(JSON.parse(text)).Response.Error?.Code ?? 'none';
}

/** A create request that nothing is wrong with. */
export function createBody(name: string, change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { Zone: 'ap-guangzhou-2', DBInstanceName: name, DBVersion: '10.4', DBCharset: 'UTF8', ...change };
}

/** Asks until the answer is accepted; what it waits for must come. */
export async function until<T>(ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask();
    if (accept(answer)) return answer;
    await sleep(50);
  }
  throw new Error('What was waited for did not happen within 30 seconds');
}

/** Numbers of all processes below this one. */
export function descendants(pid: number): number[] {
  const table = processes();
  const found: number[] = [];
  for (const parents = [pid]; parents.length > 0;) {
    const parent = parents.pop();
    const children = table.filter((entry) => entry.parent === parent).map((entry) => entry.pid);
    found.push(...children);
    parents.push(...children);
  }
  return found;
}

/** True while the process runs; one that only waits to be noticed by its parent has ended. */
export function isRunning(pid: number): boolean {
  return processes().some((entry) => entry.pid === pid);
}

function processes(): { pid: number; parent: number }[] {
  if (!existsSync('/proc/self/stat')) throw new Error('These tests look into /proc');
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(`/proc/${name}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === undefined || parent === undefined || state === 'Z'
      ? []
      : [{ pid: Number(name), parent: Number(parent) }];
  });
}

/** Empty when the process ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
