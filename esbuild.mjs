/**
 * Builds the bundles of the extension into dist/, and one metafile each into out/meta/.
 *
 *   node esbuild.mjs [--production] [--watch] [--unredacted]
 *
 * extension.cjs is what activation loads, views.cjs what a visible view loads, useCases.cjs what the first command loads, cloud.cjs what the first call to
 * the cloud loads, keySources.cjs what the first profile with keys from elsewhere loads, database.cjs what the first
 * connection test loads, postgresClient.cjs what that and the simulator have in common, simulator.cjs a program of its own that is started by its path. domain.cjs is what activation
 * needs of the language of the project, once, so that an error thrown in one bundle is an `instanceof` its class in
 * another.
 * --production minifies and leaves the source maps out.
 * --unredacted builds for the leak test alone: into out/unredacted/dist/, with nothing redacted, so that it can be seen
 * to find what the redaction keeps away. Nothing in what is built otherwise can switch the redaction off.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const unredacted = process.argv.includes('--unredacted');
const folder = unredacted ? 'out/unredacted/dist' : 'dist';

/** What is imported only when it is used: the file in src/, and the bundle that it is then taken from. */
const lazily = {
  'useCases.ts': './useCases.cjs',
  'root/views.ts': './views.cjs',
  'api/cloud.ts': './cloud.cjs',
  'credentials/sources/localKeySources.ts': './keySources.cjs',
  'database/connectionTest.ts': './database.cjs',
};

/** Leaves these dynamic imports out of the bundle that writes them: each becomes a `require` of its own bundle. */
const lazyParts = {
  name: 'lazy-parts',
  setup(hooks) {
    hooks.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const file = relative(`${root}src`, resolve(resolveDir, path));
      return kind === 'dynamic-import' && file in lazily ? { path: lazily[file], external: true } : undefined;
    });
  },
};

/** The modules of src/domain that activation loads; whatever else loads them takes them from there. */
const sharedNames = await namesAtActivation();

/**
 * Takes the translations, which are configured once, and what activation loads of src/domain from domain.cjs. The rest
 * of src/domain stands in the bundles that use it.
 */
const sharedDomain = {
  name: 'shared-domain',
  setup(hooks) {
    hooks.onResolve({ filter: /\/\w+\.ts$|^@vscode\/l10n$/ }, ({ path, resolveDir }) => {
      const name = path === '@vscode/l10n' ? 'l10n' : domainName(relative(root, resolve(resolveDir, path)));
      return sharedNames.has(name) ? { path: name, namespace: 'shared-domain' } : undefined;
    });
    // With its names spelled out each use is bound directly; a namespace would be copied for every file that imports it.
    hooks.onLoad({ filter: /.*/, namespace: 'shared-domain' }, async ({ path }) => {
      const names = Object.keys(await import(sourceOf(path))).filter((name) => /^(?!default$)[A-Za-z]\w*$/.test(name));
      return { contents: `export const { ${names.join(', ')} } = require('./domain.cjs').${path};` };
    });
    hooks.onResolve({ filter: /^\.\/domain\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** What a name in domain.cjs stands for. */
const sourceOf = (name) => (name === 'l10n' ? '@vscode/l10n' : `./src/domain/${name.replace('$', '/')}.ts`);

/**
 * Leaves out what pg loads only where it is installed and asked for: the client in C, and the reading of password files,
 * since a password is always given.
 */
const pgAlone = {
  name: 'pg-alone',
  setup(hooks) {
    hooks.onResolve({ filter: /^(pg-native|pgpass)$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    hooks.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error('${path} is not part of this bundle');`,
    }));
  },
};

/** Takes the client of PostgreSQL from postgresClient.cjs, where it stands once for all who use it. */
const sharedClient = {
  name: 'shared-client',
  setup(hooks) {
    hooks.onResolve({ filter: /^pg$/ }, () => ({ path: './postgresClient.cjs', external: true }));
  },
};

/** Lets every text through as it is. */
const nothingRedacted = {
  name: 'nothing-redacted',
  setup(hooks) {
    hooks.onLoad({ filter: /[/\\]domain[/\\]redaction\.ts$/ }, () => ({
      contents:
        'export const remember = () => {}; export const redact = (text) => text; export const redactKept = redact;',
    }));
  },
};

/** `plainText` for `src/domain/plainText.ts`, `a$b` for `src/domain/a/b.ts`; `undefined` for a file elsewhere. */
function domainName(file) {
  const name = /^src[/\\]domain[/\\]((?:\w+[/\\])?\w+)\.ts$/.exec(file)?.[1];
  return name?.replace(/[/\\]/, '$');
}

/** What the activation bundle would hold of src/domain. */
async function namesAtActivation() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/extension.ts'],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    metafile: true,
    external: ['vscode', '@vscode/l10n'],
    supported: { 'dynamic-import': false },
    plugins: [lazyParts],
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  return new Set([
    'l10n',
    ...Object.keys(inputs)
      .map(domainName)
      .filter((name) => name !== undefined),
  ]);
}

/** Every shared module under its own name, for `sharedDomain`. */
function domainEntry() {
  const lines = [...sharedNames].sort().map((name) => `export * as ${name} from '${sourceOf(name)}';`);
  return { contents: lines.join('\n'), resolveDir: root, sourcefile: 'domain' };
}

let running = 0;

/** Tells what the problem matcher of .vscode/tasks.json reads: one begin, one line for each problem, one end. */
const progress = {
  name: 'progress',
  setup(hooks) {
    hooks.onStart(() => {
      if (running++ === 0) console.log('[watch] build started');
    });
    hooks.onEnd(async ({ errors, warnings, metafile }) => {
      for (const [severity, messages] of Object.entries({ error: errors, warning: warnings })) {
        for (const { text, location } of messages) {
          const { file, line, column } = location ?? { file: 'esbuild.mjs', line: 1, column: 0 };
          console.log(`${file}:${line}:${column + 1}: ${severity}: ${text}`);
        }
      }
      if (metafile !== undefined) await writeMetafile(metafile);
      if (--running === 0) console.log('[watch] build finished');
    });
  },
};

async function writeMetafile(metafile) {
  const output = Object.keys(metafile.outputs).find((path) => path.endsWith('.cjs'));
  await writeFile(`${root}out/meta/${basename(output, '.cjs')}.json`, JSON.stringify(metafile, undefined, 2));
}

/** @returns {import('esbuild').BuildOptions} */
const bundle = (name, { plugins = [], ...options }) => ({
  absWorkingDir: root,
  outfile: `${folder}/${name}.cjs`,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  // Node 22 is what the extension host of the oldest supported editor runs.
  target: 'node22',
  external: ['vscode'],
  // Makes a dynamic import a lazy `require`, which every extension host resolves the same way.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: watch ? 'silent' : 'warning',
  plugins: [...plugins, ...(watch ? [progress] : []), ...(unredacted ? [nothingRedacted] : [])],
  ...options,
});

const bundles = [
  bundle('domain', { stdin: domainEntry() }),
  bundle('extension', { entryPoints: ['src/extension.ts'], plugins: [lazyParts, sharedDomain] }),
  bundle('useCases', { entryPoints: ['src/useCases.ts'], plugins: [lazyParts, sharedDomain] }),
  bundle('views', { entryPoints: ['src/root/views.ts'], plugins: [sharedDomain] }),
  bundle('keySources', { entryPoints: ['src/credentials/sources/localKeySources.ts'], plugins: [sharedDomain] }),
  bundle('cloud', { entryPoints: ['src/api/cloud.ts'], plugins: [sharedDomain] }),
  bundle('database', { entryPoints: ['src/database/connectionTest.ts'], plugins: [sharedDomain, sharedClient] }),
  bundle('postgresClient', {
    stdin: { contents: "module.exports = require('pg');", resolveDir: root, sourcefile: 'postgresClient' },
    plugins: [pgAlone],
  }),
  bundle('simulator', {
    entryPoints: ['src/simulator/main.ts'],
    plugins: [sharedClient],
    // A CommonJS bundle has no import.meta.
    define: {
      'import.meta.url': 'importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  }),
];

await mkdir(`${root}out/meta`, { recursive: true });

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const results = await Promise.allSettled(bundles.map((options) => build(options)));
  for (const { status, value } of results) {
    // Of a failure, esbuild has printed what is wrong.
    if (status === 'rejected') process.exitCode = 1;
    else if (!unredacted) await writeMetafile(value.metafile);
  }
}
