import assert from 'node:assert/strict';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../simulator/support.ts';
import { startBrowser, type Browser } from './browser.ts';
import { startCodeServer, type CodeServer, type CodeServerOptions, type Subject } from './codeServer.ts';
import type { Edition } from './codeServerInstall.ts';
import { searchForLeaks, type Leak, type LeakSearch } from './leaks.ts';
import { openProduct, type Product } from './product.ts';
import type { Settings } from './quiet.ts';

/** A window with the extension in it, beside a simulator that its sign-in offers or that stands in for the service. */
export interface Stage {
  readonly simulator: RunningSimulator;
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly product: Product;
  readonly leaks: Pick<LeakSearch, 'plant'>;
  /** Ends all of it. Rejects when a secret is anywhere where none may be. */
  close(): Promise<void>;
  /** Ends all of it, and resolves to where secrets were found. */
  closeAndSearch(): Promise<readonly Leak[]>;
}

export interface StageOptions {
  readonly edition: Edition;
  readonly subject: Subject;
  readonly simulator: SimulatorOptions;
  /**
   * Where the extension sends what is meant for the service. When given, it is not told that there is a simulator, and
   * keys are typed as those of any account.
   */
  readonly endpoint?: (simulator: RunningSimulator) => string;
  /** The person's settings at the start. */
  readonly settings?: Settings;
  /** Those of them that belong to the machine. */
  readonly machineSettings?: Settings;
  /** Secrets that are going to be typed and that the simulator never hears of. */
  readonly secrets?: readonly string[];
  /** Added to the environment of the extension. */
  readonly env?: NodeJS.ProcessEnv;
  /** A folder to be opened, in Restricted Mode at first. When not given: an empty one that is trusted. */
  readonly untrustedFolder?: string;
}

/** For journeys that are about other things than the kind of instance: it is not asked for. */
export const serverlessAlways: Settings = { 'tencentdbPostgres.create.kind': 'serverless' };

const often: Settings = { 'tencentdbPostgres.poll.interval': 1 };

const announcement = 'TENCENTDB_POSTGRES_SIMULATOR';

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Starts simulator, server and browser, and waits for the window. What was started before a failure ends with it. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const open: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    await endAll(open.splice(0).reverse());
  };
  try {
    const simulator = await startSimulator(options.simulator);
    open.push(() => simulator.stop());
    const leaks = searchForLeaks(simulator);
    open.push(() => {
      leaks.stop();
      return Promise.resolve();
    });
    leaks.plant(...(options.secrets ?? []));
    const { edition, subject } = options;
    const settings = { ...often, ...endpointSetting(simulator, options), ...options.settings };
    const folder =
      options.untrustedFolder === undefined ? {} : { workspace: options.untrustedFolder, workspaceTrust: true };
    const onEnd = leaks.readFolder;
    const server = await startCodeServer({
      edition,
      subject,
      settings,
      ...folder,
      ...way(simulator, options),
      onEnd,
      say,
    });
    open.push(() => server.stop());
    const browser = watched(await startBrowser(say), leaks);
    open.push(() => browser.close());
    const product = await openProduct(await browser.open(server.address()));
    const closeAndSearch = async (): Promise<readonly Leak[]> => {
      try {
        await leaks.gather(product.workbench.page);
      } finally {
        await close();
      }
      return leaks.found();
    };
    return {
      simulator,
      server,
      browser,
      product,
      leaks,
      async close() {
        assert.deepEqual(await closeAndSearch(), []);
      },
      closeAndSearch,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function endpointSetting(simulator: RunningSimulator, { endpoint }: StageOptions): Settings {
  return endpoint === undefined ? {} : { 'tencentdbPostgres.endpoint': endpoint(simulator) };
}

/** How the extension learns of the simulator, or that there is none. */
function way(simulator: RunningSimulator, options: StageOptions): Pick<CodeServerOptions, 'env' | 'machineSettings'> {
  const { env, machineSettings = {} } = options;
  const { endpoint, secretId, secretKey } = simulator;
  const told = options.endpoint === undefined ? JSON.stringify({ endpoint, secretId, secretKey }) : undefined;
  return { env: { [announcement]: told, ...env }, machineSettings };
}

/** Does all of it, one after the other, also when something fails; then rejects with what failed. */
export async function endAll([first, ...others]: readonly (() => unknown)[]): Promise<void> {
  if (first === undefined) return;
  try {
    await first();
  } finally {
    await endAll(others);
  }
}

/** Every page that is opened is watched. */
function watched(browser: Browser, leaks: LeakSearch): Browser {
  return {
    ...browser,
    async open(address) {
      const page = await browser.open(address);
      leaks.watch(page);
      return page;
    },
  };
}
