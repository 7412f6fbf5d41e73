import type { RegionState } from '../domain/regionState.ts';

/**
 * The regions whose instances are listed: the documented ones, the default of the settings, where instances are
 * known, and where one is being made. In that order, each once.
 */
export function regionsToAsk(sources: {
  readonly documented: readonly string[];
  readonly preferred: string | undefined;
  readonly known: readonly RegionState[];
  readonly underWay: readonly string[];
}): readonly string[] {
  const { documented, preferred, known, underWay } = sources;
  const populated = known.filter(({ instances }) => instances.length > 0).map(({ region }) => region);
  return [...new Set([...documented, ...(preferred === undefined ? [] : [preferred]), ...populated, ...underWay])];
}
