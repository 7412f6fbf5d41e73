/** The walls between the rooms of src/. Every rule is an error. */

/** The files that may import `vscode`. A new one is a decision; it is taken here and nowhere else. */
const editorFiles = [
  'src/extension\\.ts',
  'src/credentials/secretStorage\\.ts',
  'src/wizard/quickInput\\.ts',
  'src/tree/treeView\\.ts',
  'src/platform/[^/]+\\.ts',
];

const room = (name) => `^src/${name}/`;
const rooms = [
  'domain',
  'api',
  'database',
  'credentials',
  'wizard',
  'instances',
  'tree',
  'commands',
  'platform',
  'simulator',
  'root',
];

/** What each room may import beside itself. A room that is not listed here is shut. */
const open = {
  domain: [],
  api: ['domain'],
  database: ['domain'],
  credentials: ['domain'],
  wizard: ['domain'],
  instances: ['domain'],
  tree: ['domain'],
  commands: ['domain', 'api', 'database', 'credentials', 'wizard', 'instances', 'tree'],
  platform: ['domain'],
  simulator: ['api'],
};

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...Object.entries(open).map(([name, others]) =>
      forbid(
        `walls-of-${name}`,
        `${name} may import ${['itself', ...others].join(', ')} and nothing else of ours.`,
        { path: room(name) },
        { path: '^src/', pathNot: [name, ...others].map(room) },
      ),
    ),
    forbid(
      'commands-know-types',
      'A use case gets its objects handed in: of these rooms it knows the types only.',
      { path: room('commands') },
      { path: ['api', 'database', 'credentials', 'instances', 'tree'].map(room), dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'simulator-shares-signing-only',
      'The simulator judges requests by itself; with the extension it shares the stages of the signature.',
      { path: room('simulator') },
      { path: room('api'), pathNot: '^src/api/signing\\.ts$' },
    ),
    forbid(
      'rooms-do-not-know-the-root',
      'Only src/extension.ts, src/useCases.ts and src/root connect the rooms; no room imports them.',
      { path: '^src/[^/]+/', pathNot: room('root') },
      { path: ['^src/[^/]+\\.ts$', room('root')] },
    ),
    forbid(
      'every-file-has-a-room',
      'Beside src/extension.ts and src/useCases.ts, a file of src lives in one of the rooms.',
      { path: '^src/', pathNot: ['^src/(extension|useCases)\\.ts$', ...rooms.map(room)] },
      {},
    ),
    forbid(
      'loaded-late',
      'What activation does not need is loaded when it is: the views, the use cases, the cloud, other sources of keys.',
      { path: '^src/', pathNot: '^src/(api|credentials/sources)/' },
      {
        path: '^src/(api/cloud|useCases|root/views|credentials/sources/[^/]+)\\.ts$',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    ),
    forbid(
      'one-kind-of-instance',
      'The rest goes by the list of offerings; only the files that make up that list know each one.',
      {
        path: '^src/',
        pathNot: [
          '^src/domain/offerings/',
          '^src/(api|wizard)/(serverless|provisioned)/',
          '^src/api/(cloud|errorCatalog|explain)\\.ts$',
          '^src/wizard/kinds\\.ts$',
          room('simulator'),
        ],
      },
      { path: '^src/(domain/offerings|api|wizard)/(serverless|provisioned)(\\.ts$|/)' },
    ),
    forbid(
      'database-loaded-late',
      'The client of PostgreSQL is loaded by the first connection test: a dynamic import.',
      { path: '^src/', pathNot: room('database') },
      { path: room('database'), dependencyTypesNot: ['type-only', 'dynamic-import'] },
    ),
    forbid(
      'pg-in-two-files',
      'One file of the extension owns the client of PostgreSQL, and one of the simulator.',
      { path: '^src/', pathNot: '^src/(database/session|simulator/sql)\\.ts$' },
      { path: '(^|node_modules/)(@types/)?pg(/|$)' },
    ),
    forbid(
      'simulator-is-a-program',
      'The simulator is started, not imported.',
      { path: '^src/', pathNot: room('simulator') },
      { path: room('simulator') },
    ),
    forbid(
      'editor-files',
      'Pure code does not know the editor, not even its types.',
      { path: '^src/', pathNot: `^(${editorFiles.join('|')})$` },
      { path: '(^vscode$|@types/vscode)' },
    ),
    forbid(
      'undici-in-one-file',
      'One file owns the HTTP client.',
      { path: '^src/', pathNot: '^src/api/transport\\.ts$' },
      { path: '(^|node_modules/)undici(/|$)' },
    ),
    forbid(
      'undici-narrowly',
      "undici's index and its global module change the process that all extensions share.",
      { path: '^src/' },
      { path: 'undici/(index|index-fetch|lib/global)\\.js$' },
    ),
    forbid('src-without-tests', 'What ships does not know its tests.', { path: '^src/' }, { path: '^test/' }),
    forbid('no-cycles', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
    forbid('no-barrels', 'Import from the file that has it.', {}, { path: '/index\\.ts$', pathNot: 'node_modules' }),
    forbid('nothing-unresolved', 'An import leads somewhere.', {}, { couldNotResolve: true, pathNot: '^vscode$' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
