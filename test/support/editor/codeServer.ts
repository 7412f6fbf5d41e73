import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { editions, installCodeServer, type Edition } from './codeServerInstall.ts';
import { startLeashed } from './leashed.ts';
import { createLineLog } from './lineLog.ts';
import { runProgram } from './programs.ts';
import { editorEnvironment, quietSettings, type Settings } from './quiet.ts';

/**
 * The extension under test: `vsix` is the package that people install; `folder` is installed where it lies; with
 * `developmentPath` the address names it, which in-host tests need. The last one works in the current edition only, and
 * only with a switch for smoke tests that keeps notifications from popping up.
 */
export type Subject = { readonly vsix: string } | { readonly folder: string } | { readonly developmentPath: string };

export interface CodeServerOptions {
  readonly edition: Edition;
  readonly subject: Subject;
  /** Added to the settings that keep the workbench quiet. */
  readonly settings?: Settings;
  /** Settings of machine scope, which such an editor reads from a file of their own. */
  readonly machineSettings?: Settings;
  /** Added to the environment of the extension host; undefined takes a variable away. */
  readonly env?: NodeJS.ProcessEnv;
  /** false leaves out workspace trust, so that no dialog asks for it. */
  readonly workspaceTrust?: boolean;
  /** Called once the server has ended, with the folder that holds all of its folders, before that is removed. */
  readonly onEnd?: (folder: string) => Promise<void>;
  /** An empty folder of the server's own when not given. */
  readonly workspace?: string;
  readonly say: (line: string) => void;
}

export interface CodeServer {
  readonly edition: Edition;
  readonly origin: string;
  readonly workspace: string;
  /** Everything that the server keeps of its user, logs included. */
  readonly userFolder: string;
  /** Home of the person at the editor: an empty folder at first, so that nobody's own keys and settings are found. */
  readonly homeFolder: string;
  /** The address that opens the workbench with the extension, and with a module of in-host tests when one is given. */
  address(options?: { readonly testsPath?: string }): string;
  /** The server's log so far, one string a line. */
  readonly log: readonly string[];
  /** Resolves with the exit code of the extension host of the run that `testsPath` started. */
  extensionHostEnd(): Promise<number>;
  stop(): Promise<void>;
}

/** Gives the editor log files; Node 22 of the older one would need a switch for it. */
const logFiles = new URL('logFiles.ts', import.meta.url).href;

const manifest = z.object({ publisher: z.string(), name: z.string(), version: z.string() });

/** Starts code-server on a free port of the loopback address, in folders of its own that go when it stops. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const { edition, subject } = options;
  if ('developmentPath' in subject && edition === 'floor') {
    throw new Error(
      `code-server ${editions.floor.codeServer} takes no extension under development: give a folder or .vsix.`,
    );
  }
  const program = await installCodeServer(edition, options.say);
  const base = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-editor-'));
  const removeHome = (): Promise<void> => rm(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

  try {
    const temporary = await temporaryFolder(base);
    const { workspace, userFolder, homeFolder, settingsFile, machineSettingsFile, args } = await layOut(
      base,
      options.workspace,
    );
    await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2));
    await writeFile(machineSettingsFile, JSON.stringify(options.machineSettings ?? {}));

    const env = editorEnvironment({
      HOME: homeFolder,
      USERPROFILE: homeFolder,
      ...temporary,
      ...(edition === 'current' ? { NODE_OPTIONS: `--import=${logFiles}` } : {}),
      ...options.env,
    });
    if ('folder' in subject) await registerFolder(join(base, 'extensions'), subject.folder);
    if ('vsix' in subject) {
      await runProgram(program.node, [program.entry, ...args, '--install-extension', resolve(subject.vsix)], { env });
    }
    // Everything that may be written to a log is.
    args.push('--log', 'trace');
    args.push('--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check');
    if (options.workspaceTrust !== true) args.push('--disable-workspace-trust');
    if ('developmentPath' in subject) args.push('--vscode-option', 'enable-smoke-test-driver');

    const server = startLeashed(program.node, [program.entry, ...args], { env, cwd: workspace });
    const log = createLineLog(server);
    const origin = await log.first(/HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/u);
    return {
      edition,
      origin,
      workspace,
      userFolder,
      homeFolder,
      log: log.lines,
      address: ({ testsPath } = {}) => workbenchAddress(origin, workspace, subject, testsPath),
      extensionHostEnd: async () => Number(await log.first(/Extension Host Process exited with code: (\d+)/u)),
      async stop() {
        await server.stop();
        try {
          await options.onEnd?.(base);
        } finally {
          await removeHome();
        }
      },
    };
  } catch (error) {
    await removeHome();
    throw error;
  }
}

/**
 * Where temporary files go. Names of sockets have little room, so that systems whose temporary folder has a long name
 * keep it.
 */
async function temporaryFolder(base: string): Promise<NodeJS.ProcessEnv> {
  if (process.platform !== 'linux') return {};
  const folder = join(base, 't');
  await mkdir(folder);
  return { TMPDIR: folder };
}

/** Makes the server's folders; resolves with the arguments that name them. */
async function layOut(
  base: string,
  ownWorkspace: string | undefined,
): Promise<{
  workspace: string;
  userFolder: string;
  homeFolder: string;
  settingsFile: string;
  machineSettingsFile: string;
  args: string[];
}> {
  const config = join(base, 'config.yaml');
  const user = join(base, 'user');
  const extensions = join(base, 'extensions');
  const workspace = ownWorkspace ?? join(base, 'workspace');
  const homeFolder = join(base, 'home');
  for (const folder of [join(user, 'User'), join(user, 'Machine'), extensions, workspace, homeFolder])
    await mkdir(folder, { recursive: true });
  await writeFile(config, '');
  return {
    workspace,
    userFolder: user,
    homeFolder,
    settingsFile: join(user, 'User/settings.json'),
    machineSettingsFile: join(user, 'Machine/settings.json'),
    args: ['--config', config, '--user-data-dir', user, '--extensions-dir', extensions],
  };
}

/** Enters a folder into the list of installed extensions, as the editor's own "Install Extension from Location" does. */
async function registerFolder(extensions: string, folder: string): Promise<void> {
  const location = { $mid: 1, scheme: 'file', path: resolve(folder) };
  const { publisher, name, version } = manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, metadata: { isMachineScoped: false } };
  await writeFile(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

function workbenchAddress(origin: string, workspace: string, subject: Subject, testsPath?: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(origin).host}${encodeURI(resolve(path))}`;
  const payload: [string, string][] = [];
  if ('developmentPath' in subject) payload.push(['extensionDevelopmentPath', remote(subject.developmentPath)]);
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  const query = new URLSearchParams({ folder: workspace });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${origin}/?${query.toString()}`;
}
