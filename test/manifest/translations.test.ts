import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import * as z from 'zod';
import { manifest, sources, words } from './manifest.ts';

const root = new URL('../../', import.meta.url);
const bundles = new URL(`${manifest.l10n}/`, root);

/** The languages that a folder has files of, by the name that the editor looks for. */
function languagesIn(folder: URL, name: RegExp): string[] {
  return readdirSync(folder)
    .map((file) => name.exec(file)?.[1])
    .filter((language) => language !== undefined)
    .toSorted();
}

function textsOf(folder: URL, file: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))),
  );
}

/** First arguments of `l10n.t`; where one is no literal, what stands there instead. */
function textsOfSource(path: string, text: string): { literals: string[]; others: string[] } {
  const literals: string[] = [];
  const others: string[] = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') {
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteralLike(first)) literals.push(first.text);
      else others.push(`${path}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { literals, others };
}

// The simulator is a program of its own and speaks English, as the service does.
const found = [...sources()]
  .filter(([path]) => !path.startsWith('simulator/'))
  .map(([path, text]) => textsOfSource(path, text));
const used = new Set(found.flatMap(({ literals }) => literals));

/** What both languages have to hold alike, in any order: each thing once, since a language may say it twice. */
function parts(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([part]) => part))].toSorted();
}

const placeholder = /\{[^}]+\}/g;
const link = /\]\([^)]*\)/g;
const code = /`[^`]*`/g;

/** Texts that a translation lacks, that it has for nothing, and that lost or gained a part. */
function differences(
  original: ReadonlyMap<string, string>,
  translation: ReadonlyMap<string, string>,
  patterns: readonly RegExp[],
) {
  const altered = [...original].filter(([key, text]) => {
    const translated = translation.get(key);
    return (
      translated !== undefined &&
      patterns.some((pattern) => parts(text, pattern).join() !== parts(translated, pattern).join())
    );
  });
  return {
    missing: [...original.keys()].filter((key) => !translation.has(key)),
    leftOver: [...translation.keys()].filter((key) => !original.has(key)),
    altered: altered.map(([key]) => key),
  };
}

const untidy = (texts: ReadonlyMap<string, string>) =>
  [...texts].filter(([, text]) => text === '' || text !== text.trim()).map(([key]) => key);

const none = { missing: [], leftOver: [], altered: [] };
const ofSource = languagesIn(bundles, /^bundle\.l10n\.([a-z-]+)\.json$/);
const ofManifest = languagesIn(root, /^package\.nls\.([a-z-]+)\.json$/);

test('every text of the source is a literal that can be collected', () => {
  assert.deepEqual(
    found.flatMap(({ others }) => others),
    [],
  );
});

test('source and manifest speak the same languages, Simplified Chinese among them', () => {
  assert.deepEqual(ofSource, ofManifest);
  assert.ok(ofSource.includes('zh-cn'));
});

test('nothing but languages lies in the folder of translations', () => {
  assert.equal(readdirSync(bundles).length, ofSource.length);
});

for (const language of ofSource) {
  const translation = textsOf(bundles, `bundle.l10n.${language}.json`);

  test(`the source can be read in ${language}: every text, no other, each with its placeholders`, () => {
    const original = new Map([...used].map((text) => [text, text]));
    assert.deepEqual(differences(original, translation, [placeholder]), none);
    assert.deepEqual(untidy(translation), []);
  });
}

for (const language of ofManifest) {
  const translation = textsOf(root, `package.nls.${language}.json`);

  test(`the manifest can be read in ${language}: every text, no other, each with its links and values`, () => {
    assert.deepEqual(differences(words, translation, [link, code]), none);
    assert.deepEqual(untidy(translation), []);
  });
}
