import type { Vault } from '../../src/credentials/session.ts';
import type { JsonFolder, Log } from '../../src/domain/ports.ts';
import type { Secret } from '../../src/domain/secret.ts';
import type { Claims } from '../../src/instances/claims.ts';
import type { Clipboard, MessageAction, Messages } from '../../src/domain/windowPorts.ts';

/** A log that keeps its lines. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line);
  };
  return { lines, trace: add, debug: add, info: add, warn: add, error: add };
}

/** Two windows of one person share one vault. */
export function memoryVault(text?: string): Vault & { text(): string | undefined } {
  let kept = text;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    text: () => kept,
    read: () => Promise.resolve(kept),
    write: (next) => {
      kept = next;
      tell();
      return Promise.resolve();
    },
    forget: () => {
      kept = undefined;
      tell();
      return Promise.resolve();
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/** A folder of JSON values; what is written goes through JSON, as on disk. Several windows may share it. */
export function memoryFolder(initial: Readonly<Record<string, unknown>> = {}): JsonFolder & {
  readonly files: Map<string, string>;
} {
  const files = new Map(Object.entries(initial).map(([name, value]) => [name, JSON.stringify(value)]));
  const listeners = new Set<(names: ReadonlySet<string>) => void>();
  const tell = (name: string): void => {
    for (const listener of [...listeners]) {
      queueMicrotask(() => {
        listener(new Set([name]));
      });
    }
  };
  const valueOf = (text: string): unknown => JSON.parse(text);
  return {
    files,
    read: () => Promise.resolve(new Map([...files].map(([name, text]) => [name, valueOf(text)]))),
    readOne: (name) => {
      const text = files.get(name);
      return Promise.resolve(text === undefined ? undefined : valueOf(text));
    },
    write: (name, value) => {
      files.set(name, JSON.stringify(value));
      tell(name);
      return Promise.resolve();
    },
    remove: (name) => {
      files.delete(name);
      tell(name);
      return Promise.resolve();
    },
    watch: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/**
 * The claims of one window, without files.
 * @param held who holds what; windows that share it keep each other out
 */
export function memoryClaims(held = new Map<string, AbortController>()): Claims & {
  readonly held: Map<string, AbortController>;
} {
  const mine = new Map<string, AbortController>();
  const release = (id: string, loss: AbortController): Promise<void> => {
    if (held.get(id) === loss) held.delete(id);
    mine.delete(id);
    return Promise.resolve();
  };
  return {
    held,
    take: (id) => {
      if (held.has(id)) return Promise.resolve(undefined);
      const loss = new AbortController();
      held.set(id, loss);
      mine.set(id, loss);
      return Promise.resolve({ signal: loss.signal, release: () => release(id, loss) });
    },
    tidy: () => Promise.resolve(),
    dispose: async () => {
      for (const [id, loss] of mine) await release(id, loss);
    },
  };
}

/** Messages that press the button with one of the given labels, or close. */
export function memoryMessages(press: readonly string[] = []): Messages & { readonly shown: string[] } {
  const shown: string[] = [];
  const presses = [...press];
  const show =
    (kind: string) =>
    <T>(text: string, actions: readonly MessageAction<T>[] = []): Promise<T | undefined> => {
      shown.push(`${kind}: ${text} [${actions.map(({ label }) => label).join(', ')}]`);
      const chosen = actions.find(({ label }) => label === presses[0]);
      if (chosen !== undefined) presses.shift();
      return Promise.resolve(chosen?.value);
    };
  return {
    shown,
    info: show('info'),
    warning: show('warning'),
    error: show('error'),
    status: (text) => {
      shown.push(`status: ${text}`);
    },
  };
}

export function memoryClipboard(): Clipboard & { text(): string } {
  let held = '';
  return {
    text: () => held,
    write: (text: string | Secret) => {
      held = typeof text === 'string' ? text : text.reveal();
      return Promise.resolve(0);
    },
  };
}
