/**
 * Runs the program named by its arguments in a process group of its own, and ends that whole group when its own standard
 * input closes. So whatever a test or tool starts ends with it, however that one ends: on its own word, by Ctrl+C, or
 * killed without a chance to clean up.
 */
import { spawn } from 'node:child_process';

const graceMilliseconds = 3000;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code) => {
  // What the program left behind in its group goes with it.
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});

// Ctrl+C reaches every process of the terminal's group. The owner decides what it means, and closes our input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.once('close', () => {
  signalGroup('SIGTERM');
  setTimeout(() => {
    signalGroup('SIGKILL');
  }, graceMilliseconds);
});

function signalGroup(signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
