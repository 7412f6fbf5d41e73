/** The simulator was asked for something it cannot or will not do. Ends it with exit code 2 and this message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
