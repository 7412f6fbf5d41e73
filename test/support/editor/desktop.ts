import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { startLeashed } from './leashed.ts';
import { onPath } from './programs.ts';
import { editorEnvironment, quietSettings, type Settings } from './quiet.ts';

export interface DesktopProgram {
  readonly executable: string;
  /** Stands before the executable where a display has to be made up. */
  readonly display: readonly string[];
}

export interface DesktopOptions {
  readonly developmentPath: string;
  readonly testsPath?: string;
  readonly settings?: Settings;
  readonly env?: NodeJS.ProcessEnv;
}

const patience = 15_000;

/**
 * The desktop editor, downloaded unless `.vscode-test` holds it already; or the reason why this door cannot open.
 * @param visible true when a person has to see it, so that a made-up display is of no use
 */
export async function findDesktop(visible: boolean): Promise<DesktopProgram | { readonly reason: string }> {
  const display = findDisplay(visible);
  if ('reason' in display) return display;
  try {
    const executable = await downloadAndUnzipVSCode({
      version: 'stable',
      timeout: patience,
      reporter: new SilentReporter(),
    });
    return { executable, display: display.before };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { reason: `VS Code could not be downloaded (${words})` };
  }
}

function findDisplay(visible: boolean): { readonly before: readonly string[] } | { readonly reason: string } {
  const shown = process.platform !== 'linux' || [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some(Boolean);
  if (shown) return { before: [] };
  if (visible) return { reason: 'this machine has no display' };
  const xvfb = onPath('xvfb-run');
  return xvfb === undefined
    ? { reason: 'this machine has no display, and xvfb-run is not installed' }
    : { before: [xvfb, '-a'] };
}

/** Runs the desktop editor until it is closed, or until its tests have ended; resolves with the exit code. */
export async function runDesktop(
  program: DesktopProgram,
  options: DesktopOptions,
  signal?: AbortSignal,
): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-desktop-'));
  try {
    const user = join(home, 'user');
    const workspace = join(home, 'workspace');
    await mkdir(join(user, 'User'), { recursive: true });
    await mkdir(workspace);
    await writeFile(join(user, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }));

    const args = [workspace, '--user-data-dir', user, '--extensions-dir', join(home, 'extensions')];
    args.push('--extensionDevelopmentPath', resolve(options.developmentPath));
    if (options.testsPath !== undefined) args.push('--extensionTestsPath', resolve(options.testsPath));
    args.push(
      '--no-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      '--disable-workspace-trust',
    );

    const [command, ...before] = [...program.display, program.executable];
    const editor = startLeashed(command, [...before, ...args], { env: editorEnvironment(options.env) });
    const stop = (): void => {
      void editor.stop();
    };
    signal?.addEventListener('abort', stop, { once: true });
    editor.stdout.resume();
    editor.stderr.resume();
    const code = await editor.ended;
    signal?.removeEventListener('abort', stop);
    return code;
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
