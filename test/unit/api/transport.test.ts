import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createTransport } from '../../../src/api/transport.ts';
import type { Limits, Transport, TransportOptions, WireRequest } from '../../../src/api/transport.ts';
import { CancelledError, NetworkError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { NetworkReason } from '../../../src/domain/errors.ts';
import {
  closed,
  createTestLog,
  directNetwork,
  listen,
  never,
  startSecureServer,
  startServer,
  tlsFolder,
} from './support.ts';

const long: Limits = { headers: 30_000, total: 30_000 };

async function withTransport(
  use: (transport: Transport) => Promise<void>,
  options: Partial<TransportOptions> = {},
): Promise<void> {
  const transport = createTransport({
    network: () => directNetwork,
    environment: {},
    log: createTestLog(),
    ...options,
  });
  try {
    await use(transport);
  } finally {
    await transport.close();
  }
}

function requestTo(origin: string, body = '{}'): WireRequest {
  const host = new URL(origin).host;
  return {
    action: 'DoIt',
    endpoint: { origin, host },
    headers: { host, 'content-type': 'application/json' },
    body: Buffer.from(body),
  };
}

function networkError(reason: NetworkReason, mayHaveArrived: boolean): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NetworkError, String(error));
    assert.deepEqual({ reason: error.reason, mayHaveArrived: error.mayHaveArrived }, { reason, mayHaveArrived });
    return true;
  };
}

/** A TCP server that does with each connection what the test says. */
async function withTcp(onSocket: (socket: Socket) => void, use: (origin: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  const port = await listen(server);
  try {
    await use(`http://127.0.0.1:${String(port)}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await closed(server);
  }
}

test('the bytes and headers arrive as they were given, and the answer comes back as it was sent', async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(203).write('{"a":');
    response.end('1}');
  });
  await withTransport(async (transport) => {
    const body = '{"name":"数据库 \u{1f418} ü"}';
    const answer = await transport.send(requestTo(server.origin, body), long, never());
    assert.deepEqual([answer.status, answer.body.toString()], [203, '{"a":1}']);
    const [received] = server.received;
    assert.ok(received !== undefined);
    assert.equal(received.method, 'POST');
    assert.equal(received.path, '/');
    assert.equal(received.body.toString(), body);
    assert.equal(received.headers.host, new URL(server.origin).host);
  });
});

test('what the answer says of its time and of waiting comes with it, unless it says so twice', async () => {
  await using server = await startServer((_, response, count) => {
    if (count > 1) response.sendDate = false;
    if (count === 1) response.setHeader('retry-after', '7').setHeader('date', 'Fri, 21 Aug 2026 12:00:00 GMT');
    if (count === 2) response.setHeader('retry-after', ['7', '8']);
    response.end('{}');
  });
  await withTransport(async (transport) => {
    const first = await transport.send(requestTo(server.origin), long, never());
    assert.deepEqual([first.date, first.retryAfter], ['Fri, 21 Aug 2026 12:00:00 GMT', '7']);
    const second = await transport.send(requestTo(server.origin), long, never());
    assert.deepEqual([second.date, second.retryAfter], ['', '']);
  });
});

test('an informational answer is not taken for the head of the real one', async () => {
  await using server = await startServer((_, response) => {
    response.writeProcessing();
  });
  await withTransport(async (transport) => {
    const limits = { headers: 100, total: 30_000 };
    const call = transport.send(requestTo(server.origin), limits, never());
    await assert.rejects(call, networkError('timeout', true));
  });
});

test('calls one after the other keep their connections', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  await withTransport(async (transport) => {
    for (let call = 0; call < 20; call += 1) await transport.send(requestTo(server.origin), long, never());
    // Two, because a connection becomes free a moment after its answer.
    assert.ok(server.connections() <= 2, String(server.connections()));
  });
});

test('the dispatcher that the whole process shares stays untouched', async () => {
  const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
  const look = (): unknown[] => slots.map((slot): unknown => Object.getOwnPropertyDescriptor(globalThis, slot)?.value);
  const before = look();
  await using server = await startServer((_, response) => response.end('{}'));
  await withTransport(async (transport) => {
    await transport.send(requestTo(server.origin), long, never());
    assert.deepEqual(look(), before);
  });
});

test('a redirect is not followed', async () => {
  await using other = await startServer((_, response) => response.end('{}'));
  await using server = await startServer((_, response) => response.writeHead(307, { location: other.origin }).end());
  await withTransport(async (transport) => {
    assert.equal((await transport.send(requestTo(server.origin), long, never())).status, 307);
    assert.equal(other.received.length, 0);
  });
});

test('an abort before the call sends nothing', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, AbortSignal.abort()), CancelledError);
    assert.equal(server.connections(), 0);
  });
});

test('an abort while the answer is awaited ends the call and the connection', async () => {
  const abort = new AbortController();
  let connectionEnded: Promise<void> | undefined;
  await using server = await startServer((_, response) => {
    connectionEnded = new Promise((resolve) => {
      response.on('close', resolve);
    });
    abort.abort();
  });
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, abort.signal), CancelledError);
    await connectionEnded;
  });
});

test('an abort in the middle of an answer ends the call', async () => {
  const abort = new AbortController();
  await using server = await startServer((_, response) => {
    response.write('{"half":', () => {
      setImmediate(() => {
        abort.abort();
      });
    });
  });
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, abort.signal), CancelledError);
  });
});

test('an abort while the connection is still being secured ends the call at once', async () => {
  const abort = new AbortController();
  await withTcp(
    () => {
      abort.abort();
    },
    async (origin) => {
      await withTransport(async (transport) => {
        const secure = origin.replace('http:', 'https:');
        await assert.rejects(transport.send(requestTo(secure), long, abort.signal), CancelledError);
      });
    },
  );
});

test('closing ends the calls under way and refuses further ones', async () => {
  const abort = new AbortController();
  await using server = await startServer(() => {
    abort.abort();
  });
  await withTransport(async (transport) => {
    const arrived = new Promise((resolve) => {
      abort.signal.addEventListener('abort', resolve);
    });
    const call = transport.send(requestTo(server.origin), long, never());
    const outcome = assert.rejects(call, CancelledError);
    await arrived;
    await transport.close();
    await outcome;
    await assert.rejects(transport.send(requestTo(server.origin), long, never()), CancelledError);
  });
});

test('a refused connection has sent nothing', async () => {
  let origin = '';
  await withTcp(
    () => undefined,
    (listening) => {
      origin = listening;
      return Promise.resolve();
    },
  );
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(origin), long, never()), networkError('refused', false));
  });
});

test('a name that does not exist has sent nothing', async () => {
  await withTransport(async (transport) => {
    const call = transport.send(requestTo('https://nowhere.invalid'), long, never());
    await assert.rejects(call, networkError('dns', false));
  });
});

test('a connection that is not secured in time has sent nothing', async () => {
  await withTcp(
    () => undefined,
    async (origin) => {
      await withTransport(
        async (transport) => {
          const call = transport.send(requestTo(origin.replace('http:', 'https:')), long, never());
          await assert.rejects(call, networkError('timeout', false));
        },
        { connectTimeout: 50 },
      );
    },
  );
});

test('a request without an answer in time may have arrived', async () => {
  await using server = await startServer(() => undefined);
  await withTransport(async (transport) => {
    const total = transport.send(requestTo(server.origin), { headers: 30_000, total: 100 }, never());
    await assert.rejects(total, networkError('timeout', true));
    const headers = transport.send(requestTo(server.origin), { headers: 100, total: 30_000 }, never());
    await assert.rejects(headers, networkError('timeout', true));
  });
});

test('an answer that does not end in time is a timeout, however steadily it drips', async () => {
  await using server = await startServer((_, response) => {
    const drip = setInterval(() => response.write(' '), 10);
    response.on('close', () => {
      clearInterval(drip);
    });
  });
  await withTransport(async (transport) => {
    const call = transport.send(requestTo(server.origin), { headers: 30_000, total: 600 }, never());
    await assert.rejects(call, networkError('timeout', true));
  });
});

test('a connection that is cut after the request may have delivered it', async () => {
  await using server = await startServer((_, response) => {
    response.socket?.destroy();
  });
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('reset', true));
    assert.equal(server.received.length, 1, 'it is not sent a second time');
  });
});

test('a kept connection that is cut once the next request is on its way may have delivered it', async () => {
  await using server = await startServer((_, response, count) => {
    if (count === 1) response.end('{}');
    else response.socket?.resetAndDestroy();
  });
  await withTransport(async (transport) => {
    await transport.send(requestTo(server.origin), long, never());
    // A connection becomes free a moment after its answer.
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('reset', true));
    assert.deepEqual([server.connections(), server.received.length], [1, 2], 'over the same connection, and once');
  });
});

test('a kept connection that the other side has ended is not used: the request goes over a new one, once', async () => {
  let ended: Promise<unknown> = Promise.resolve();
  await using server = await startServer((_, response) => {
    const { socket } = response;
    if (socket !== null) ended = once(socket, 'close');
    response.end('{}', () => socket?.end());
  });
  await withTransport(async (transport) => {
    for (let call = 1; call <= 3; call += 1) {
      assert.equal((await transport.send(requestTo(server.origin), long, never())).status, 200);
      await ended;
      assert.deepEqual([server.connections(), server.received.length], [call, call]);
    }
  });
});

test('wherever a new connection is cut, what is said not to have arrived has not', async () => {
  for (let turns = 0; turns < 12; turns += 1) {
    let bytes = 0;
    await withTcp(
      (socket) => {
        socket.on('data', (chunk) => {
          bytes += chunk.length;
        });
        const cut = (left: number): void => {
          if (left === 0) socket.resetAndDestroy();
          else setImmediate(cut, left - 1);
        };
        cut(turns);
      },
      async (origin) => {
        await withTransport(async (transport) => {
          const error: unknown = await transport
            .send(requestTo(origin), long, never())
            .catch((thrown: unknown) => thrown);
          assert.ok(error instanceof NetworkError && error.reason === 'reset', String(error));
          if (!error.mayHaveArrived) assert.equal(bytes, 0);
        });
      },
    );
  }
});

test('a handshake that is cut is no bad certificate, and has sent nothing', async () => {
  for (const cut of ['end', 'resetAndDestroy'] as const) {
    await withTcp(
      (socket) => {
        socket.once('data', () => socket[cut]());
      },
      async (origin) => {
        await withTransport(async (transport) => {
          const call = transport.send(requestTo(origin.replace('http:', 'https:')), long, never());
          await assert.rejects(call, networkError('reset', false));
        });
      },
    );
  }
});

test('half an answer is a cut connection', async () => {
  await using server = await startServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"half":', () => response.socket?.destroy());
  });
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('reset', true));
  });
});

test('what is not HTTP is an unexpected answer', async () => {
  await withTcp(
    (socket) => {
      socket.end('220 mail.example ESMTP\r\n');
    },
    async (origin) => {
      await withTransport(async (transport) => {
        await assert.rejects(transport.send(requestTo(origin), long, never()), UnexpectedAnswerError);
      });
    },
  );
});

test('the error about what is not HTTP holds nothing of it, as it may be a password', async () => {
  await withTcp(
    (socket) => {
      socket.end('{"DBPassword":"secret-in-the-answer"}');
    },
    async (origin) => {
      await withTransport(async (transport) => {
        await assert.rejects(transport.send(requestTo(origin), long, never()), (error) => {
          assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /secret-in-the-answer/);
          return error instanceof UnexpectedAnswerError;
        });
      });
    },
  );
});

test('a huge answer is refused and its connection ended', async () => {
  await using server = await startServer((_, response) => {
    const flood = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', flood);
    flood();
  });
  await withTransport(
    async (transport) => {
      const call = transport.send(requestTo(server.origin), long, never());
      await assert.rejects(
        call,
        (error) => error instanceof UnexpectedAnswerError && error.problem === 'longer than 100000 bytes',
      );
    },
    { largestAnswer: 100_000 },
  );
});

test('a header that cannot be sent is refused before anything is sent, and not repeated in the error', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  await withTransport(async (transport) => {
    const request = requestTo(server.origin);
    const call = transport.send({ ...request, headers: { 'x-tc-token': 'hunter2\r\nx: y' } }, long, never());
    await assert.rejects(call, (error) => networkError('other', false)(error) && !String(error).includes('hunter2'));
    assert.equal(server.received.length, 0);
  });
});

test('the certificate of a stranger is refused before anything is sent', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  await withTransport(async (transport) => {
    await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('tls', false));
  });
  assert.equal(server.received.length, 0);
});

test('a private authority is trusted through NODE_EXTRA_CA_CERTS', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  const environment = { NODE_EXTRA_CA_CERTS: `${tlsFolder}authority.crt` };
  for (const systemCertificates of [true, false]) {
    await withTransport(
      async (transport) => {
        assert.equal((await transport.send(requestTo(server.origin), long, never())).status, 200);
        const localhost = server.origin.replace('127.0.0.1', 'localhost');
        assert.equal((await transport.send(requestTo(localhost), long, never())).status, 200);
      },
      { environment, network: () => ({ ...directNetwork, systemCertificates }) },
    );
  }
});

test('without strict checking any certificate is taken, and the change of the setting is noticed', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  let strictSsl = true;
  await withTransport(
    async (transport) => {
      await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('tls', false));
      strictSsl = false;
      assert.equal((await transport.send(requestTo(server.origin), long, never())).status, 200);
    },
    { network: () => ({ ...directNetwork, strictSsl }) },
  );
});

test('a file of certificates that cannot be read is named in the log and otherwise ignored', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  const log = createTestLog();
  await withTransport(
    async (transport) => {
      await assert.rejects(transport.send(requestTo(server.origin), long, never()), networkError('tls', false));
    },
    { environment: { NODE_EXTRA_CA_CERTS: `${tlsFolder}missing.crt` }, log },
  );
  assert.equal(log.lines.length, 1);
  assert.match(log.lines.join(), /NODE_EXTRA_CA_CERTS/);
});
