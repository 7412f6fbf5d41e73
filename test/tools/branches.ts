/** Branches of the source that tests took, from a report in the form of lcov. */

export interface Branches {
  readonly found: number;
  readonly taken: number;
  /** Where those begin that were not taken, counted from 1. */
  readonly missed: readonly number[];
}

/** In percent; a file without branches leaves none untaken. */
export function share({ found, taken }: Pick<Branches, 'found' | 'taken'>): number {
  return found === 0 ? 100 : (100 * taken) / found;
}

/** The branches of each file, by the path that the report has: the lines `BRDA:line,block,branch,times` of its record. */
export function readBranches(lcov: string): ReadonlyMap<string, Branches> {
  return new Map(
    lcov.split('end_of_record').flatMap((record) => {
      const path = /^SF:(.*?)\r?$/mu.exec(record)?.[1]?.replaceAll('\\', '/');
      if (path === undefined) return [];
      const branches = [...record.matchAll(/^BRDA:(\d+),\d+,\d+,(\d+|-)\r?$/gmu)];
      const missed = branches.filter(([, , times]) => !(Number(times) > 0)).map(([, line]) => Number(line));
      return [[path, { found: branches.length, taken: branches.length - missed.length, missed }] as const];
    }),
  );
}

/** The sum over the files whose path begins so. */
export function under(prefix: string, files: ReadonlyMap<string, Branches>): Pick<Branches, 'found' | 'taken'> {
  return [...files]
    .filter(([path]) => path.startsWith(prefix))
    .reduce((sum, [, { found, taken }]) => ({ found: sum.found + found, taken: sum.taken + taken }), {
      found: 0,
      taken: 0,
    });
}
