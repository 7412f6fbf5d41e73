import { ApiError } from './apiError.ts';

/** What a call of a withdrawn action may be told, and in which words. */
const refusals: ReadonlyMap<string, (action: string) => string> = new Map([
  ['ActionOffline', (action: string) => `The API \`${action}\` has been deprecated and taken offline.`],
  ['InvalidAction', (action: string) => `The action \`${action}\` is invalid or not found.`],
  ['InterfaceNameNotFound', (action: string) => `The ACTION \`${action}\` is not correct.`],
  ['InvalidParameterValue.InterfaceNameNotFound', (action: string) => `The ACTION \`${action}\` is not correct.`],
  ['UnsupportedOperation', () => 'The operation is not supported.'],
]);

/** The codes with which a withdrawn action can be answered; the first is the one that was made for it. */
export const retirementCodes: readonly string[] = [...refusals.keys()];

/** Whether the serverless form has been withdrawn, as the service did in 2025 and 2026. */
export interface Retirement {
  /** The code that its actions are answered with; empty while they work. */
  code(): string;
  /** @returns false, and nothing changes, when the code is neither empty nor one of {@link retirementCodes} */
  set(code: string): boolean;
  /** As it was at the start. */
  reset(): void;
  /** @throws ApiError when the action is withdrawn */
  check(action: string): void;
}

/** @param initial one of {@link retirementCodes}, or empty */
export function createRetirement(initial: string): Retirement {
  let current = initial;
  return {
    code: () => current,
    set(code) {
      if (code !== '' && !refusals.has(code)) return false;
      current = code;
      return true;
    },
    reset() {
      current = initial;
    },
    check(action) {
      const words = refusals.get(current);
      // The names of the five actions of that form say it, and no others do.
      if (words !== undefined && action.includes('Serverless')) throw new ApiError(current, words(action));
    },
  };
}
