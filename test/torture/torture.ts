/**
 * `npm run torture [-- --short] [-- --only PART]`: every action of the product through every fault. Prints the tables,
 * writes them to `out/torture.md` and `out/torture.json`, and ends with the counts; the exit code is 1 when a cell
 * failed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot, secondsSince } from '../tools/process.ts';
import { parts } from './parts.ts';
import { countsInWords, countsOf, markdownOf, type Table } from './table.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const chosen = parts.filter(({ name }) => values.only?.includes(name) ?? true);
if (chosen.length === 0) {
  console.error(`No such part. There are ${parts.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const tables: Table[] = [];
for (const part of chosen) {
  const start = performance.now();
  let told = start;
  const some = await part.run({
    short: values.short === true,
    onCell({ failures }, done, of) {
      for (const failure of failures) console.error(failure);
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      console.error(`${part.name}: ${String(done)} of ${String(of)} (${secondsSince(start)})`);
    },
  });
  console.error(`${part.name}: ${countsInWords(countsOf(some))} (${secondsSince(start)})`);
  tables.push(...some);
}

const counts = countsInWords(countsOf(tables));
const text = tables.map(markdownOf).join('\n');
const out = join(projectRoot, 'out');
await mkdir(out, { recursive: true });
await writeFile(join(out, 'torture.md'), `# Torture\n\n${text}\n${counts}\n`);
await writeFile(join(out, 'torture.json'), `${JSON.stringify({ counts: countsOf(tables), tables }, undefined, 2)}\n`);
console.log(`${text}\n${counts}`);
process.exitCode = countsOf(tables).failed > 0 || countsOf(tables).cells === 0 ? 1 : 0;
