import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Log } from '../domain/ports.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import { parseSimulatorAddress } from '../domain/simulatorAddress.ts';

/** The local simulator as a process of its own; it ends when this process does. */
export interface SimulatorProcess {
  /** The one that `npm start` runs beside the editor; `undefined` where there is none. */
  readonly announced: SimulatorAddress | undefined;
  /** Resolves when it answers: the announced one, the one this window runs, or a new one. */
  start(): Promise<SimulatorAddress>;
  /** The address as it is now of a simulator that was in use earlier; starts one when that is gone. */
  revive(earlier: SimulatorAddress): Promise<SimulatorAddress>;
  /** Ends the one this window runs. */
  stop(): Promise<void>;
}

export function createSimulatorProcess(options: {
  /** Absolute path of the simulator's bundle. */
  readonly script: string;
  /** Where its instances live between two runs. */
  readonly dataFolder: string;
  readonly announcement: string | undefined;
  readonly log: Log;
}): SimulatorProcess {
  const { script, dataFolder, announcement, log } = options;
  const announced = announcement === undefined ? undefined : parseSimulatorAddress(announcement);
  /** Several calls may find an earlier simulator gone at the same moment; one new one is enough. */
  let reviving: Promise<SimulatorAddress> | undefined;
  let running: { readonly child: ChildProcess; readonly address: Promise<SimulatorAddress> } | undefined;

  function run(): Promise<SimulatorAddress> {
    // The editor's own Node: nothing has to be installed. The pipe on stdin tells the child when we are gone.
    const child = spawn(process.execPath, [script, '--port', '0', '--data', dataFolder, '--parent-pipe'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const address = new Promise<SimulatorAddress>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        if (running?.child === child) running = undefined;
        reject(new Error(`The local simulator ended with code ${String(code)}`));
      });
      createInterface({ input: child.stdout }).once('line', (line) => {
        const parsed = parseSimulatorAddress(line);
        if (parsed === undefined) reject(new Error('The local simulator did not say where it listens'));
        else resolve(parsed);
      });
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.info(`Simulator: ${line}`);
    });
    running = { child, address };
    return address;
  }

  return {
    announced,
    start: async () => announced ?? (await (running?.address ?? run())),
    async revive(earlier) {
      if (announced !== undefined) return announced;
      if (running !== undefined) return running.address;
      reviving ??= answers(earlier)
        .then((there) => (there ? earlier : (running?.address ?? run())))
        .finally(() => {
          reviving = undefined;
        });
      return reviving;
    },
    async stop() {
      const ending = running?.child;
      running = undefined;
      if (ending === undefined || ending.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => {
        ending.once('exit', () => {
          resolve();
        });
      });
      ending.kill('SIGTERM');
      await ended;
    },
  };
}

/** True when something listens there. */
async function answers({ endpoint }: SimulatorAddress): Promise<boolean> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), timeout: 2_000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}
