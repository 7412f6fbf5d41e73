/**
 * Loaded into every process of an editor under test before anything else: gives it log files. The editor writes them by
 * a module that has to be compiled, which is left out of the install, and without it writes none.
 */
import childProcess, { type ForkOptions } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { Module, syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';

/** From the least to the most important, in the order in which that module counts them. */
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'] as const;

type Level = (typeof levels)[number];

/** As much of that module's logger as the editor uses. */
class Logger implements Record<Level, (message: string) => void> {
  #least = 0;
  #bare = false;
  readonly #path: string;

  constructor(_kind: string, _name: string, path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  #write(level: Level, message: string): void {
    if (levels.indexOf(level) < this.#least) return;
    const stamp = this.#bare ? '' : `${new Date().toISOString().replace('T', ' ').replace('Z', '')} [${level}] `;
    appendFileSync(this.#path, `${stamp}${message}${this.#bare ? '' : '\n'}`);
  }

  trace(message: string): void {
    this.#write('trace', message);
  }
  debug(message: string): void {
    this.#write('debug', message);
  }
  info(message: string): void {
    this.#write('info', message);
  }
  warn(message: string): void {
    this.#write('warn', message);
  }
  error(message: string): void {
    this.#write('error', message);
  }
  critical(message: string): void {
    this.#write('critical', message);
  }
  getLevel(): number {
    return this.#least;
  }
  setLevel(level: number): void {
    this.#least = level;
  }
  clearFormatters(): void {
    this.#bare = true;
  }
  setPattern(): void {
    this.#bare = false;
  }
  flush(): void {
    // Every line is in its file already.
  }
  drop(): void {
    // There is nothing open.
  }
}

const nothing = (): void => undefined;
const compiled = { version: 0, setLevel: nothing, setFlushOn: nothing, Logger };

/** What Node calls for every `require`; it has no public name. */
type Load = (request: string, ...more: unknown[]) => unknown;

function isLoad(value: unknown): value is Load {
  return typeof value === 'function';
}

const loader: object = Module;
const load: unknown = Reflect.get(loader, '_load');
if (isLoad(load)) {
  const usual: Load = load.bind(loader);
  const replaced: Load = (request, ...more) => {
    if (request !== 'bindings') return usual(request, ...more);
    return (name: string) => {
      if (name === 'spdlog') return compiled;
      const bindings = usual(request, ...more);
      return isLoad(bindings) ? bindings(name) : undefined;
    };
  };
  Reflect.set(loader, '_load', replaced);
}

// The server takes NODE_OPTIONS away from the extension host, so that the processes that it starts are told otherwise.
const { fork } = childProcess;
childProcess.fork = (path: string | URL, second: readonly string[] | ForkOptions = [], third?: ForkOptions) => {
  const [args, options] = isList(second) ? [second, third] : [[], second];
  const execArgv = [...(options?.execArgv ?? process.execArgv), `--import=${import.meta.url}`];
  return fork(path, args, { ...options, execArgv });
};
syncBuiltinESMExports();

function isList(value: readonly string[] | ForkOptions): value is readonly string[] {
  return Array.isArray(value);
}
