import * as z from 'zod';

/** The variable that names the file into which the suite writes what came of each case. */
export const resultsVariable = 'TENCENTDB_POSTGRES_TEST_RESULTS';

export const resultsSchema = z.array(z.object({ name: z.string(), failure: z.string().optional() }));

export type Results = z.infer<typeof resultsSchema>;

/** Cases by name, each a sentence about behaviour. They run one after another, in one window. */
export type Cases = Readonly<Record<string, () => Promise<void> | void>>;

const patience = 60_000;

/** Runs every case, also after one that failed. */
export async function runCases(cases: Cases): Promise<Results> {
  const results: Results = [];
  for (const [name, act] of Object.entries(cases)) {
    try {
      await Promise.race([act(), tooLong(patience)]);
      results.push({ name });
    } catch (error) {
      results.push({ name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return results;
}

function tooLong(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error(`not done after ${String(milliseconds)} ms`));
    }, milliseconds).unref();
  });
}
