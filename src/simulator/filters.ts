import * as z from 'zod';
import { ApiError } from './apiError.ts';

/** `Filter` of every product: filters combine with AND, the values inside one with OR. */
export const filterSchema = z.strictObject({ Name: z.string(), Values: z.array(z.string()) });

export type Filter = z.output<typeof filterSchema>;

/** What one filter name looks at; a substring is enough where `fuzzy`. */
export interface FilterRule<T> {
  readonly values: (item: T) => readonly string[];
  readonly fuzzy?: boolean;
}

/**
 * The items that pass every filter.
 * @param unknownCode error code for a filter name that has no rule
 * @throws ApiError with that code
 */
export function applyFilters<T>(
  items: readonly T[],
  filters: readonly Filter[],
  rules: ReadonlyMap<string, FilterRule<T>>,
  unknownCode: string,
): T[] {
  return filters.reduce<T[]>(
    (kept, filter) => {
      const rule = rules.get(filter.Name);
      if (rule === undefined) throw new ApiError(unknownCode, `The filter \`${filter.Name}\` is not known.`);
      return kept.filter((item) =>
        rule
          .values(item)
          .some((have) => filter.Values.some((want) => (rule.fuzzy === true ? have.includes(want) : have === want))),
      );
    },
    [...items],
  );
}
