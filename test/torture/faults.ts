import { gzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { accountErrors } from '../../src/api/accountErrors.ts';
import type { CloudOptions } from '../../src/api/cloud.ts';
import { commonErrors } from '../../src/api/commonErrors.ts';
import { orderErrors } from '../../src/api/orderErrors.ts';
import { placeErrors } from '../../src/api/placeErrors.ts';
import { postgresErrors } from '../../src/api/postgresErrors.ts';
import { serverErrors } from '../../src/api/serverErrors.ts';
import { serverlessErrors } from '../../src/api/serverless/errors.ts';
import type { NetworkReason } from '../../src/domain/errors.ts';
import type { Blow, CaughtCall, ServiceAnswer } from '../support/enemy.ts';
import type { Arsenal } from './arsenal.ts';
import type { Field } from './field.ts';

/** One attack on one action. */
export interface Strike {
  /** Of the strikes of a fault, which one. */
  readonly label: string;
  /**
   * Every call while it lasts, every one from that of the action under attack on, or those of this action alone. A
   * read consists of such calls only.
   */
  readonly strikes: 'way' | 'wayFromThere' | 'action';
  /** What the simulator is to do, as its faults are written, without the action. */
  readonly effects?: readonly string[];
  /** What the enemy is to do. */
  readonly blow?: Omit<Blow, 'action'>;
  /** Called instead of the enemy. */
  readonly endpoint?: string;
  readonly options?: Partial<CloudOptions>;
  /** Before the call that is under attack, after one that went well. */
  begin?(field: Field): Promise<void>;
  /** What a failed read is to say, so that it is this fault that it met. */
  readonly reason?: NetworkReason;
  /** A read cannot end well; or it has to. */
  readonly ends?: 'badly' | 'well';
  /** The service says that there is no such instance, and so it is believed to be gone. */
  readonly deniesInstance?: boolean;
  /** What is wrong in places of its own; absent when nothing is. */
  after?(): string | undefined;
}

/** A way in which things go wrong. */
export interface Fault {
  readonly name: string;
  /** Each once. One may depend on what was seen during those before it. @param field where it is to strike */
  strikes(field: Field): Iterable<Strike>;
}

/** Milliseconds that a request may take where the fault is that there is no end of it. */
const impatient = { timeout: () => 150 };

const one = (name: string, strike: Omit<Strike, 'label'>): Fault => ({
  name,
  strikes: () => [{ label: name, ...strike }],
});

/** Sends what is left of an answer as it stands, head and all, and ends the connection. */
function raw({ socket }: CaughtCall, bytes: Uint8Array): void {
  socket.end(bytes);
}

function wholeOf({ status, type, body }: ServiceAnswer): Buffer {
  const head = `HTTP/1.1 ${String(status)} OK\r\nContent-Type: ${type}\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** What is done when the whole request is there. */
function onCall(strike: (call: CaughtCall) => void | Promise<void>): Pick<Blow, 'strike'> {
  return {
    strike: (_socket, call) => {
      if (call === undefined) throw new Error('This blow needs a whole request');
      return strike(call);
    },
  };
}

/** The service does its work, and another text than its answer comes back. */
function otherText(change: (text: string) => string): Pick<Blow, 'strike'> {
  return onCall(async (call) => {
    const answer = await call.handOn();
    raw(call, wholeOf({ ...answer, body: Buffer.from(change(answer.body.toString())) }));
  });
}

const resets: readonly Fault[] = [
  one('reset before the request', {
    strikes: 'way',
    blow: { at: 'connection', strike: (socket) => void socket.resetAndDestroy() },
    reason: 'reset',
    ends: 'badly',
  }),
  one('reset during the request', {
    strikes: 'way',
    blow: { at: 'head', strike: (socket) => void socket.resetAndDestroy() },
    reason: 'reset',
    ends: 'badly',
  }),
  one('reset after the request', {
    strikes: 'way',
    blow: onCall(({ socket }) => void socket.resetAndDestroy()),
    reason: 'reset',
    ends: 'badly',
  }),
  one('reset after the work', {
    strikes: 'way',
    blow: onCall(async ({ socket, handOn }) => {
      await handOn();
      socket.resetAndDestroy();
    }),
    reason: 'reset',
    ends: 'badly',
  }),
  one('way broken from the request on', {
    strikes: 'wayFromThere',
    blow: onCall(({ socket }) => void socket.resetAndDestroy()),
    reason: 'reset',
    ends: 'badly',
  }),
  one('way broken from the answer on', {
    strikes: 'wayFromThere',
    blow: onCall(async ({ socket, handOn }) => {
      await handOn();
      socket.resetAndDestroy();
    }),
    reason: 'reset',
    ends: 'badly',
  }),
  one('answer lost once', { strikes: 'action', effects: ['cut-after*1'] }),
  one('request lost once', { strikes: 'action', effects: ['cut-before*1'] }),
];

function ways(arsenal: Arsenal): readonly Fault[] {
  const trusting = { environment: { NODE_EXTRA_CA_CERTS: arsenal.authorityFile } };
  const proxied = (proxy: string): Partial<CloudOptions> => ({
    network: () => ({
      ...{ proxy, noProxy: ['<-loopback>'], proxySupport: 'on' },
      ...{ strictSsl: true, systemCertificates: false },
    }),
  });
  const way = (name: string, reason: NetworkReason, how: Pick<Strike, 'endpoint' | 'options' | 'blow'>): Fault =>
    one(name, { strikes: 'way', reason, ends: 'badly', ...how });
  return [
    way('name not found', 'dns', { endpoint: arsenal.nameless }),
    way('connection refused', 'refused', { endpoint: arsenal.refusing }),
    way('black hole', 'timeout', { options: impatient, blow: onCall(() => undefined) }),
    way('black hole after the work', 'timeout', {
      options: impatient,
      blow: onCall(async ({ handOn }) => {
        await handOn();
      }),
    }),
    way('TLS: wrong name', 'tls', { endpoint: arsenal.wrongName, options: trusting }),
    way('TLS: expired', 'tls', { endpoint: arsenal.expired, options: trusting }),
    way('TLS: unknown authority', 'tls', { endpoint: arsenal.unknownAuthority, options: trusting }),
    way('proxy: 407', 'proxy', { options: proxied(arsenal.proxies.asksForPassword) }),
    way('proxy: 502', 'proxy', { options: proxied(arsenal.proxies.badGateway) }),
    way('proxy: black hole', 'timeout', { options: { ...proxied(arsenal.proxies.blackHole), ...impatient } }),
  ];
}

/** Every answer of the action ends after so many bytes. */
const cut: Fault = {
  name: 'answer cut at every 64th byte',
  *strikes() {
    let length = Infinity;
    for (let at = 0; at < length; at += 64) {
      yield {
        label: `at byte ${String(at)}`,
        strikes: 'action',
        blow: onCall(async (call) => {
          const whole = wholeOf(await call.handOn());
          length = whole.length;
          raw(call, whole.subarray(0, at));
        }),
        ends: 'badly',
      };
    }
  },
};

async function drip({ socket, handOn }: CaughtCall): Promise<void> {
  for (const byte of wholeOf(await handOn())) {
    if (socket.destroyed) return;
    socket.write(Buffer.from([byte]));
    await wait(25);
  }
}

const gigabyte = 1_000_000_000;

/** So much of it may be on its way, in buffers, when the reader has enough. */
const inBuffers = 100_000_000;

const flood: Fault = {
  name: 'answer of 1 GB',
  *strikes() {
    let most = 0;
    yield {
      label: 'all of it spaces',
      strikes: 'action',
      blow: onCall(async ({ socket, handOn }) => {
        await handOn();
        const length = `Content-Length: ${String(gigabyte)}`;
        socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
        const chunk = Buffer.alloc(1 << 16, ' ');
        for (let sent = 0; sent < gigabyte && !socket.destroyed; sent += chunk.length) {
          most = Math.max(most, sent);
          await new Promise<void>((resolve) => {
            socket.write(chunk, () => {
              resolve();
            });
          });
        }
      }),
      ends: 'badly',
      after: () => (most < inBuffers ? undefined : 'it was read to its end'),
    };
  },
};

/** A gigabyte of nothing in a megabyte: members of a gzip file may follow one another. */
const bomb = (() => {
  let made: Buffer | undefined;
  return (): Buffer => {
    const part = 10_000_000;
    made ??= Buffer.concat(Array<Buffer>(gigabyte / part).fill(gzipSync(Buffer.alloc(part))));
    return made;
  };
})();

function redirect(arsenal: Arsenal): Fault {
  return {
    name: 'redirect to another host',
    *strikes() {
      for (const status of [301, 302, 303, 307, 308]) {
        const before = arsenal.other.connections();
        yield {
          label: `HTTP ${String(status)}`,
          strikes: 'action',
          blow: onCall((call) => {
            const line = `HTTP/1.1 ${String(status)} Moved\r\nLocation: ${arsenal.other.origin}/\r\nContent-Length: 0\r\n\r\n`;
            raw(call, Buffer.from(line));
          }),
          ends: 'badly',
          after: () => (arsenal.other.connections() === before ? undefined : 'the redirect was followed'),
        };
      }
    },
  };
}

/** Each member of the answer twice, one of the two worthless. A reader takes the last, or refuses both. */
function doubled(text: string, worthless: 'first' | 'last'): string {
  return text.replace(/"([A-Za-z]+)":("(?:[^"\\]|\\.)*"|-?\d+|true|false|null)/g, (member, name: string) => {
    const other = `"${name}":{"of":["no","use"]}`;
    return worthless === 'first' ? `${other},${member}` : `${member},${other}`;
  });
}

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepest = 200_000;

function answers(arsenal: Arsenal): readonly Fault[] {
  const answer = (name: string, how: Omit<Strike, 'label' | 'strikes'>): Fault =>
    one(name, { strikes: 'action', ...how });
  return [
    cut,
    answer('half an answer', {
      blow: onCall(async (call) => {
        const whole = wholeOf(await call.handOn());
        raw(call, whole.subarray(0, whole.length / 2));
      }),
      ends: 'badly',
    }),
    answer('slow drip', { options: impatient, blow: onCall(drip), reason: 'timeout', ends: 'badly' }),
    flood,
    answer('gzip bomb', {
      blow: onCall(async (call) => {
        await call.handOn();
        const length = `Content-Length: ${String(bomb().length)}`;
        const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n${length}\r\n\r\n`;
        raw(call, Buffer.concat([Buffer.from(head), bomb()]));
      }),
      ends: 'badly',
    }),
    redirect(arsenal),
    answer('HTML with status 502', { effects: ['html'], ends: 'badly' }),
    answer('HTML with status 200', {
      blow: otherText((text) => `<html>Sign in to the network</html>${text}`),
      ends: 'badly',
    }),
    answer('JSON without its end', { blow: otherText((text) => text.slice(0, -2)), ends: 'badly' }),
    answer('200 with an empty body', { effects: ['empty'], ends: 'badly' }),
    answer('members of other types', { effects: ['shape'] }),
    answer('not HTTP', {
      blow: onCall(async (call) => {
        const answer = await call.handOn();
        raw(call, Buffer.concat([Buffer.from('SSH-2.0-'), answer.body]));
      }),
      ends: 'badly',
    }),
    answer('wrong content type', {
      blow: onCall(async (call) => {
        raw(call, wholeOf({ ...(await call.handOn()), type: 'image/png' }));
      }),
      ends: 'well',
    }),
    {
      name: 'duplicate keys',
      strikes: () => [
        {
          label: 'the last is right',
          strikes: 'action',
          blow: otherText((text) => doubled(text, 'first')),
          ends: 'well',
        },
        {
          label: 'the first is right',
          strikes: 'action',
          blow: otherText((text) => doubled(text, 'last')),
          ends: 'badly',
        },
      ],
    },
    {
      name: 'deep nesting',
      strikes: () => [
        {
          label: 'beside the answer',
          strikes: 'action',
          blow: otherText((text) => text.replace('"Response":{', `"Response":{"Deep":${nested(deepest)},`)),
          ends: 'well',
        },
        {
          label: 'in place of the answer',
          strikes: 'action',
          blow: otherText(() => `{"Response":${nested(deepest)}}`),
          ends: 'badly',
        },
      ],
    },
  ];
}

const lists = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync(new URL('../fixtures/errorCodes.json', import.meta.url), 'utf8')));

const catalogue = [
  ...[commonErrors, postgresErrors, placeErrors, orderErrors, accountErrors, serverErrors, serverlessErrors],
].flatMap((entries) => Object.keys(entries));

/** Every code of the documents and of our own catalogue. */
export const documentedCodes: readonly string[] = [...new Set([...Object.values(lists).flat(), ...catalogue])].sort();

const denials: ReadonlySet<string> = new Set([
  'ResourceNotFound',
  'ResourceNotFound.InstanceNotFoundError',
  'OperationDenied.ResourceNotFoundError',
  'OperationDenied.ResourceNotFundError',
  'InvalidParameterValue.InstanceNotExist',
  'InstanceNotExist',
]);

const refused = (code: string): Strike => ({
  label: code,
  strikes: 'action',
  effects: [`error:${code}`],
  deniesInstance: denials.has(code),
});

const words: readonly Fault[] = [
  { name: 'every documented code', strikes: () => documentedCodes.map(refused) },
  {
    name: 'unknown code',
    strikes: () => ['BrandNew', 'BrandNew.Trouble', 'InternalError.BrandNew', 'AuthFailure.BrandNew'].map(refused),
  },
  {
    name: 'rate limit storm',
    strikes: () =>
      [2, 20, 200].map((count) => ({
        label: `${String(count)} calls`,
        strikes: 'way',
        effects: [`error:RequestLimitExceeded*${String(count)}`],
      })),
  },
];

const minute = 60_000;
const year = 365.25 * 24 * 60 * minute;

/** The clock of this machine is off by so many milliseconds. */
function clock(name: string, off: number): Fault {
  return {
    name,
    strikes: () => [{ label: name, strikes: 'way', options: { now: () => Date.now() + off } }],
  };
}

const time: readonly Fault[] = [
  clock('clock 10 minutes slow', -10 * minute),
  clock('clock 10 minutes fast', 10 * minute),
  clock('clock 10 years slow', -10 * year),
  clock('clock 10 years fast', 10 * year),
  {
    name: 'token expires between two calls',
    strikes: (field) => [
      { label: 'before the call', strikes: 'way', begin: (there) => there.expireKeys(), ends: 'badly' },
      {
        label: 'while it is answered',
        strikes: 'action',
        blow: onCall(async (call) => {
          const answer = await call.handOn();
          await field.expireKeys();
          raw(call, wholeOf(answer));
        }),
      },
    ],
  },
];

/** Every way in which a call can go wrong. */
export function faultsOf(arsenal: Arsenal): readonly Fault[] {
  return [...ways(arsenal), ...resets, ...answers(arsenal), ...words, ...time];
}
