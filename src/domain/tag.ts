/** A label that an account puts on its resources. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}
