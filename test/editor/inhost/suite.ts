/** The module that the editor's extension host loads and runs. */
import { writeFile } from 'node:fs/promises';
import { cases } from './cases.ts';
import { resultsVariable, runCases } from './results.ts';

export async function run(): Promise<void> {
  const results = await runCases(cases);
  const file = process.env[resultsVariable];
  if (file === undefined) throw new Error(`${resultsVariable} is not set`);
  await writeFile(file, JSON.stringify(results));
}
