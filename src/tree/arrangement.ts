import { isRecord } from '../domain/record.ts';

/** What the rows are put together by. `kind` is that of the instance, `tag` the key whose values make the groups. */
export type GroupBy = 'nothing' | 'kind' | 'region' | 'account' | 'project' | 'status' | { readonly tag: string };

export type SortBy = 'name' | 'created' | 'status';

/** How a person wants the list. It is plain JSON, and kept between sessions. */
export interface Arrangement {
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  /** Words as typed; empty shows everything. See `filter.ts`. */
  readonly filter: string;
}

export const usualArrangement: Arrangement = { groupBy: 'nothing', sortBy: 'name', filter: '' };

const plainGroups = ['nothing', 'kind', 'region', 'account', 'project', 'status'] as const;
const sortings = ['name', 'created', 'status'] as const;

/** Reads what was kept. Each part that cannot be understood is as usual. */
export function decodeArrangement(value: unknown): Arrangement {
  if (!isRecord(value)) return usualArrangement;
  const { groupBy, sortBy, filter } = value;
  return {
    groupBy: groupByOf(groupBy) ?? usualArrangement.groupBy,
    sortBy: sortings.find((one) => one === sortBy) ?? usualArrangement.sortBy,
    filter: typeof filter === 'string' ? filter : usualArrangement.filter,
  };
}

function groupByOf(value: unknown): GroupBy | undefined {
  if (isRecord(value)) return typeof value['tag'] === 'string' ? { tag: value['tag'] } : undefined;
  return plainGroups.find((one) => one === value);
}
