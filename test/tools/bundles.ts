import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import * as z from 'zod';

/** What a bundle may hold and weigh. */
export interface BundleRule {
  readonly name: string;
  /** The bundle that is loaded with it, at once, and counts towards its budget. */
  readonly loads?: string;
  /** Bytes, minified. */
  readonly budget: number;
  /** No input's path may match one of these. */
  readonly forbidden: readonly Forbidden[];
  /** What it may `require` beside Node's own modules. */
  readonly requires: readonly string[];
}

interface Forbidden {
  readonly path: RegExp;
  readonly why: string;
}

const undiciGlobals: Forbidden = {
  path: /(^|\/)node_modules\/undici\/(index|index-fetch|lib\/global)\.js$/,
  why: 'it changes the process that all extensions share',
};
const anyUndici: Forbidden = {
  path: /(^|\/)node_modules\/undici\//,
  why: 'the HTTP client is loaded by the first call, not at activation',
};
const secondDomain: Forbidden = {
  // Functions may stand in several bundles; a class must not, or `instanceof` fails between them.
  path: /^src\/domain\/(errors|secret)\.ts$|(^|\/)node_modules\/@vscode\/l10n\//,
  why: 'there is one of it, in dist/domain.cjs',
};

export const bundleRules: readonly BundleRule[] = [
  {
    name: 'extension',
    loads: 'domain',
    // Of these, three read what is kept and merge it with what other windows wrote, and three keep secrets out of all
    // that activation can write: log, tree, messages, files.
    budget: 66 * 1024,
    forbidden: [
      anyUndici,
      secondDomain,
      {
        path: /^src\/(database\/|credentials\/sources\/|(api\/cloud|useCases|root\/views|tree\/(nodes|elements))\.ts$)/,
        why: 'it is a bundle of its own; import it dynamically',
      },
      { path: /^src\/simulator\//, why: 'the simulator is started, not loaded' },
      { path: /(^|\/)node_modules\/zod\/v\d+\/(classic|locales)\//, why: 'too heavy for activation' },
    ],
    requires: ['vscode', './cloud.cjs', './domain.cjs', './keySources.cjs', './useCases.cjs', './views.cjs'],
  },
  {
    name: 'views',
    budget: 42 * 1024,
    forbidden: [
      anyUndici,
      secondDomain,
      { path: /^src\/(commands|wizard|platform)\//, why: 'it shows, it does not act' },
    ],
    requires: ['./domain.cjs'],
  },
  {
    name: 'keySources',
    budget: 20 * 1024,
    forbidden: [anyUndici, secondDomain, { path: /^src\/(?!credentials\/|domain\/)/, why: 'it only reads keys' }],
    requires: ['./domain.cjs'],
  },
  {
    name: 'useCases',
    budget: 200 * 1024,
    forbidden: [
      anyUndici,
      secondDomain,
      { path: /^src\/database\//, why: 'it is a bundle of its own; import it dynamically' },
      { path: /^src\/(tree|simulator|api\/cloud)/, why: 'what it works on is handed to it' },
      { path: /^src\/instances\/(registry|journal|refresher)\.ts$/, why: 'activation has made the only one' },
    ],
    requires: ['vscode', './database.cjs', './domain.cjs'],
  },
  {
    name: 'domain',
    budget: 30 * 1024,
    forbidden: [anyUndici, { path: /(^|\/)src\/(?!domain\/)/, why: 'the domain knows none of the other rooms' }],
    requires: [],
  },
  { name: 'cloud', budget: 450 * 1024, forbidden: [undiciGlobals, secondDomain], requires: ['./domain.cjs'] },
  {
    name: 'database',
    loads: 'postgresClient',
    budget: 120 * 1024,
    forbidden: [
      anyUndici,
      secondDomain,
      { path: /^src\/(?!database\/|domain\/)/, why: 'it knows none of the other rooms' },
    ],
    requires: ['./domain.cjs', './postgresClient.cjs'],
  },
  {
    name: 'postgresClient',
    budget: 90 * 1024,
    forbidden: [{ path: /^src\//, why: 'it is the package alone' }],
    requires: [],
  },
  { name: 'simulator', budget: 200 * 1024, forbidden: [undiciGlobals], requires: ['./postgresClient.cjs'] },
];

/** The part of esbuild's metafile that is looked at. */
export interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number;
        readonly imports: readonly { readonly path: string; readonly external?: boolean | undefined }[];
        /** What of each input is left after tree shaking. */
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      }
    >
  >;
}

const metafileSchema: z.ZodType<Metafile> = z.object({
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(
    z.string(),
    z.object({
      bytes: z.number(),
      imports: z.array(z.object({ path: z.string(), external: z.boolean().optional() })),
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
    }),
  ),
});

/** The metafile that esbuild.mjs wrote beside that bundle. Rejects when there is none. */
export async function readMetafile(name: string): Promise<Metafile> {
  const path = new URL(`../../out/meta/${name}.json`, import.meta.url);
  return metafileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** Bytes of a bundle and of what is loaded with it. */
function weight(rule: BundleRule, metafiles: ReadonlyMap<string, Metafile>): number {
  return [rule.name, rule.loads ?? []]
    .flat()
    .reduce((sum, name) => sum + (metafiles.get(name)?.outputs[`dist/${name}.cjs`]?.bytes ?? 0), 0);
}

/** What is wrong with a bundle, one sentence each; empty when nothing is. @param metafiles by the bundle's name */
export function bundleProblems(rule: BundleRule, metafiles: ReadonlyMap<string, Metafile>): string[] {
  const path = `dist/${rule.name}.cjs`;
  const output = metafiles.get(rule.name)?.outputs[path];
  if (output === undefined) return [`${path} was not built.`];

  const held = Object.keys(output.inputs).flatMap((input) =>
    rule.forbidden.filter((each) => each.path.test(input)).map(({ why }) => `${path} holds ${input}: ${why}.`),
  );
  const required = output.imports
    .filter(({ external }) => external === true)
    .map((each) => each.path)
    .filter((name) => !isBuiltin(name) && !rule.requires.includes(name))
    .map((name) => `${path} requires ${name}, which is not in the package.`);
  const bytes = weight(rule, metafiles);
  const heavy =
    bytes > rule.budget ? [`${path} weighs ${kilobytes(bytes)}; its budget is ${kilobytes(rule.budget)}.`] : [];
  return [...held, ...new Set(required), ...heavy];
}

/** `12.3 KB` */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

/**
 * Looks at every bundle that the last build made.
 * @returns a line for each bundle, and every problem found
 * @throws Error when that was not the build that ships
 */
export async function inspectBundles(): Promise<{ lines: string[]; problems: string[] }> {
  const metafiles = new Map<string, Metafile>();
  for (const { name } of bundleRules) metafiles.set(name, await readMetafile(name));
  const debug = [...metafiles.values()].some(({ outputs }) =>
    Object.keys(outputs).some((path) => path.endsWith('.map')),
  );
  if (debug) throw new Error('The last build was not the one that ships: run `node esbuild.mjs --production`.');
  return {
    lines: bundleRules.map((rule) => {
      const together = rule.loads === undefined ? '' : ` with ${rule.loads}.cjs`;
      return `dist/${rule.name}.cjs${together} ${kilobytes(weight(rule, metafiles))} of ${kilobytes(rule.budget)}`;
    }),
    problems: bundleRules.flatMap((rule) => bundleProblems(rule, metafiles)),
  };
}
