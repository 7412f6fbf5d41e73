import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createSecureServer } from 'node:tls';
import { certify, type Certified } from '../support/certificates.ts';

/** Servers that no call should get through to, or come out of well. */
export interface Arsenal {
  /** Where nothing listens. */
  readonly refusing: string;
  /** Whose name is none: it is too long for any name service, so that none has to be asked. */
  readonly nameless: string;
  /** With certificates that must not be accepted. */
  readonly wrongName: string;
  readonly expired: string;
  readonly unknownAuthority: string;
  /** File of the authority that is trusted, and has signed the first two of them. */
  readonly authorityFile: string;
  /** Proxies, with a password in their address. */
  readonly proxies: Readonly<Record<'asksForPassword' | 'badGateway' | 'blackHole', string>>;
  /** Where redirects lead to. */
  readonly other: { readonly origin: string; connections(): number };
  close(): Promise<void>;
}

/** Part of the address of every proxy. */
export const proxyPassword = 'PlantedProxyPassword9';

const day = 86_400_000;

/** @param now milliseconds since the epoch */
export async function startArsenal(now: number): Promise<Arsenal> {
  const servers: Server[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-arsenal-'));

  async function port(server: Server): Promise<string> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on a port has an address with one.
    return String((server.address() as AddressInfo).port);
  }

  const valid = { from: new Date(now - day), to: new Date(now + day) };
  const trusted = certify({ ...valid, name: 'Authority of the torture' });
  const stranger = certify({ ...valid, name: 'Authority of nobody' });
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, trusted.cert);

  async function secure({ cert, key }: Certified): Promise<string> {
    const server = createSecureServer({ cert, key }, (socket) => {
      socket.on('error', () => undefined).destroy();
    });
    server.on('tlsClientError', () => undefined);
    return `https://127.0.0.1:${await port(server)}`;
  }

  async function proxy(answer: string | undefined): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer !== undefined)
        socket.once('data', () => socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`));
      else socket.resume();
    });
    return `http://torturer:${proxyPassword}@127.0.0.1:${await port(server)}`;
  }

  // A port that was free a moment ago, so that nothing listens there.
  const gone = createServer();
  const refusing = `http://127.0.0.1:${await port(gone)}`;
  gone.close();
  await once(gone, 'close');

  let met = 0;
  const other = createServer((socket) => {
    met += 1;
    socket.on('error', () => undefined).destroy();
  });

  const last = { from: new Date(now - 2 * day), to: new Date(now - day) };
  return {
    refusing,
    nameless: `https://${'x'.repeat(64)}.invalid`,
    wrongName: await secure(certify({ ...valid, name: 'other.invalid', by: trusted })),
    expired: await secure(certify({ ...last, name: '127.0.0.1', by: trusted })),
    unknownAuthority: await secure(certify({ ...valid, name: '127.0.0.1', by: stranger })),
    authorityFile,
    proxies: {
      asksForPassword: await proxy('407 Proxy Authentication Required'),
      badGateway: await proxy('502 Bad Gateway'),
      blackHole: await proxy(undefined),
    },
    other: { origin: `http://127.0.0.1:${await port(other)}`, connections: () => met },
    async close() {
      for (const server of servers) if (server.listening) server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
