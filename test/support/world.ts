import { createFailureDesk } from '../../src/commands/failure.ts';
import type { FailureDesk } from '../../src/commands/failure.ts';
import { consoleLinks } from '../../src/domain/links.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Catalog } from '../../src/domain/ports.ts';
import type { Confirm } from '../../src/domain/windowPorts.ts';
import type { memoryMessages } from './memory.ts';
import { memoryClipboard } from './memory.ts';

/** An account in which nothing is; name only what there is. */
export function catalogWith(parts: Partial<Catalog> = {}): Catalog {
  const none = (): Promise<never[]> => Promise.resolve([]);
  return {
    regions: none,
    zones: none,
    versions: none,
    classes: none,
    price: () => Promise.resolve(undefined),
    vpcs: none,
    subnets: none,
    securityGroups: none,
    projects: none,
    tagKeys: none,
    tagValues: none,
    ...parts,
  };
}

/** A desk that shows on these messages and whose buttons lead nowhere. */
export function memoryDesk(messages: ReturnType<typeof memoryMessages>, clipboard = memoryClipboard()): FailureDesk {
  return createFailureDesk({
    messages,
    clipboard,
    openLink: () => Promise.resolve(),
    links: () => consoleLinks('mainland'),
    signIn: () => Promise.resolve(),
    openSettings: () => Promise.resolve(),
  });
}

/** A memory of one session, through JSON as the editor's own. */
export function memoryMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (key) => {
      const text = kept.get(key);
      const value: unknown = text === undefined ? undefined : JSON.parse(text);
      return value;
    },
    write: (key, value) => {
      kept.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

/** A person who answers every dialog the same way. */
export function memoryConfirm(agrees: boolean): { readonly confirm: Confirm; readonly dialogs: string[] } {
  const dialogs: string[] = [];
  return {
    dialogs,
    confirm: (title, detail, action) => {
      dialogs.push(`${title} | ${detail} | ${action}`);
      return Promise.resolve(agrees);
    },
  };
}
