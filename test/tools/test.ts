/**
 * `npm test [-- --only STAGE]`: every stage in turn, and before a stage whatever it needs built.
 * The last line sums up, `N passed, N failed, N skipped`; the exit code is 1 when a test failed or nothing ran.
 */
import { parseArgs } from 'node:util';
import { add, inWords, none, stageCounts } from './counts.ts';
import { runNode, secondsSince } from './process.ts';

/** What stages need, made once: the bundles as they ship, and the package of them. */
const builds = {
  bundles: ['esbuild.mjs', '--production'],
  package: ['test/tools/package.ts'],
} as const;

interface Stage {
  readonly name: string;
  readonly needs?: keyof typeof builds;
  readonly args: readonly string[];
}

const files = (...patterns: readonly string[]) => ['--test', '--test-reporter=spec', ...patterns];

const stages: readonly Stage[] = [
  // Several at a time: most of what such a file takes is the start of its process, or waiting.
  { name: 'unit', args: files('--test-concurrency=3', 'test/unit/**/*.test.ts') },
  { name: 'manifest', needs: 'bundles', args: files('test/manifest/*.test.ts', 'test/tools/*.test.ts') },
  { name: 'simulator', args: files('--test-concurrency=2', 'test/simulator/*.test.ts') },
  { name: 'torture', args: files('--test-concurrency=1', 'test/torture/*.test.ts') },
  { name: 'crash', args: files('--test-concurrency=1', 'test/crash/*.test.ts') },
  { name: 'editor', needs: 'package', args: ['test/editor/inhost.ts'] },
  // Each has an editor of its own, and waits for it more than half of its time.
  { name: 'journeys', needs: 'package', args: files('--test-concurrency=3', 'test/editor/journeys/*.journey.ts') },
];

async function announced(name: string, args: readonly string[]) {
  const start = performance.now();
  console.log(`\n== ${name}`);
  const ended = await runNode(args, (text) => {
    process.stdout.write(text);
  });
  return { ...ended, took: secondsSince(start) };
}

const made = new Set<string>();

/** @returns false when it cannot be made */
async function make(build: keyof typeof builds): Promise<boolean> {
  if (made.has(build)) return true;
  const { code, took } = await announced(build, builds[build]);
  console.log(`== ${build}: ${code === 0 ? 'made' : 'could not be made'} (${took})`);
  if (code === 0) made.add(build);
  return code === 0;
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const chosen = values.only ?? stages.map(({ name }) => name);
const unknown = chosen.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are ${stages.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

let total = none;
for (const { name, needs, args } of stages.filter((stage) => chosen.includes(stage.name))) {
  if (needs !== undefined && !(await make(needs))) {
    console.log(`== ${name}: not run, it needs ${needs}`);
    total = add(total, { ...none, failed: 1 });
    continue;
  }
  const ended = await announced(name, args);
  const counts = stageCounts(ended);
  console.log(`== ${name}: ${inWords(counts)} (${ended.took})`);
  total = add(total, counts);
}

console.log(`\n${inWords(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
