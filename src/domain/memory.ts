/** Small facts that outlive the session, such as the last choice of a list. Never a secret. */
export interface Memory {
  /** What `write` took under this key, or anything at all: the reader checks it. */
  read(key: string): unknown;
  write(key: string, value: unknown): Promise<void>;
}
