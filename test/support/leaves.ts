/** A place within a JSON value, as the readers of stored values name it: `plan.tags[0].key`. */
export interface Leaf {
  readonly path: string;
  /** The value with something else at that place. */
  with(other: unknown): unknown;
}

/** Every text, number and truth within a JSON value. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, with: (other) => other }];
  const list = Array.isArray(value);
  return Object.entries(value).flatMap(([key, own]: [string, unknown]) =>
    leavesOf(own, list ? `${path}[${key}]` : [path, key].filter((part) => part !== '').join('.')).map((leaf) => ({
      path: leaf.path,
      with: (other: unknown) =>
        list ? value.with(Number(key), leaf.with(other)) : { ...value, [key]: leaf.with(other) },
    })),
  );
}
