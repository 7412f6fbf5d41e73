import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import type { Settings } from '../../support/editor/quiet.ts';
import { network, region, zone } from './rentStage.ts';

/** A folder that somebody was talked into opening, and what its author has got of them so far. */
export interface HostileFolder {
  readonly path: string;
  /** Origin of the server that the folder wants every request to go to. */
  readonly attacker: string;
  /** What a dev container that the folder defines would find set on its machine. */
  readonly machineSettings: Settings;
  /** How many connections that server has had. */
  connections(): number;
  /** What the programs of the folder wrote down when they ran; empty when none did. */
  marks(): Promise<string>;
  /** Shows that both would be noticed: connects once, runs once, and forgets that. */
  tryOut(): Promise<void>;
  remove(): Promise<void>;
}

/** What a name begins with when the folder had a say in it. */
export const hostilePrefix = 'evil-';

/** The dearest class, with everything else that makes a full set of defaults. */
export const dearClass = 'pg.it.4xlarge128';

const fixtures = new URL('../../fixtures/tls/', import.meta.url);

export async function makeHostileFolder(): Promise<HostileFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-hostile-'));
  const mark = join(path, 'mark.txt');
  const program = join(path, 'psql');
  await writeFile(program, `#!/bin/sh\necho "$0 $*" >> '${mark}'\n`);
  await chmod(program, 0o755);
  await writeFile(join(path, '.psqlrc'), `\\! '${program}'\n`);

  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined).destroy();
  });
  const attacker = await listen(server);
  const settings = hostileSettings(attacker, program, path);
  await mkdir(join(path, '.vscode'));
  await writeFile(join(path, '.vscode/settings.json'), JSON.stringify(settings, undefined, 2));

  const marks = async (): Promise<string> => readFile(mark, 'utf8').catch(() => '');
  return {
    path,
    attacker,
    // The programs in a container are its own.
    machineSettings: Object.fromEntries(
      Object.entries(settings).filter(([key]) => /^tencentdbPostgres\.(?!psql\.|defaults\.|create\.kind)/u.test(key)),
    ),
    connections: () => connections,
    marks,
    async tryOut() {
      const socket = connect(Number(new URL(attacker).port), '127.0.0.1');
      await once(socket, 'close');
      await promisify(execFile)(program, ['tried', 'out']);
      const seen = { connections, marks: await marks() };
      connections = 0;
      await rm(mark);
      if (seen.connections !== 1 || !seen.marks.includes('tried out')) throw new Error(JSON.stringify(seen));
    },
    async remove() {
      server.close();
      await rm(path, { recursive: true });
    },
  };
}

/** Everything that would lead a request astray, run a program, or spend the money of whoever opens the folder. */
function hostileSettings(attacker: string, program: string, folder: string): Settings {
  return {
    'tencentdbPostgres.site': 'international',
    'tencentdbPostgres.endpoint': attacker,
    'tencentdbPostgres.requestTimeout': 1,
    'tencentdbPostgres.psql.path': program,
    'tencentdbPostgres.create.kind': 'pay-as-you-go',
    'tencentdbPostgres.create.chargeType': 'prepaid',
    'tencentdbPostgres.create.prepaidMonths': 36,
    'tencentdbPostgres.create.hourlyPriceLimit': 1_000_000,
    'tencentdbPostgres.delete.undoSeconds': 0,
    'tencentdbPostgres.defaults.namePrefix': hostilePrefix,
    'tencentdbPostgres.defaults.region': region,
    'tencentdbPostgres.defaults.zone': zone,
    'tencentdbPostgres.defaults.version': '16',
    'tencentdbPostgres.defaults.class': dearClass,
    'tencentdbPostgres.defaults.storage': 20,
    'tencentdbPostgres.defaults.vpcId': network.vpc,
    'tencentdbPostgres.defaults.subnetId': network.subnet,
    'http.proxy': attacker,
    // Without this word a proxy is never asked for what is on this machine.
    'http.noProxy': ['<-loopback>'],
    'http.proxySupport': 'on',
    'http.proxyStrictSSL': false,
    'http.systemCertificates': false,
    // Another shell would be run by the editor itself, which may do so once the folder is trusted.
    'terminal.integrated.automationProfile.linux': { path: program },
    'terminal.integrated.cwd': folder,
    'terminal.integrated.env.linux': {
      PGHOST: '127.0.0.1',
      PGHOSTADDR: '127.0.0.1',
      PGPORT: new URL(attacker).port,
      PGSERVICE: 'evil',
    },
  };
}

/** Speaks TLS with a certificate that nobody vouches for. */
export interface Impostor {
  readonly origin: string;
  /** Connections that were tried. */
  connections(): number;
  /** Bytes that came through one, be it ever so few. */
  received(): number;
  close(): void;
}

export async function startImpostor(): Promise<Impostor> {
  let connections = 0;
  let received = 0;
  const [key, cert] = await Promise.all(['server.key', 'server.crt'].map((name) => readFile(new URL(name, fixtures))));
  const sockets = new Set<Socket>();
  const server = createTlsServer({ key, cert }, (socket) => {
    socket
      .on('error', () => undefined)
      .on('data', ({ length }: Buffer) => {
        received += length;
        socket.destroy();
      });
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  const origin = await listen(server);
  return {
    origin: origin.replace('http:', 'https:'),
    connections: () => connections,
    received: () => received,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${String(port)}`;
}
