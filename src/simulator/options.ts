import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultAccount } from './account.ts';
import { largestOffset } from './clock.ts';
import { type Fault, faultForm, FaultSpecError, parseFault } from './faults.ts';
import type { ApiKey } from './keyRing.ts';
import { retirementCodes } from './retirement.ts';
import { UsageError } from './usageError.ts';

/** What the command line asks for. */
export interface Options {
  /** Loopback address to listen on. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Absolute folder that keeps the state; absent: everything is gone at the end. */
  readonly data?: string;
  /** Milliseconds of each status step. */
  readonly pace: number;
  /** `auto`, `none`, or an absolute folder. */
  readonly postgres: string;
  /** At least one; the first is told in the ready line. */
  readonly keys: readonly [ApiKey, ...ApiKey[]];
  readonly faults: readonly Fault[];
  /** One of the codes that withdrawn actions are answered with; empty: the serverless actions work. */
  readonly retired: string;
  /** IP address or name that instances give as their private address. */
  readonly privateAddress: string;
  /** Role of the machine that the metadata describes; absent: there is no metadata. */
  readonly metadataRole?: string;
  /** Seconds by which its clock is ahead of this machine's. */
  readonly clockOffset: number;
  /** End when stdin ends. */
  readonly parentPipe: boolean;
}

/** Of `--retired` without a value, and what else it takes. */
const [defaultCode = '', ...otherCodes] = retirementCodes;

export const help = `Local simulator of Tencent Cloud API 3.0 for TencentDB for PostgreSQL, serverless and
pay-as-you-go.

Prints one line when it is ready: {"endpoint":"http://127.0.0.1:PORT","secretId":"...","secretKey":"..."}

  --port N             port to listen on; 0, the default, takes any free one
  --host ADDRESS       loopback address to listen on: 127.0.0.1 (default), ::1 or localhost
  --data DIR           keep instances and their databases in DIR; without it they are gone at the end
  --pace MS            milliseconds of each status step (default 1500)
  --postgres SOURCE    auto (default), none, or a folder with PostgreSQL 10 or newer
  --keys ID:KEY[:TOKEN][@ACCOUNT]
                       accept these keys instead of the built-in test key; repeatable. ACCOUNT is the account that
                       the key belongs to, 12 digits (default ${defaultAccount})
  --metadata-role NAME answer under /latest/meta-data/ as on a machine that has this role
  --private-address HOST
                       what instances give as their private address (default 127.0.0.1, where they can be reached)
  --fault SPEC         make calls fail; repeatable
                       ${faultForm}.
                       PATH names a member of the answer and may have * for every member of a list, such as
                       DBInstanceSet.*.DBInstanceStatus="frozen"; without =JSON the member is missing
  --retired [CODE]     answer the serverless actions as withdrawn: with ${defaultCode} (default),
                       ${otherCodes.join(', ')}
  --clock-offset=SECONDS
                       how far its clock is ahead of this machine's, or behind with a minus sign (default 0):
                       signatures are checked by it, answers are dated and instances made by it
  --parent-pipe        end when standard input ends
  --help               show this
`;

/** Made up, and never to be mistaken for keys of a real account. */
const testKey: ApiKey = {
  secretId: 'AKIDSimulatorTestKeyOfNoRealAccount0',
  secretKey: 'SimulatorTestSecretOfNoRealAcct0',
  account: defaultAccount,
};

/** `undefined` when help is asked for. @throws UsageError */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parse(args);
  if (values.help === true) return undefined;
  return {
    host: loopback(values.host ?? '127.0.0.1'),
    port: whole(values.port ?? '0', '--port', 65_535),
    ...(values.data === undefined ? {} : { data: resolve(filled(values.data, '--data')) }),
    pace: whole(values.pace ?? '1500', '--pace', 3_600_000),
    postgres: source(values.postgres ?? 'auto'),
    keys: keysOf(values.keys ?? []),
    faults: (values.fault ?? []).map(faultOf),
    retired: retiredCode(values.retired ?? ''),
    privateAddress: address(values['private-address'] ?? '127.0.0.1'),
    ...(values['metadata-role'] === undefined ? {} : { metadataRole: role(values['metadata-role']) }),
    clockOffset: offset(values['clock-offset'] ?? '0'),
    parentPipe: values['parent-pipe'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.map((arg, index) => (isBareRetired(arg, args[index + 1]) ? `${arg}=${defaultCode}` : arg)),
      allowPositionals: false,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        pace: { type: 'string' },
        postgres: { type: 'string' },
        keys: { type: 'string', multiple: true },
        fault: { type: 'string', multiple: true },
        retired: { type: 'string' },
        'private-address': { type: 'string' },
        'metadata-role': { type: 'string' },
        'clock-offset': { type: 'string' },
        'parent-pipe': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--retired` without a value, which no other option can do without. */
function isBareRetired(arg: string, next: string | undefined): boolean {
  return arg === '--retired' && (next === undefined || next.startsWith('-'));
}

function retiredCode(text: string): string {
  if (text === '' || retirementCodes.includes(text)) return text;
  throw new UsageError(`--retired takes one of ${retirementCodes.join(', ')}, not "${text}".`);
}

function loopback(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  if (host === '127.0.0.1' || host === '::1') return host;
  throw new UsageError(
    `The simulator listens on this machine only: --host takes 127.0.0.1, ::1 or localhost, not "${host}".`,
  );
}

function whole(text: string, option: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${option} takes a whole number from 0 to ${String(most)}, not "${text}".`);
}

function offset(text: string): number {
  if (/^-?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= largestOffset) return Number(text);
  throw new UsageError(
    `--clock-offset takes whole seconds, at most ${String(largestOffset)} to both sides, not "${text}".`,
  );
}

function filled(text: string, option: string): string {
  if (text !== '') return text;
  throw new UsageError(`${option} needs a value.`);
}

function address(text: string): string {
  if (isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)) return text;
  throw new UsageError(`--private-address takes an IP address or a name, not "${text}".`);
}

function role(text: string): string {
  if (/^[\w+=,.@-]{1,128}$/.test(text)) return text;
  throw new UsageError('--metadata-role takes 1 to 128 letters, digits and characters of +=,.@_-.');
}

function source(text: string): string {
  if (text === 'auto' || text === 'none' || isAbsolute(text)) return text;
  return resolve(filled(text, '--postgres'));
}

function keysOf(specs: readonly string[]): Options['keys'] {
  const [first = testKey, ...others] = specs.map(keyOf);
  const ids = [first, ...others].map((key) => key.secretId);
  if (new Set(ids).size !== ids.length) throw new UsageError('--keys names a SecretId twice.');
  return [first, ...others];
}

function keyOf(spec: string): ApiKey {
  const parts = /^([A-Za-z0-9_-]+):([^:@\s]+)(?::([^:@\s]+))?(?:@([1-9]\d{11}))?$/.exec(spec);
  // The text holds a key, so the message does not repeat it.
  if (parts === null) throw new UsageError('--keys takes ID:KEY[:TOKEN][@ACCOUNT], where ACCOUNT has 12 digits.');
  const [, secretId = '', secretKey = '', token, account = defaultAccount] = parts;
  return { secretId, secretKey, ...(token === undefined ? {} : { token }), account };
}

function faultOf(spec: string): Fault {
  try {
    return parseFault(spec);
  } catch (error) {
    throw error instanceof FaultSpecError ? new UsageError(error.message) : error;
  }
}
