import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where a program is found on PATH; undefined when it is not there. */
export function onPath(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end and resolves with what it printed.
 * Rejects with the last lines of its output when it fails, so that the person sees the reason and not only a number.
 */
export function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`${command} ${args.join(' ')} ended with ${String(code ?? signal)}:\n${output.slice(-2000)}`));
    });
  });
}

/** Runs npm on the Node that runs this, in a folder of its own, deaf to the settings an outer `npm run` hands down. */
export async function npm(folder: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<void> {
  const outer = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry$)/iu.test(name));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...Object.fromEntries(outer), PATH: path, ...extra };
  const program = onPath('npm');
  if (program === undefined) throw new Error('npm was not found on PATH. Install Node.js with npm.');
  await runProgram(program, ['--prefix', folder, '--no-audit', '--no-fund', ...args], { cwd: folder, env });
}

let packageListIsFresh: Promise<unknown> | undefined;

/**
 * Installs Debian packages where that is possible without asking: apt is there and we are root, or sudo needs no
 * password. Resolves with false where it is not.
 */
export async function aptInstall(packages: readonly string[], say: (line: string) => void): Promise<boolean> {
  const apt = onPath('apt-get');
  if (apt === undefined) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !(await passes('sudo', ['-n', 'true']))) return false;

  const [command, ...before] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', apt];
  say(`installing ${packages.join(', ')} with apt-get`);
  packageListIsFresh ??= runProgram(command, [...before, 'update']);
  await packageListIsFresh;
  await runProgram(command, [...before, 'install', '-y', '--no-install-recommends', ...packages]);
  return true;
}

async function passes(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await runProgram(command, args);
    return true;
  } catch {
    return false;
  }
}

/** Makes sure that the named programs are on PATH, installing their Debian packages where it can. */
export async function requirePrograms(
  programs: Readonly<Record<string, string>>,
  why: string,
  say: (line: string) => void,
): Promise<void> {
  const missing = Object.entries(programs).filter(([program]) => onPath(program) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (await aptInstall(packages, say)) return;
  const names = missing.map(([program]) => program).join(', ');
  throw new Error(`${why} needs ${names}. Install them, on Debian: apt-get install ${packages.join(' ')}`);
}
