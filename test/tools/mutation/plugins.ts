/** What Stryker is given: a runner that keeps the tests loaded, and what is not mutated. */
import { globSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { declareFactoryPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { wordsIgnorer } from './words.ts';
import { createRunner } from './runner.ts';

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'loaded', () =>
    createRunner({
      root: process.cwd(),
      files: globSync('test/unit/**/*.test.ts').map((file) => resolve(file)),
      label: (file) => relative('test/unit', file),
    }),
  ),
  declareValuePlugin(PluginKind.Ignore, 'words', wordsIgnorer),
];
