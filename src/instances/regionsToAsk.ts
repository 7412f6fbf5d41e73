import type { RegionState } from '../domain/regionState.ts';

/**
 * The regions whose instances are listed, each once. Where the person has chosen: those, and where something is under
 * way. Else, in this order: the documented ones, the default of the settings, where instances are known, and where
 * something is under way.
 */
export function regionsToAsk(sources: {
  readonly chosen: readonly string[] | undefined;
  readonly documented: readonly string[];
  readonly preferred: string | undefined;
  readonly known: readonly RegionState[];
  readonly underWay: readonly string[];
}): readonly string[] {
  const { chosen, documented, preferred, known, underWay } = sources;
  if (chosen !== undefined) return [...new Set([...chosen, ...underWay])];
  const populated = known.filter(({ instances }) => instances.length > 0).map(({ region }) => region);
  return [...new Set([...documented, ...(preferred === undefined ? [] : [preferred]), ...populated, ...underWay])];
}
