/**
 * The modules of a folder as Node loads them, and how to load some of them once more. What is evaluated while a module
 * loads (a table, a schema) can only be mutated by loading it anew, with everything that imports it.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface Modules {
  /** How many imports lead from a module to the other: 0 for itself, undefined when none do. */
  distance(from: string, to: string): number | undefined;
  /**
   * @param path an absolute path, as in `distance`
   * @param anew the module of which a new copy is wanted; what does not lead to it is shared with earlier loads
   */
  load(path: string, anew?: { readonly path: string; readonly copy: number }): Promise<void>;
  /** Who imports whom, as far as it was loaded; for `learn` in another process. */
  importers(): Importers;
  learn(more: Importers): void;
}

/** The modules that import a module, by URL. */
export type Importers = Readonly<Record<string, readonly string[]>>;

const copyOf = (url: URL) => Number(url.searchParams.get('copy') ?? 0);

const bare = (href: string): string => {
  const url = new URL(href);
  url.search = '';
  return url.href;
};

/**
 * @param root the folder, without its node_modules
 * @param standIns what is loaded instead of what, by specifier: URLs
 */
export function watchModules(root: string, standIns: ReadonlyMap<string, string>): Modules {
  const home = pathToFileURL(`${root}/`).href;
  const importers = new Map<string, Set<string>>();
  /** For each copy the modules that lead to the one that is copied. */
  const copied = new Map<number, ReadonlyMap<string, number>>();

  function distances(to: string): ReadonlyMap<string, number> {
    const found = new Map([[to, 0]]);
    // A map goes on over what is added to it on the way: this is a search in breadth.
    for (const [href, steps] of found) {
      for (const importer of importers.get(href) ?? []) {
        if (!found.has(importer)) found.set(importer, steps + 1);
      }
    }
    return found;
  }

  registerHooks({
    resolve(specifier, context, next) {
      const standIn = standIns.get(specifier);
      if (standIn !== undefined) return { url: standIn, shortCircuit: true };
      const resolved = next(specifier, context);
      const { parentURL } = context;
      const ours = resolved.url.startsWith(home) && !resolved.url.includes('/node_modules/');
      if (!ours || parentURL === undefined) return resolved;
      const href = bare(resolved.url);
      importers.set(href, (importers.get(href) ?? new Set()).add(bare(parentURL)));
      const copy = copyOf(new URL(parentURL));
      return copied.get(copy)?.has(href) === true ? { ...resolved, url: `${href}?copy=${String(copy)}` } : resolved;
    },
  });

  return {
    importers: () => Object.fromEntries([...importers].map(([href, from]) => [href, [...from]])),
    learn(more) {
      for (const [href, from] of Object.entries(more)) {
        importers.set(href, new Set([...(importers.get(href) ?? []), ...from]));
      }
    },
    distance: (from, to) => distances(pathToFileURL(to).href).get(pathToFileURL(from).href),
    async load(path, anew) {
      const { href } = pathToFileURL(path);
      if (anew === undefined) {
        await import(href);
        return;
      }
      const known = copied.get(anew.copy) ?? distances(pathToFileURL(anew.path).href);
      copied.set(anew.copy, known);
      await import(`${href}?copy=${String(anew.copy)}`);
    },
  };
}
