import { remember } from './redaction.ts';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A SecretKey, a session token or a database password.
 *
 * Every way of printing it (template text, `JSON.stringify`, `util.inspect`, `console`) gives `***`;
 * the value comes out only where `reveal()` is written, so those places can be found and read. From when it is made,
 * `redact` knows it and keeps it out of every text.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    remember(value);
  }

  /** The value itself. Call it at the last moment, and hand the result to nothing that stores or prints. */
  reveal(): string {
    // What is in use must not be forgotten.
    remember(this.#value);
    return this.#value;
  }

  /** True when both hold the same value. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect](): string {
    return '***';
  }
}
