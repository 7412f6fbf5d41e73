/**
 * Builds the bundles of the extension into dist/, and one metafile each into out/meta/.
 *
 *   node esbuild.mjs [--production] [--watch]
 *
 * extension.cjs is what activation loads, useCases.cjs what the first command loads, cloud.cjs what the first call to
 * the cloud loads, simulator.cjs a program of its own that is started by its path. domain.cjs is what the first three
 * have in common: the language of the project, once, so that an error thrown in one bundle is an `instanceof` its
 * class in another.
 * --production minifies and leaves the source maps out.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What is imported only when it is used, and the bundle that it is then taken from. */
const lazily = { './api/cloud.ts': './cloud.cjs', './useCases.ts': './useCases.cjs' };

/** Leaves these dynamic imports out of the bundle that writes them: each becomes a `require` of its own bundle. */
const lazyParts = {
  name: 'lazy-parts',
  setup(hooks) {
    hooks.onResolve({ filter: /\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' && path in lazily ? { path: lazily[path], external: true } : undefined,
    );
  },
};

/** Takes src/domain and the translations, which are configured once, from domain.cjs. */
const sharedDomain = {
  name: 'shared-domain',
  setup(hooks) {
    hooks.onResolve({ filter: /(^|\/)domain\/\w+\.ts$|^@vscode\/l10n$/ }, ({ path }) => ({
      path: basename(path, '.ts'),
      namespace: 'shared-domain',
    }));
    // With its names spelled out each use is bound directly; a namespace would be copied for every file that imports it.
    hooks.onLoad({ filter: /.*/, namespace: 'shared-domain' }, async ({ path }) => {
      const names = Object.keys(await import(sourceOf(path))).filter((name) => /^(?!default$)[A-Za-z]\w*$/.test(name));
      return { contents: `export const { ${names.join(', ')} } = require('./domain.cjs').${path};` };
    });
    hooks.onResolve({ filter: /^\.\/domain\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** What a name in domain.cjs stands for. */
const sourceOf = (name) => (name === 'l10n' ? '@vscode/l10n' : `./src/domain/${name}.ts`);

/** Every module of src/domain under its own name, for `sharedDomain`. */
async function domainEntry() {
  const modules = (await readdir(`${root}src/domain`)).filter((name) => name.endsWith('.ts'));
  const lines = modules.map((name) => `export * as ${basename(name, '.ts')} from './src/domain/${name}';`);
  return {
    contents: ["export * as l10n from '@vscode/l10n';", ...lines].join('\n'),
    resolveDir: root,
    sourcefile: 'domain',
  };
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
  outfile: `dist/${name}.cjs`,
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
  plugins: [...plugins, ...(watch ? [progress] : [])],
  ...options,
});

const bundles = [
  bundle('domain', { stdin: await domainEntry() }),
  bundle('extension', { entryPoints: ['src/extension.ts'], plugins: [lazyParts, sharedDomain] }),
  bundle('useCases', { entryPoints: ['src/useCases.ts'], plugins: [sharedDomain] }),
  bundle('cloud', { entryPoints: ['src/api/cloud.ts'], plugins: [sharedDomain] }),
  bundle('simulator', {
    entryPoints: ['src/simulator/main.ts'],
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
    if (status === 'fulfilled') await writeMetafile(value.metafile);
    else process.exitCode = 1;
  }
}
