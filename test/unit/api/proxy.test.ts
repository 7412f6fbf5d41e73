import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { NetworkSettings } from '../../../src/api/cloud.ts';
import { createTransport } from '../../../src/api/transport.ts';
import type { WireAnswer } from '../../../src/api/transport.ts';
import { CancelledError, ConfigurationError, NetworkError } from '../../../src/domain/errors.ts';
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

interface TestProxy extends AsyncDisposable {
  readonly address: string;
  /** The end of each tunnel. */
  readonly ended: Promise<unknown>[];
  /** `host:port` of each CONNECT, with its Proxy-Authorization. */
  readonly asked: { readonly authority: string; readonly authorization: string | undefined }[];
}

/**
 * A real CONNECT proxy that leads every name to one port of this machine.
 * @param status what it answers
 * @param ready what it waits for before it answers
 */
async function startProxy(
  port: number,
  status = '200 Connection Established',
  ready: Promise<unknown> = Promise.resolve(),
): Promise<TestProxy> {
  const asked: TestProxy['asked'] = [];
  const ended: Promise<unknown>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request, client: Socket, head) => {
    asked.push({ authority: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    sockets.add(client);
    ended.push(once(client, 'close'));
    client.on('error', () => undefined);
    if (!status.startsWith('200')) {
      client.end(`HTTP/1.1 ${status}\r\n\r\n`);
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    void Promise.all([ready, once(upstream, 'connect')]).then(() => {
      client.write(`HTTP/1.1 ${status}\r\nX-Padding: ${'x'.repeat(2_000)}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => undefined);
  });
  const proxyPort = await listen(server);
  return {
    address: `127.0.0.1:${String(proxyPort)}`,
    asked,
    ended,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await closed(server);
    },
  };
}

async function send(
  origin: string,
  network: Partial<NetworkSettings>,
  environment: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> {
  const transport = createTransport({
    network: () => ({ ...directNetwork, ...network }),
    environment: { NODE_EXTRA_CA_CERTS: `${tlsFolder}authority.crt`, ...environment },
    log: createTestLog(),
  });
  try {
    const { host } = new URL(origin);
    return await transport.send(
      { action: 'DoIt', endpoint: { origin, host }, headers: { host }, body: Buffer.from('{"a":1}') },
      { headers: 30_000, total: 30_000 },
      never(),
    );
  } finally {
    await transport.close();
  }
}

function networkError(reason: NetworkReason, proxyStatus?: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NetworkError, String(error));
    assert.deepEqual({ reason: error.reason, mayHaveArrived: error.mayHaveArrived }, { reason, mayHaveArrived: false });
    assert.equal(error.proxyStatus, proxyStatus);
    assert.ok(!error.message.includes('hunter2'), error.message);
    return true;
  };
}

const origin = 'https://postgres.cloud.test';

test('a request goes through the proxy of the settings, encrypted all the way to a private authority', async () => {
  await using server = await startSecureServer((_, response) => response.end('{"through":true}'));
  await using proxy = await startProxy(server.port);
  const answer = await send(origin, { proxy: `http://${proxy.address}` });
  assert.equal(answer.body.toString(), '{"through":true}');
  assert.deepEqual(proxy.asked, [{ authority: 'postgres.cloud.test:443', authorization: undefined }]);
  assert.equal(server.received[0]?.body.toString(), '{"a":1}');
  assert.equal(server.received[0].headers.host, 'postgres.cloud.test');
});

test('a request goes through the proxy of the environment', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  await using proxy = await startProxy(server.port);
  await send(`${origin}:8443`, {}, { https_proxy: proxy.address });
  assert.deepEqual(proxy.asked, [{ authority: 'postgres.cloud.test:8443', authorization: undefined }]);
});

test('the proxy gets user name and password, with what was escaped in them', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  await using proxy = await startProxy(server.port);
  await send(origin, { proxy: `http://user%40corp:hunter2%3A%25@${proxy.address}` });
  const expected = `Basic ${Buffer.from('user@corp:hunter2:%').toString('base64')}`;
  assert.deepEqual(proxy.asked, [{ authority: 'postgres.cloud.test:443', authorization: expected }]);
  assert.equal(server.received[0]?.headers['proxy-authorization'], undefined, 'the service does not get them');
});

test('loopback goes around the proxy', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  await using proxy = await startProxy(server.port);
  await send(server.origin, { proxy: `http://${proxy.address}` }, { HTTP_PROXY: `http://${proxy.address}` });
  assert.equal(proxy.asked.length, 0);
  assert.equal(server.received.length, 1);
});

test('loopback goes through the proxy when the exceptions say so', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  await using proxy = await startProxy(server.port);
  await send(server.origin, { proxy: `http://${proxy.address}`, noProxy: ['<-loopback>'] });
  assert.equal(proxy.asked.length, 1);
  assert.equal(server.received.length, 1);
});

for (const status of ['407 Proxy Authentication Required', '403 Forbidden', '502 Bad Gateway']) {
  test(`a proxy that answers ${status} has let nothing through`, async () => {
    await using server = await startSecureServer((_, response) => response.end('{}'));
    await using proxy = await startProxy(server.port, status);
    const refused = networkError('proxy', Number.parseInt(status));
    await assert.rejects(send(origin, { proxy: `http://user:hunter2@${proxy.address}` }), refused);
    assert.equal(server.received.length, 0);
  });
}

test('a proxy that cannot be reached has let nothing through', async () => {
  await using proxy = await startProxy(1);
  const { address } = proxy;
  await proxy[Symbol.asyncDispose]();
  await assert.rejects(send(origin, { proxy: `http://user:hunter2@${address}` }), networkError('proxy'));
});

test('a proxy that closes the connection, or is no proxy at all, has let nothing through', async () => {
  await using notProxy = await startServer((_, response) => response.end('{}'));
  await assert.rejects(send(origin, { proxy: notProxy.origin }), networkError('proxy'));
});

test('an answer to CONNECT without end, or cut in its middle, has let nothing through', async () => {
  for (const begin of ['HTTP/1.1 200 OK\r\nX-Padding: ', 'HTTP/1.1 200 OK\r\n']) {
    const server = createServer();
    const sockets = new Set<Socket>();
    server.on('connect', (_request, client: Socket) => {
      sockets.add(client);
      client.on('error', () => undefined);
      if (begin.endsWith(' ')) client.write(begin + 'x'.repeat(40_000));
      else client.end(begin);
    });
    const port = await listen(server);
    await assert.rejects(send(origin, { proxy: `http://127.0.0.1:${String(port)}` }), networkError('proxy'));
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await closed(server);
  }
});

test('an address of IPv6 is asked for in brackets', async () => {
  await using proxy = await startProxy(1, '403 Forbidden');
  await assert.rejects(send('https://[2001:db8::1]', { proxy: proxy.address }), networkError('proxy', 403));
  await assert.rejects(send('http://[2001:db8::1]', { proxy: proxy.address }), networkError('proxy', 403));
  assert.deepEqual(
    proxy.asked.map(({ authority }) => authority),
    ['[2001:db8::1]:443', '[2001:db8::1]:80'],
  );
});

test('a sign that is no escape stays in the password as it was typed', async () => {
  await using proxy = await startProxy(1, '403 Forbidden');
  await assert.rejects(send(origin, { proxy: `http://user:100%@${proxy.address}` }), networkError('proxy', 403));
  assert.equal(proxy.asked[0]?.authorization, `Basic ${Buffer.from('user:100%').toString('base64')}`);
});

test('a certificate for another name is refused behind the proxy as well', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  await using proxy = await startProxy(server.port);
  await assert.rejects(send('https://other.cloud.test', { proxy: proxy.address }), networkError('tls'));
  assert.equal(server.received.length, 0);
});

test('an https proxy is spoken to under TLS', async () => {
  await using server = await startSecureServer((_, response) => response.end('{}'));
  // The server stands in for a proxy: it is asked to CONNECT only after the handshake, and refuses by closing.
  const proxy = server.origin;
  await assert.rejects(send(origin, { proxy }), networkError('proxy'));
  assert.equal(server.connections(), 1);
});

test('a proxy of an unsupported kind is an error of configuration, not of the network', async () => {
  await assert.rejects(send(origin, { proxy: 'socks5://127.0.0.1:1080' }), ConfigurationError);
});

test('a call that was aborted while its connection was made is not sent when the connection stands', async () => {
  await using server = await startServer((_, response) => response.end('{}'));
  const abort = new AbortController();
  await using proxy = await startProxy(server.port, undefined, once(abort.signal, 'abort'));
  const network = { ...directNetwork, proxy: proxy.address, noProxy: ['<-loopback>'] };
  const transport = createTransport({ network: () => network, environment: {}, log: createTestLog() });
  const { origin: plain } = server;
  const endpoint = { origin: plain, host: new URL(plain).host };
  const request = { action: 'DoIt', endpoint, headers: {}, body: Buffer.from('{}') };
  const outcome = assert.rejects(
    transport.send(request, { headers: 30_000, total: 30_000 }, abort.signal),
    CancelledError,
  );
  while (proxy.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  await outcome;
  await proxy.ended[0];
  assert.equal(server.received.length, 0);
  await transport.close();
});
