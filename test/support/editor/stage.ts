import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../simulator/support.ts';
import { startBrowser, type Browser } from './browser.ts';
import { startCodeServer, type CodeServer, type CodeServerOptions, type Subject } from './codeServer.ts';
import type { Edition } from './codeServerInstall.ts';
import { openProduct, type Product } from './product.ts';
import type { Settings } from './quiet.ts';

/** A window with the extension in it, beside a simulator that its sign-in offers or that stands in for the service. */
export interface Stage {
  readonly simulator: RunningSimulator;
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly product: Product;
  /** Ends all of it. */
  close(): Promise<void>;
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
    for (const end of open.splice(0).reverse()) await end();
  };
  try {
    const simulator = await startSimulator(options.simulator);
    open.push(() => simulator.stop());
    const { edition, subject } = options;
    const settings = { ...often, ...endpointSetting(simulator, options), ...options.settings };
    const folder =
      options.untrustedFolder === undefined ? {} : { workspace: options.untrustedFolder, workspaceTrust: true };
    const server = await startCodeServer({ edition, subject, settings, ...folder, ...way(simulator, options), say });
    open.push(() => server.stop());
    const browser = await startBrowser(say);
    open.push(() => browser.close());
    const product = await openProduct(await browser.open(server.address()));
    return {
      simulator,
      server,
      browser,
      product,
      close,
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
