import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createCloud } from '../../../src/api/cloud.ts';
import type { Cloud, CloudOptions } from '../../../src/api/cloud.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import type { Connection, Credentials } from '../../../src/domain/credentials.ts';
import {
  CancelledError,
  KeysUnavailableError,
  NetworkError,
  ServiceError,
  UnexpectedAnswerError,
} from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { virtualClock } from '../../support/virtualClock.ts';
import {
  answerOf,
  closed,
  connectionTo,
  createTestLog,
  directNetwork,
  listen,
  never,
  refusalOf,
  startServer,
} from './support.ts';
import type { Answer, TestServer } from './support.ts';

const time = Date.parse('2026-08-21T12:00:00.000Z');
const account = { accountId: '100000000001', offering: 'serverless' };
const plan: CreatePlan = {
  offering: 'serverless',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  name: 'demo',
  version: '10.4',
  charset: 'utf-8',
  tags: [],
};
const made = answerOf({ DBInstanceId: 'postgres-1' });

interface World {
  readonly server: TestServer;
  readonly create: (signal?: AbortSignal) => Promise<string | undefined>;
  readonly list: (signal?: AbortSignal) => Promise<unknown>;
  readonly cloud: Cloud;
  readonly clock: ReturnType<typeof virtualClock>;
  /** How long it was waited, in milliseconds. */
  readonly waits: number[];
  readonly warnings: string[];
  readonly log: readonly string[];
}

/** A cloud whose time passes only while it waits, and the server that it calls. */
async function setUp(context: TestContext, answer: Answer, options: Partial<CloudOptions> = {}): Promise<World> {
  const server = await startServer(answer);
  const clock = virtualClock(time);
  const waits: number[] = [];
  const warnings: string[] = [];
  const { lines, ...log } = createTestLog();
  const cloud = createCloud({
    connection: () => Promise.resolve(connectionTo(server.origin)),
    language: 'en-US',
    network: () => directNetwork,
    timeout: () => 30_000,
    environment: {},
    clientName: 'tests',
    log,
    now: clock.now,
    sleep: (milliseconds, signal) => {
      waits.push(milliseconds);
      return clock.sleep(milliseconds, signal);
    },
    random: () => 0.5,
    onDeprecated: () => undefined,
    onClockSkew: (warning) => warnings.push(warning),
    ...options,
  });
  context.after(async () => {
    await cloud.close();
    await server[Symbol.asyncDispose]();
  });
  const service = cloud.instances(account);
  return {
    ...{ server, cloud, clock, waits, warnings, log: lines },
    create: async (signal = never()) => (await service.create({ plan }, signal)).instanceId,
    list: (signal = never()) => service.list('ap-guangzhou', signal),
  };
}

/** Bodies in the order of the calls, the last one for all further. */
function saying(...bodies: readonly string[]): Answer {
  return (_, response, count) => {
    response.end(bodies[Math.min(count, bodies.length) - 1]);
  };
}

const code = (expected: string) => (error: unknown) => error instanceof ServiceError && error.code === expected;

test('a create that was refused for its rate is sent again, the same bytes, until the third refusal', async (context) => {
  const refusal = refusalOf('RequestLimitExceeded.UinLimitExceeded');
  const lucky = await setUp(context, saying(refusal, refusal, made));
  assert.equal(await lucky.create(), 'postgres-1');
  const bodies = new Set(lucky.server.received.map(({ body }) => body.toString()));
  assert.deepEqual([lucky.server.received.length, bodies.size, lucky.waits], [3, 1, [250, 500]]);
  assert.ok(lucky.log.some((line) => /is sent again in 250 ms: it had no effect/.test(line)));

  const unlucky = await setUp(context, saying(refusal));
  await assert.rejects(unlucky.create(), code('RequestLimitExceeded.UinLimitExceeded'));
  assert.equal(unlucky.server.received.length, 3);
});

test('a create that was refused for its rate and then lost may have arrived, and is not sent a third time', async (context) => {
  const { server, create } = await setUp(context, (_, response, count) => {
    if (count === 1) response.end(refusalOf('RequestLimitExceeded'));
    else response.socket?.destroy();
  });
  await assert.rejects(create(), (error) => error instanceof NetworkError && error.mayHaveArrived);
  assert.equal(server.received.length, 2);
});

test('a create is sent once the service listens again', async (context) => {
  const closedPort = createServer();
  const port = await listen(closedPort);
  await closed(closedPort);
  const target = `http://127.0.0.1:${String(port)}`;
  const tried: string[] = [];
  const { create, server, waits } = await setUp(context, saying(made), {
    connection: () => {
      const origin = tried.length === 0 ? target : server.origin;
      tried.push(origin);
      return Promise.resolve(connectionTo(origin));
    },
  });
  assert.equal(await create(), 'postgres-1');
  assert.deepEqual([tried.length, waits, server.received.length], [2, [250], 1]);
});

test('a create after which the connection is cut, or nothing usable comes, is sent once', async (context) => {
  const answers: readonly Answer[] = [
    (_, response) => response.socket?.resetAndDestroy(),
    (_, response) => response.writeHead(502).end('<html></html>'),
    (_, response) => response.writeHead(429, { 'retry-after': '1' }).end(),
    (_, response) => response.end(refusalOf('InternalError.SystemError')),
    (_, response) => response.end(refusalOf('ServiceUnavailable')),
  ];
  for (const answer of answers) {
    const { create, server, waits } = await setUp(context, answer);
    await assert.rejects(create());
    assert.deepEqual([server.received.length, waits], [1, []], answer.toString());
  }
});

test('the wait that an answer tells is waited, and one that is too long is not', async (context) => {
  const refusing =
    (retryAfter: string): Answer =>
    (_, response, count) => {
      if (count === 1) response.setHeader('retry-after', retryAfter).end(refusalOf('RequestLimitExceeded'));
      else response.end(made);
    };
  const seconds = await setUp(context, refusing('9'));
  await seconds.create();
  assert.deepEqual(seconds.waits, [9_250]);
  const long = await setUp(context, refusing('3600'));
  await assert.rejects(long.create(), code('RequestLimitExceeded'));
  assert.deepEqual([long.server.received.length, long.waits], [1, []]);
});

test('no wait is begun that would end later than a request may take', async (context) => {
  const world = await setUp(
    context,
    (_, response) => {
      world.clock.pass(20_000);
      response.setHeader('retry-after', '9').end(refusalOf('RequestLimitExceeded'));
    },
    { timeout: () => 30_000 },
  );
  await assert.rejects(world.list(), code('RequestLimitExceeded'));
  assert.deepEqual([world.server.received.length, world.waits], [2, [9_250]]);
});

test('an abort ends a call at once: while it waits, and while keys are read', async (context) => {
  const abort = new AbortController();
  const waiting = await setUp(context, saying(refusalOf('RequestLimitExceeded')), {
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new CancelledError());
        });
        abort.abort();
      }),
  });
  await assert.rejects(waiting.create(abort.signal), CancelledError);
  assert.equal(waiting.server.received.length, 1);

  const reading = new AbortController();
  const hanging = await setUp(context, saying(made), {
    connection: () => {
      setImmediate(() => {
        reading.abort();
      });
      return new Promise(() => undefined);
    },
  });
  await assert.rejects(hanging.create(reading.signal), CancelledError);
  assert.equal(hanging.server.received.length, 0);
});

/** A service that goes by a clock of its own, as the real one checks it. */
function going(offset: number, now: () => number, head: (date: string) => string = (date) => date): Answer {
  return ({ headers }, response) => {
    const its = now() + offset;
    response.setHeader('date', head(new Date(its).toUTCString()));
    const isNear = Math.abs(its / 1_000 - Number(headers['x-tc-timestamp'])) <= 300;
    response.end(isNear ? made : refusalOf('AuthFailure.SignatureExpire'));
  };
}

const minutes = 60_000;
const year = 365 * 24 * 60 * minutes;

for (const [words, offset] of [
  ['ten minutes slow', 10 * minutes],
  ['ten minutes fast', -10 * minutes],
  ['ten years slow', 10 * year],
  ['ten years fast', -10 * year],
] as const) {
  test(`with a clock ${words} a create succeeds, further calls are right at once, and it is told once`, async (context) => {
    const { create, list, server, warnings, waits } = await setUp(
      context,
      going(offset, () => time),
    );
    assert.equal(await create(), 'postgres-1');
    assert.equal(server.received.length, 2, 'refused once, then signed anew');
    const [first, second] = server.received.map(({ headers }) => headers.authorization);
    assert.notEqual(first, second);
    await create();
    await list();
    assert.deepEqual([server.received.length, waits], [4, []]);
    assert.equal(warnings.length, 1);
    assert.match(warnings.join(), new RegExp(offset > 0 ? 'slow' : 'fast'));
  });
}

test('a clock that is set right meanwhile is noticed, and nothing more is told', async (context) => {
  let offset = 2 * 60 * minutes;
  const world = await setUp(context, (...call) => {
    going(offset, () => world.clock.now())(...call);
  });
  await world.create();
  world.clock.pass(offset);
  offset = 0;
  await world.create();
  await world.create();
  assert.deepEqual([world.server.received.length, world.warnings.length], [5, 1]);
});

test('calls that find the clock wrong side by side are each sent again once', async (context) => {
  const { create, server, warnings } = await setUp(
    context,
    going(-10 * minutes, () => time),
  );
  await Promise.all([create(), create(), create()]);
  assert.deepEqual([server.received.length, warnings.length], [6, 1]);
});

test('without a usable date the refusal of the time stands, and the request is not sent again', async (context) => {
  const dates = ['', 'soon', 'Fri, 01 Jan 1960 00:00:00 GMT', new Date(time).toUTCString()];
  for (const date of dates) {
    const { create, server, warnings } = await setUp(context, (_, response) => {
      if (date === '') response.sendDate = false;
      else response.setHeader('date', date);
      response.end(refusalOf('AuthFailure.SignatureExpire'));
    });
    await assert.rejects(create(), code('AuthFailure.SignatureExpire'));
    assert.deepEqual([server.received.length, warnings], [1, []], date);
  }
});

test('a service that refuses every time is not asked a third time', async (context) => {
  const { create, server } = await setUp(context, (_, response) => {
    response.setHeader('date', new Date(time + server.received.length * year).toUTCString());
    response.end(refusalOf('AuthFailure.SignatureExpire'));
  });
  await assert.rejects(create(), code('AuthFailure.SignatureExpire'));
  assert.equal(server.received.length, 2);
});

const keys = (secretId: string): Credentials => ({ secretId, secretKey: new Secret(`${secretId}-key`) });

/** A service that takes one key. */
function taking(secretId: string, refusal = 'AuthFailure.TokenFailure'): Answer {
  return ({ headers }, response) => {
    const isTaken = headers.authorization?.includes(`Credential=${secretId}/`) === true;
    response.end(isTaken ? made : refusalOf(refusal));
  };
}

/** Gives these keys one after the other, the last one for all further; notes which had been refused. */
function giving(origin: () => string, ...ids: readonly string[]) {
  const refused: (string | undefined)[] = [];
  const connection = (_account: string, no?: Credentials): Promise<Connection> => {
    refused.push(no?.secretId);
    const id = ids[Math.min(refused.length, ids.length) - 1] ?? '';
    return Promise.resolve({ ...connectionTo(origin()), credentials: keys(id) });
  };
  return { refused, connection };
}

test('keys that have ended between two calls are read anew, and a create is sent with the new ones', async (context) => {
  for (const refusal of ['AuthFailure.TokenFailure', 'AuthFailure.SecretIdNotFound']) {
    const { connection, refused } = giving(() => server.origin, 'AKIDOLD', 'AKIDNEW');
    const { create, server, waits } = await setUp(context, taking('AKIDNEW', refusal), { connection });
    assert.equal(await create(), 'postgres-1');
    assert.deepEqual([server.received.length, waits, refused], [2, [], [undefined, 'AKIDOLD']]);
  }
});

test('the same keys again, or others that are refused as well, leave the refusal as it is', async (context) => {
  const same = giving(() => sameWorld.server.origin, 'AKIDOLD');
  const sameWorld = await setUp(context, taking('AKIDNEW'), same);
  await assert.rejects(sameWorld.create(), code('AuthFailure.TokenFailure'));
  assert.equal(sameWorld.server.received.length, 1);

  const other = giving(() => otherWorld.server.origin, 'AKIDOLD', 'AKIDOTHER', 'AKIDNEW');
  const otherWorld = await setUp(context, taking('AKIDNEW'), other);
  await assert.rejects(otherWorld.create(), code('AuthFailure.TokenFailure'));
  assert.equal(otherWorld.server.received.length, 2);
});

test('where there are no keys any more, that is what is told', async (context) => {
  const gone = new KeysUnavailableError({ kind: 'environment' }, { kind: 'missing' });
  const { create, server } = await setUp(context, taking('AKIDNEW'), {
    connection: (_, refused) =>
      refused === undefined ? Promise.resolve(connectionTo(server.origin)) : Promise.reject(gone),
  });
  await assert.rejects(create(), gone);
  assert.equal(server.received.length, 1);
});

test('keys that were given for one call are not looked for elsewhere', async (context) => {
  const { cloud, server } = await setUp(context, taking('AKIDNEW'), {
    connection: () => assert.fail('asked for other keys'),
  });
  await assert.rejects(cloud.identify(connectionTo(server.origin), never()), code('AuthFailure.TokenFailure'));
  assert.equal(server.received.length, 1);
});

test('time and keys may both be wrong, and each is put right once', async (context) => {
  const { connection } = giving(() => server.origin, 'AKIDOLD', 'AKIDOLD', 'AKIDNEW');
  const { create, server } = await setUp(
    context,
    (...call) => {
      const [{ headers }] = call;
      const isLate = Number(headers['x-tc-timestamp']) < time / 1_000 + 300;
      if (isLate) going(20 * minutes, () => time)(...call);
      else taking('AKIDNEW')(...call);
    },
    { connection },
  );
  assert.equal(await create(), 'postgres-1');
  assert.equal(server.received.length, 3);
});

test('a redirect is an answer that nobody promised: the request goes to no other host', async (context) => {
  const other = await startServer(saying(made));
  context.after(() => other[Symbol.asyncDispose]());
  for (const status of [301, 302, 303, 307, 308]) {
    const { create, list, server } = await setUp(context, (_, response) => {
      response.writeHead(status, { location: other.origin }).end(made);
    });
    const refused = (error: unknown): boolean => error instanceof UnexpectedAnswerError && error.httpStatus === status;
    await assert.rejects(create(), refused);
    await assert.rejects(list(), refused);
    assert.deepEqual([server.received.length, other.connections()], [2, 0]);
  }
});

test('a call that is done listens to its signal no longer', async (context) => {
  const { list } = await setUp(context, saying(refusalOf('InternalError'), answerOf({})));
  const { signal } = new AbortController();
  await list(signal);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
