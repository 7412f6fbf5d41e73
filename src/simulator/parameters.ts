import type * as z from 'zod';
import { ApiError } from './apiError.ts';

/** The members of a request body. A `null` member counts as not sent, as in the official clients. */
export type Parameters = Readonly<Record<string, unknown>>;

/** @throws ApiError `InvalidParameter` when the bytes are not a JSON object in UTF-8 */
export function readParameters(body: Uint8Array): Parameters {
  const value = parseJson(body);
  if (!isObject(value)) throw new ApiError('InvalidParameter', 'The request body is not a JSON object.');
  return value;
}

function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text, (_key, value: unknown) => (value === null ? undefined : value));
  } catch {
    throw new ApiError('InvalidParameter', 'The request body is not valid JSON.');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The parameters of an action, checked.
 * @throws ApiError `MissingParameter`, `UnknownParameter`, `InvalidParameter` (wrong type), `InvalidParameterValue`
 */
export function checkParameters<T>(schema: z.ZodType<T>, parameters: Parameters): T {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new ApiError('InvalidParameter', 'The parameters cannot be understood.');
  throw refusal(issue, parameters);
}

function refusal(issue: z.core.$ZodIssue, parameters: Parameters): ApiError {
  const path = issue.path.map(String);
  const name = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const unknown = [...path, issue.keys[0] ?? ''].join('.');
    return new ApiError('UnknownParameter', `The parameter \`${unknown}\` is not recognized.`);
  }
  if (issue.code !== 'invalid_type') {
    return new ApiError('InvalidParameterValue', `The value of the parameter \`${name}\` is not valid.`);
  }
  return valueAt(parameters, path) === undefined
    ? new ApiError('MissingParameter', `The request is missing a required parameter \`${name}\`.`)
    : new ApiError('InvalidParameter', `The type of the parameter \`${name}\` is not ${issue.expected}.`);
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value;
}
