import { ApiError } from '../apiError.ts';
import { applyFilters, type Filter, type FilterRule } from '../filters.ts';

/**
 * What the ids or the filters choose; all when neither is given.
 * @param idsName of the parameter with the ids
 * @throws ApiError
 */
export function select<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
  rules: ReadonlyMap<string, FilterRule<T>>,
  idsName: string,
): T[] {
  if (ids !== undefined && filters !== undefined) {
    throw new ApiError('InvalidParameter.Coexist', `Filters and ${idsName} cannot be given together.`);
  }
  if (ids === undefined) return applyFilters(all, filters ?? [], rules, 'InvalidParameter.FilterInvalidKey');
  const missing = ids.find((id) => !all.some((item) => item.id === id));
  if (missing !== undefined) throw new ApiError('ResourceNotFound', `The resource ${missing} is not found.`);
  return all.filter((item) => ids.includes(item.id));
}

/** The rows from Offset on, Limit of them; 20 unless told. @throws ApiError */
export function page<T>(items: readonly T[], offsetText = '0', limitText = '20'): T[] {
  const offset = whole(offsetText, 'Offset');
  const limit = whole(limitText, 'Limit');
  if (limit > 100) throw new ApiError('InvalidParameterValue.Range', 'Limit is at most 100.');
  return items.slice(offset, offset + limit);
}

/** @throws ApiError when the parameter of this name holds no whole number */
export function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ApiError('InvalidParameterValue.Malformed', `${name} is not a number.`);
  return Number(text);
}
