/**
 * `npm run package`: the extension as one file, out/tencentdb-postgres-VERSION.vsix. vsce builds the bundles first.
 * Fails when the file holds anything but what is listed here, lacks something, or is too heavy. Two builds of the same
 * source give the same bytes: neither time, time zone and language nor the modes of files leave a trace.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { kilobytes } from './bundles.ts';
import { packageProblems, withEqualModes, zipEntries } from './packageContents.ts';
import { projectRoot, runNode, toolScript } from './process.ts';

/** Bytes. */
const budget = 500 * 1024;

/** As vsce names them: the texts that the gallery shows are written in lower case. */
const expected = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/SECURITY.md',
  'extension/changelog.md',
  'extension/dist/cloud.cjs',
  'extension/dist/database.cjs',
  'extension/dist/domain.cjs',
  'extension/dist/extension.cjs',
  'extension/dist/keySources.cjs',
  'extension/dist/notices.txt',
  'extension/dist/postgresClient.cjs',
  'extension/dist/simulator.cjs',
  'extension/dist/useCases.cjs',
  'extension/dist/views.cjs',
  'extension/media/activity.svg',
  'extension/media/icon.png',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
];

/** Languages come and go without anybody having to change the list above. */
async function translations(): Promise<string[]> {
  const inRoot = (await readdir(projectRoot)).filter((name) => /^package\.nls\..+\.json$/.test(name));
  const folder = join(projectRoot, 'media', 'l10n');
  const inMedia = existsSync(folder) ? (await readdir(folder)).map((name) => `media/l10n/${name}`) : [];
  return [...inRoot, ...inMedia].map((path) => `extension/${path}`);
}

const { name, version } = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')));

await mkdir(join(projectRoot, 'out'), { recursive: true });
const vsix = join(projectRoot, 'out', `${name}-${version}.vsix`);
/** vsce then gives every file this moment, in the zone that its zip files are written for, and sorts them. */
const firstDayOfZip = { SOURCE_DATE_EPOCH: String(Date.UTC(1980, 0, 1) / 1_000), TZ: 'UTC', LC_ALL: 'C' };
const { code, output } = await runNode(
  [
    toolScript('@vscode/vsce', 'vsce'),
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ],
  undefined,
  firstDayOfZip,
);

if (code === 0) {
  const bytes = withEqualModes(await readFile(vsix));
  await writeFile(vsix, bytes);
  const problems = packageProblems(zipEntries(bytes), [...expected, ...(await translations())]);
  if (bytes.length > budget) problems.push(`It weighs ${kilobytes(bytes.length)}; the budget is ${kilobytes(budget)}.`);
  for (const problem of problems) console.error(problem);
  console.log(`${relative(projectRoot, vsix)} ${kilobytes(bytes.length)}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  console.error(output);
  process.exitCode = 1;
}
