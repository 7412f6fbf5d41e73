import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { offerings } from '../../src/domain/offerings/offerings.ts';

const ids: readonly string[] = offerings.map(({ id }) => id);

/** Where a kind of instance may be called by its name; the simulator is a program of its own. */
const own = [
  /^src\/domain\/offerings\//,
  ...ids.map((id) => new RegExp(`^src/(api|wizard)/${id}/`)),
  /^src\/simulator\//,
];

/** Every text of a source that is exactly the name of a kind. */
function namesIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && ids.includes(node.text) && !ts.isImportDeclaration(node.parent)) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

test('no kind of instance is called by its name outside its own folders, so nothing can ask which one it is', () => {
  const strangers = globSync('src/**/*.ts')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !own.some((folder) => folder.test(path)))
    .filter((path) => namesIn(readFileSync(path, 'utf8')).length > 0);
  assert.deepEqual(strangers, []);
});

test('that test sees a comparison, a case and a key', () => {
  for (const id of ids) {
    assert.deepEqual(namesIn(`if (instance.offering === '${id}') go();`), [id]);
    assert.deepEqual(namesIn(`switch (offering) { case "${id}": go(); }`), [id]);
    assert.deepEqual(namesIn(`const map = { '${id}': go };`), [id]);
    assert.deepEqual(namesIn('const x = `' + id + '`;'), [id]);
  }
  assert.deepEqual(namesIn(`import { list } from './serverless';`), []);
});
