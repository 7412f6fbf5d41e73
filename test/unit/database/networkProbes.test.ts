import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { networkProbes } from '../../../src/database/connectionTest.ts';
import { TroubleError } from '../../../src/database/trouble.ts';
import { Secret } from '../../../src/domain/secret.ts';
import {
  askForClearText,
  errorMessage,
  loggedIn,
  message,
  password,
  startTcpServer,
  targetAt,
  troubleIn,
  withoutTls,
  withTls,
} from './support.ts';

const { resolve, connect, encrypt, login } = networkProbes;
const signal = new AbortController().signal;

async function closedPort(): Promise<number> {
  await using server = await startTcpServer(() => undefined);
  return server.port;
}

describe('name resolution', () => {
  test('an address is its own answer, and localhost is this machine', async () => {
    assert.deepEqual(await resolve('192.0.2.7', signal), ['192.0.2.7']);
    assert.match((await resolve('localhost', signal)).join(' '), /127\.0\.0\.1|::1/);
  });

  test('a name that cannot exist is trouble with the name', async () => {
    const kind = await troubleIn(resolve('no such name.invalid', signal));
    assert.ok(['unknownName', 'nameServer'].includes(kind), kind);
  });
});

describe('TCP', () => {
  test('a port that somebody listens on is reached, and let go', async () => {
    await using server = await startTcpServer(() => undefined);
    await connect(targetAt(server.port), signal);
    await server.quiet();
  });

  test('a port that nobody listens on refuses', async () => {
    assert.equal(await troubleIn(connect(targetAt(await closedPort()), signal)), 'refused');
  });
});

describe('TLS', () => {
  test('a server that offers none is a finding, not a failure', async () => {
    await using server = await startTcpServer(withoutTls(() => undefined));
    assert.equal(await encrypt(targetAt(server.port), signal), undefined);
    await server.quiet();
  });

  test('a certificate by an unknown authority is used, and said to be one', async () => {
    await using server = await startTcpServer(withTls(() => undefined));
    const found = await encrypt(targetAt(server.port), signal);
    assert.equal(found?.subject, 'postgres.cloud.test');
    assert.equal(found.issuer, 'Private authority of the tests');
    assert.match(found.protocol, /^TLSv1\.[23]$/);
    assert.match(found.validTo, /2126/);
    assert.match(found.distrust ?? '', /^UNABLE_TO_/);
    await server.quiet();
  });

  const hostile: readonly (readonly [string, string, (socket: Socket) => void])[] = [
    ['closes at once', 'closed', (socket) => void socket.destroy()],
    ['ends politely without a word', 'closed', (socket) => void socket.end()],
    ['greets as another protocol does', 'garbage', (socket) => void socket.write('SSH-2.0-OpenSSH_9.9\r\n')],
    ['answers as a web server', 'garbage', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['says more than it may before TLS', 'garbage', (socket) => void socket.once('data', () => socket.write('SX'))],
    ['answers with an error', 'server', (socket) => void socket.write(errorMessage('53300', 'no more processes'))],
    [
      'promises TLS and sends something else',
      'encryption',
      (socket) =>
        void socket.once('data', () =>
          socket.write('S', () => socket.once('data', () => socket.write('this is no TLS record'))),
        ),
    ],
    [
      'promises TLS and hangs up',
      'encryption',
      (socket) => void socket.once('data', () => socket.write('S', () => socket.end())),
    ],
  ];
  for (const [name, kind, serve] of hostile) {
    test(`a server that ${name} is ${kind}, at the login too`, async () => {
      await using server = await startTcpServer(serve);
      assert.equal(await troubleIn(encrypt(targetAt(server.port), signal)), kind);
      assert.equal(await troubleIn(login(targetAt(server.port), signal)), kind);
      await server.quiet();
    });
  }
});

describe('an abort lets go of the connection', () => {
  const stopping = new Map<string, (socket: Socket, stop: () => void) => void>([
    ['of a server that never answers the request for TLS', (socket, stop) => void socket.once('data', stop)],
    [
      'of a server that promises TLS and then says nothing',
      (socket, stop) => void socket.once('data', () => socket.write('S', () => void socket.once('data', stop))),
    ],
    [
      'of a server that says nothing to the login',
      (socket, stop) => {
        withoutTls(() => {
          stop();
          return undefined;
        })(socket);
      },
    ],
  ]);
  for (const [name, serve] of stopping) {
    test(name, async () => {
      const controller = new AbortController();
      await using server = await startTcpServer((socket) => {
        serve(socket, () => {
          controller.abort();
        });
      });
      assert.equal(await troubleIn(login(targetAt(server.port), controller.signal)), 'CancelledError');
      await server.quiet();
    });
  }

  test('and a signal that has aborted before is heard', async () => {
    await using server = await startTcpServer(() => undefined);
    const stopped = AbortSignal.abort();
    for (const probe of [connect, encrypt, login]) {
      assert.equal(await troubleIn(probe(targetAt(server.port), stopped)), 'CancelledError');
    }
    await server.quiet();
  });
});

describe('login', () => {
  for (const [code, kind] of [
    ['28P01', 'password'],
    ['3D000', 'database'],
    ['28000', 'denied'],
    ['53300', 'full'],
    ['57P03', 'starting'],
    ['42501', 'server'],
  ] as const) {
    test(`SQLSTATE ${code} is ${kind}, and the server's words are kept`, async () => {
      await using server = await startTcpServer(withoutTls(() => errorMessage(code, 'words of the server')));
      await assert.rejects(login(targetAt(server.port), signal), (error) => {
        assert.ok(error instanceof TroubleError);
        assert.deepEqual(error.trouble, { kind, code, serverWords: 'words of the server' });
        return true;
      });
      await server.quiet();
    });
  }

  test('a server that hangs up in the middle has cut us off', async () => {
    await using server = await startTcpServer(withoutTls((_bytes, socket) => void socket.end()));
    assert.equal(await troubleIn(login(targetAt(server.port), signal)), 'closed');
  });

  test('an endless answer is not swallowed whole', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'S');
    await using server = await startTcpServer(
      withoutTls((_bytes, socket) => {
        socket.write(Buffer.from([83, 127, 255, 255, 255]));
        const more = (): void => {
          while (!socket.destroyed && socket.write(megabyte));
        };
        socket.on('drain', more);
        more();
        return undefined;
      }),
    );
    assert.equal(await troubleIn(login(targetAt(server.port), signal)), 'garbage');
    await server.quiet();
  });

  test('no answer at all brings the process down or escapes as another error', async () => {
    let answer: Buffer = Buffer.alloc(0);
    await using server = await startTcpServer(
      withoutTls((_bytes, socket) => {
        socket.end(answer);
        return undefined;
      }),
    );
    const anyMessage = fc
      .tuple(fc.constantFrom(...Array.from('RKSTDCZENAGHWcdtnI123sVv~')), fc.uint8Array({ maxLength: 24 }))
      .map(([type, content]) => message(type, content));
    const cut = fc.tuple(fc.constantFrom(...Array.from('RKSTDEZ')), fc.nat(8)).map(([type, length]) => {
      const bytes = message(type, 'abc');
      bytes.writeUInt32BE(length, 1);
      return bytes;
    });
    const anyAnswer = fc
      .array(fc.oneof(anyMessage, cut, fc.constant(loggedIn), fc.uint8Array({ maxLength: 16 })), { maxLength: 5 })
      .map((parts) => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (bytes) => {
        answer = bytes;
        const session = await login(targetAt(server.port), signal).catch((error: unknown) => error);
        if (session instanceof Error) {
          assert.equal(session.name, 'TroubleError');
          return;
        }
        assert.ok(isSession(session));
        assert.ok(['none', 'closed', 'garbage', 'server'].includes(await troubleIn(session.query('select 1', signal))));
        session.end();
      }),
      { numRuns: 300 },
    );
    await server.quiet();
  });

  test('a server that asks for the password in clear text and repeats it gets it into no error', async () => {
    let asked = '';
    await using server = await startTcpServer(
      withoutTls((bytes) => {
        if (bytes.at(0) !== 'p'.charCodeAt(0)) return askForClearText;
        asked = bytes.subarray(5, -1).toString();
        return errorMessage('28P01', `"${asked}" is wrong, ${asked}`);
      }),
    );
    await assert.rejects(login(targetAt(server.port), signal), (error) => {
      assert.ok(error instanceof TroubleError);
      assert.equal(error.trouble.serverWords, '"***" is wrong, ***');
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), new RegExp(password));
      return true;
    });
    assert.equal(asked, password);
  });

  test('an empty password is a wrong one, and the environment has none to lend', async () => {
    const received: Buffer[] = [];
    await using server = await startTcpServer(
      withoutTls((bytes) => {
        received.push(bytes);
        return received.length === 1 ? message('R', `\0\0\0\x0aSCRAM-SHA-256\0\0`) : scramChallenge(bytes);
      }),
    );
    const before = process.env['PGPASSWORD'];
    process.env['PGPASSWORD'] = 'of the environment';
    try {
      const target = targetAt(server.port, { password: new Secret('') });
      assert.equal(await troubleIn(login(target, signal)), 'password');
    } finally {
      if (before === undefined) delete process.env['PGPASSWORD'];
      else process.env['PGPASSWORD'] = before;
    }
    assert.equal(received.length, 2, 'nothing was computed from a password');
  });

  test('inside TLS the login goes on as in the open', async () => {
    await using server = await startTcpServer(
      withTls((socket) => {
        socket.once('data', () => socket.write(errorMessage('57P03', 'the database system is starting up')));
      }),
    );
    assert.equal(await troubleIn(login(targetAt(server.port), signal)), 'starting');
    await server.quiet();
  });
});

/** The server's first message of SCRAM, for the nonce that the client has sent. */
function scramChallenge(bytes: Buffer): Buffer {
  const nonce = /r=([^,\0]+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
  return message('R', `\0\0\0\x0br=${nonce}abc,s=${Buffer.from('salt').toString('base64')},i=4096`);
}

function isSession(value: unknown): value is Awaited<ReturnType<typeof login>> {
  return typeof value === 'object' && value !== null && 'query' in value;
}
