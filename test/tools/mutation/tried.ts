import * as z from 'zod';

const report = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(z.looseObject({ status: z.string() })) })),
});

/**
 * The results of an earlier run without those that no test noticed: a test written since may. Stryker tries such a
 * mutant again where a new test reaches it, and cannot know that of one that acts while its module loads.
 * @param text the report as JSON
 * @param isTried whether the mutants of that file are about to be tried; the others keep their results
 */
export function noticedOnly(text: string, isTried: (path: string) => boolean): string {
  const parsed: unknown = JSON.parse(text);
  const { files, ...rest } = report.parse(parsed);
  const kept = Object.entries(files).map(([path, { mutants, ...file }]) => {
    const noticed = mutants.filter(({ status }) => !isTried(path) || status === 'Killed' || status === 'Ignored');
    return [path, { ...file, mutants: noticed }] as const;
  });
  return JSON.stringify({ ...rest, files: Object.fromEntries(kept) });
}
