import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createCloud } from '../../../src/api/cloud.ts';
import type { CloudOptions } from '../../../src/api/cloud.ts';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { answerOf, closed, connectionTo, createTestLog, directNetwork, listen, never, startServer } from './support.ts';
import type { Answer } from './support.ts';

const account = { accountId: '100000000001', offering: 'serverless' };
const good = answerOf({ TotalCount: 0, DBInstanceSet: [] });

/** Lists instances of a service at that origin; what would be tried again fails at once. */
function listing(context: TestContext, origin: string, options: Partial<CloudOptions> = {}): () => Promise<Instance[]> {
  const cloud = createCloud({
    connection: () => Promise.resolve(connectionTo(origin)),
    language: 'en-US',
    network: () => directNetwork,
    timeout: () => 30_000,
    environment: {},
    clientName: 'tests',
    log: createTestLog(),
    now: Date.now,
    sleep: () => Promise.reject(new CancelledError()),
    random: () => 0.5,
    onDeprecated: () => undefined,
    onClockSkew: () => undefined,
    ...options,
  });
  context.after(() => cloud.close());
  return () => cloud.instances(account).list('ap-guangzhou', never());
}

async function listFrom(context: TestContext, answer: Answer): Promise<Instance[]> {
  await using server = await startServer(answer);
  return await listing(context, server.origin)();
}

const unexpected = (problem: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UnexpectedAnswerError, String(error));
  assert.match(error.problem, problem);
  return true;
};

test('an answer that is packed is refused at its head, and never unpacked', async (context) => {
  const bomb = Buffer.alloc(50_000_000);
  const packed = { gzip: gzipSync(bomb), deflate: deflateSync(bomb), br: brotliCompressSync(Buffer.from(good)) };
  for (const [encoding, body] of Object.entries(packed)) {
    const list = listFrom(context, (_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    await assert.rejects(list, unexpected(/encoded, which was not asked for/));
  }
  const twice = listFrom(context, (_, response) => {
    response.setHeader('content-encoding', ['identity', 'gzip']).end(good);
  });
  await assert.rejects(twice, unexpected(/encoded/));
});

test('packed without saying so it is no JSON, and said to be plain it is plain', async (context) => {
  const silent = listFrom(context, (_, response) => response.end(gzipSync(good)));
  await assert.rejects(silent, unexpected(/the answer is not JSON/));
  const plain = listFrom(context, (_, response) => {
    response.writeHead(200, { 'content-encoding': 'identity' }).end(good);
  });
  assert.deepEqual(await plain, []);
});

test('of an answer of a gigabyte no more is taken than the limit and what is on the way', async (context) => {
  const gigabyte = 1_000_000_000;
  const chunk = Buffer.alloc(1_000_000, ' ');
  let written = 0;
  const list = listFrom(context, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': gigabyte });
    const flood = (): void => {
      while (!response.destroyed && written < gigabyte) {
        written += chunk.length;
        if (!response.write(chunk)) break;
      }
    };
    response.on('drain', flood);
    flood();
  });
  await assert.rejects(list, unexpected(/longer than 10000000 bytes/));
  assert.ok(written < 100_000_000, String(written));
});

test('a page of a gateway is told by its status, and an empty answer as empty', async (context) => {
  const page = listFrom(context, (_, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not Found</html>');
  });
  await assert.rejects(page, (error) => error instanceof UnexpectedAnswerError && error.httpStatus === 404);
  const empty = listFrom(context, (_, response) => response.end());
  await assert.rejects(empty, unexpected(/the answer is empty/));
});

test('what is called by another type and is JSON is JSON', async (context) => {
  for (const type of ['text/html', 'text/plain; charset=gbk', 'image/png', '']) {
    const list = listFrom(context, (_, response) => {
      response.writeHead(200, type === '' ? {} : { 'content-type': type }).end(good);
    });
    assert.deepEqual(await list, [], type);
  }
});

test('of members of the same name the last one counts', async (context) => {
  const error = (code: string): string => `"Error":{"Code":"${code}","Message":"m"}`;
  const bodies = {
    refused: `{"Response":{${error('First')},${error('Second')},"RequestId":"r-1","RequestId":"r-2"}}`,
    taken: `{"Response":{${error('First')},"Error":null,"TotalCount":"?","TotalCount":0,"RequestId":"r-1"}}`,
    odd: `{"Response":{${error('First')}},"Response":7}`,
    proto: `{"Response":{"__proto__":{"Error":{"Code":"First"}},"TotalCount":0,"RequestId":"r-1"}}`,
  };
  const list = (body: string): Promise<Instance[]> => listFrom(context, (_, response) => response.end(body));
  await assert.rejects(
    list(bodies.refused),
    (thrown) => thrown instanceof ServiceError && thrown.code === 'Second' && thrown.requestId === 'r-2',
  );
  assert.deepEqual(await list(bodies.taken), []);
  await assert.rejects(list(bodies.odd), unexpected(/Response/));
  assert.deepEqual(await list(bodies.proto), []);
});

test('an answer that is nested a hundred thousand levels deep is refused, or left out where it would not be read', async (context) => {
  const levels = 100_000;
  const nests = ['['.repeat(levels) + ']'.repeat(levels), `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`];
  for (const nest of nests) {
    const bodies = [
      nest,
      `{"Response":${nest}}`,
      `{"Response":{"Error":${nest},"RequestId":"r"}}`,
      `{"Response":{"TotalCount":0,"DBInstanceSet":${nest},"RequestId":"r"}}`,
      `{"Response":{"TotalCount":0,"DBInstanceSet":[{"DBInstanceId":${nest}}],"RequestId":"r"}}`,
    ];
    for (const body of bodies) {
      await assert.rejects(
        listFrom(context, (_, response) => response.end(body)),
        unexpected(/./),
        body.slice(0, 60),
      );
    }
    const unread = `{"Response":{"TotalCount":0,"Unheard":${nest},"RequestId":"r"}}`;
    assert.deepEqual(await listFrom(context, (_, response) => response.end(unread)), []);
  }
});

test('a steady drip ends with the time of the request', async (context) => {
  await using server = await startServer((_, response) => {
    const drip = setInterval(() => response.write(' '), 5);
    response.on('close', () => {
      clearInterval(drip);
    });
  });
  const list = listing(context, server.origin, { timeout: () => 300 });
  await assert.rejects(list(), (error) => error instanceof NetworkError && error.reason === 'timeout');
  assert.equal(server.received.length, 1);
});

/** A service that sends a text and closes the connection, whatever it is asked. */
async function sending(text: string, use: (origin: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(text));
  });
  const port = await listen(server);
  try {
    await use(`http://127.0.0.1:${String(port)}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await closed(server);
  }
}

const size = String(good.length);
const framings: Readonly<Record<string, string>> = {
  'with its length': `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${good}`,
  'in chunks': `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${good.length.toString(16)}\r\n${good}\r\n0\r\n\r\n`,
  'up to the end of the connection': `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${good}`,
};

for (const [framing, whole] of Object.entries(framings)) {
  test(`an answer sent ${framing} is taken whole or not at all, wherever it is cut`, async (context) => {
    for (let length = 0; length <= whole.length; length += 1) {
      await sending(whole.slice(0, length), async (origin) => {
        const list = listing(context, origin);
        if (length === whole.length) {
          assert.deepEqual(await list(), []);
          return;
        }
        const error: unknown = await list().catch((thrown: unknown) => thrown);
        const isKnown =
          // A read would be tried again after a cut, and the test ends that.
          error instanceof CancelledError || error instanceof UnexpectedAnswerError;
        assert.ok(isKnown, `${String(length)}: ${String(error)}`);
      });
    }
  });
}
