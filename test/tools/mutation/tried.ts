import * as z from 'zod';

const report = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(z.looseObject({ status: z.string() })) })),
});

/**
 * The results of an earlier run without those that no test noticed: a test written since may. Stryker tries such a
 * mutant again where a new test reaches it, and cannot know that of one that acts while its module loads.
 * @param text the report as JSON
 */
export function noticedOnly(text: string): string {
  const { files, ...rest } = report.parse(JSON.parse(text));
  const kept = Object.entries(files).map(([path, { mutants, ...file }]) => [
    path,
    { ...file, mutants: mutants.filter(({ status }) => status === 'Killed' || status === 'Ignored') },
  ]);
  return JSON.stringify({ ...rest, files: Object.fromEntries(kept) });
}
