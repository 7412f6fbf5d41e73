import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** `// eslint-disable-next-line rule -- reason`: whoever switches a rule off says why. */
const directivesHaveReasons = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      reason: 'Say why after " -- ".',
      rule: 'Name the rule that is switched off.',
    },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const directive = /^\s*eslint-(?:disable|enable)(?:-next-line|-line)?(?<rest>(?:\s.*)?)$/su.exec(comment.value);
        if (directive === null) continue;
        const [rules = '', reason = ''] = directive.groups.rest.split(/\s--\s/u);
        // Just before its line, where the directive does not yet switch this rule off as well.
        const loc = { start: { line: comment.loc.start.line, column: -1 }, end: comment.loc.end };
        if (rules.trim() === '') context.report({ loc, messageId: 'rule' });
        if (reason.trim() === '') context.report({ loc, messageId: 'reason' });
      }
    },
  }),
};

/** A cast is a claim that the compiler cannot check, so the one who makes it says why it holds. */
const castsHaveReasons = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { reason: 'Do without this cast, or say in a comment on its line or just above why it holds.' },
  },
  create(context) {
    function check(node) {
      const { typeAnnotation: type, loc } = node;
      if (type.type === 'TSTypeReference' && type.typeName.name === 'const') return;
      const explained = context.sourceCode
        .getAllComments()
        .some((comment) => comment.loc.end.line >= loc.start.line - 1 && comment.loc.start.line <= loc.end.line);
      if (!explained) context.report({ node, messageId: 'reason' });
    }
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};

/** Everything is found by its name, where it is written: no default exports, no barrels. */
const namedExports = [
  { selector: 'ExportDefaultDeclaration', message: 'Export it by name.' },
  { selector: 'ExportAllDeclaration', message: 'Import from the file that has it; no barrels.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'Import from the file that has it; no re-exports.' },
];

/** Tools that collect texts for translation read the source, so a text stands where it is used. */
const literalTexts = {
  selector: "CallExpression[callee.object.name='l10n'][callee.property.name='t'][arguments.0.type!='Literal']",
  message: 'Write the text itself here, with {0} for what varies.',
};

/** Time and chance are parameters, so that tests decide them. */
const ambient = [
  { object: 'Date', property: 'now', message: 'Take `now` as a parameter.' },
  { object: 'Math', property: 'random', message: 'Take `random` as a parameter.' },
];

const zodAsNamespace = {
  selector:
    "ImportDeclaration[source.value=/^zod(\\u002F|$)/][importKind!='type'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
  message: "Write `import * as z from 'zod'`: the other forms carry the whole library into the bundle.",
};

const undici = {
  regex: '^undici(/|$)',
  message: 'Only src/api/transport.ts knows undici.',
};

export default defineConfig(
  globalIgnores(['dist', 'out', 'coverage', '.vscode-test']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: {
      house: { rules: { 'directives-have-reasons': directivesHaveReasons, 'casts-have-reasons': castsHaveReasons } },
    },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-imports': ['error', { patterns: [undici] }],
      'no-restricted-syntax': ['error', ...namedExports, literalTexts, zodAsNamespace],
      'house/directives-have-reasons': 'error',
      'house/casts-have-reasons': 'error',
      // Our objects are made by factories and know no `this`; ports are taken apart wherever that reads better.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A test runner waits for what it was given to run.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'before', 'after'] },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  // The composition root hands out the clock and the dice; the simulator is a program of its own.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/extension.ts', 'src/simulator/**'],
    rules: { 'no-restricted-properties': ['error', ...ambient] },
  },
  { files: ['src/simulator/main.ts'], rules: { 'no-console': 'off' } },
  // The one file that owns the client, and the bench, which measures it beside the client alone.
  { files: ['src/api/transport.ts', 'test/bench/*.ts'], rules: { 'no-restricted-imports': 'off' } },
);
