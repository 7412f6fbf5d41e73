/** Part of `npm run package`: dist/notices.txt, the terms of everything of others that the bundles hold. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bundleRules, readMetafile } from './bundles.ts';
import { shippedPaths } from './dependencies.ts';
import { projectRoot } from './process.ts';

const person = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string(), author: person.optional() });

/** Name, version and terms of the package in that folder; without a text of its own, its author and its licence. */
async function noticeOf(folder: string): Promise<string> {
  const { name, version, license, author } = manifest.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const file = (await readdir(folder)).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each));
  const text = file === undefined ? `Copyright (c) ${author ?? name}` : await readFile(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

const shipped = shippedPaths(await Promise.all(bundleRules.map(({ name }) => readMetafile(name))));
const notices = await Promise.all(shipped.map((path) => noticeOf(join(projectRoot, path))));
const line = `\n${'-'.repeat(80)}\n\n`;
await writeFile(
  join(projectRoot, 'dist', 'notices.txt'),
  ['This extension contains the following packages.\n', ...notices].join(line),
);
