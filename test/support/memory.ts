import type { Vault } from '../../src/credentials/session.ts';
import type { JsonFolder, Log } from '../../src/domain/ports.ts';
import type { Secret } from '../../src/domain/secret.ts';
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

/** A folder of JSON values; what is written goes through JSON, as on disk. */
export function memoryFolder(initial: Readonly<Record<string, unknown>> = {}): JsonFolder & {
  readonly files: Map<string, string>;
} {
  const files = new Map(Object.entries(initial).map(([name, value]) => [name, JSON.stringify(value)]));
  return {
    files,
    read: () => {
      const values = new Map<string, unknown>();
      for (const [name, text] of files) values.set(name, JSON.parse(text));
      return Promise.resolve(values);
    },
    write: (name, value) => {
      files.set(name, JSON.stringify(value));
      return Promise.resolve();
    },
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
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
      return Promise.resolve();
    },
  };
}
