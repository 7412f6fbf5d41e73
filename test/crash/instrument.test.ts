import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../tools/process.ts';
import { instrumented } from './instrument.ts';

const source = `async function outer(first: Promise<() => Promise<number>>, items: AsyncIterable<number>): Promise<number> {
  const inner = await (await first)();
  for await (const item of items) console.log(item);
  await first.then(
    async () => { await first; },
    undefined,
  );
  return inner;
}
`;

test('every await, every round of a for await and every callback of a promise is a point', () => {
  const { sites } = instrumented(source, 'src/one.ts', './points.ts');
  assert.deepEqual(sites, [
    { point: 'src/one.ts:2:17', name: 'src/one.ts inner: (await first)()' },
    { point: 'src/one.ts:2:24', name: 'src/one.ts inner: first' },
    { point: 'src/one.ts:3:3', name: 'src/one.ts outer: items' },
    { point: 'src/one.ts:4:3', name: 'src/one.ts outer: first.then( async () => { await first; }, undefined, )' },
    { point: 'src/one.ts:5:5', name: 'src/one.ts outer: async () => { await first; }' },
    { point: 'src/one.ts:5:19', name: 'src/one.ts outer: first' },
  ]);
});

test('what tells of the points stands around what is awaited, and the lines stay', () => {
  const { text } = instrumented(source, 'src/one.ts', './points.ts');
  const lines = text.split('\n');
  assert.equal(lines.length, source.split('\n').length);
  assert.equal(
    lines[1],
    '  const inner = await __points.awaited("src/one.ts:2:17", (await __points.awaited("src/one.ts:2:24", first))());',
  );
  assert.equal(
    lines[4],
    '    __points.called("src/one.ts:5:5", async () => { await __points.awaited("src/one.ts:5:19", first); }),',
  );
});

test('no await of the sources is left out', async () => {
  const files = (await readdir(join(projectRoot, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  assert.ok(files.length > 100);
  for (const file of files) {
    const text = await readFile(join(projectRoot, 'src', file), 'utf8');
    const code = text.replaceAll(/\/\*.*?\*\/|^\s*\/\/.*$|'[^'\n]*'|`[^`$]*`/gmsu, '');
    const { sites } = instrumented(text, `src/${file}`, './points.ts');
    const words = [...code.matchAll(/\bawait\b(?!:)/gu)].length;
    assert.ok(sites.length >= words, `${file}: ${String(words)} times await, ${String(sites.length)} points`);
  }
});
