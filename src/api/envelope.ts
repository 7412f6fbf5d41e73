import * as z from 'zod';
import { ServiceError, UnexpectedAnswerError } from '../domain/errors.ts';
import { isRecord } from '../domain/record.ts';
import type { WireAnswer } from './transport.ts';

/** What one action answered. */
export interface Answered<T> {
  readonly value: T;
  readonly requestId: string;
  /** The service's words when the action is about to be retired. */
  readonly deprecated?: string;
}

/** Which call an answer belongs to; for errors. */
export interface CallName {
  readonly action: string;
  readonly region: string;
  readonly host: string;
}

/**
 * Every answer of API 3.0: `Error` means failure, whatever else is there ("Responses", one page of each product).
 * The message of an error is left to the service: a missing one is no reason to hide the code.
 */
const envelopeSchema = z.object({
  Response: z.object({
    Error: z.object({ Code: z.string().min(1), Message: z.string().nullish() }).nullish(),
    RequestId: z.string().nullish(),
    DeprecatedWarning: z.string().nullish(),
  }),
});

/**
 * Opens an answer: HTTP status, JSON, envelope, then the action's own schema, in this order. Throws `ServiceError` when
 * the service refused, and `UnexpectedAnswerError` for everything that the documents do not promise. What is wrong is
 * told by paths and types, never by content: answers hold passwords. JSON is JSON whatever type the answer claims to be
 * of, and of members of the same name the last one counts, as `JSON.parse` has it.
 */
export function openEnvelope<T>(
  answer: Pick<WireAnswer, 'status' | 'body'>,
  schema: z.ZodType<T>,
  call: CallName,
): Answered<T> {
  const unexpected = (problem: string, requestId: string): UnexpectedAnswerError =>
    new UnexpectedAnswerError({ action: call.action, host: call.host, httpStatus: answer.status, problem, requestId });

  const parsed = parseJson(answer.body);
  const envelope = envelopeSchema.safeParse(parsed);
  if (answer.status !== 200) {
    throw unexpected('the HTTP status is not 200', envelope.data?.Response.RequestId ?? '');
  }
  if (parsed === undefined) {
    throw unexpected(answer.body.length === 0 ? 'the answer is empty' : 'the answer is not JSON', '');
  }
  if (!envelope.success) throw unexpected(problemOf(envelope.error), '');

  const { Error: refusal, RequestId, DeprecatedWarning } = envelope.data.Response;
  const requestId = RequestId ?? '';
  if (refusal !== undefined && refusal !== null) {
    const { action, region } = call;
    throw new ServiceError({ action, region, code: refusal.Code, message: refusal.Message ?? '', requestId });
  }
  if (requestId === '') throw unexpected('Response.RequestId is missing', '');
  const value = schema.safeParse(isRecord(parsed) ? parsed['Response'] : undefined);
  if (!value.success) throw unexpected(problemOf(value.error), requestId);
  const deprecated = DeprecatedWarning ?? '';
  return { value: value.data, requestId, ...(deprecated === '' ? {} : { deprecated }) };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Node's own words quote the text, and the text may hold a password.
    return undefined;
  }
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the answer has another shape';
  return `${issue.path.length === 0 ? 'answer' : issue.path.join('.')}: ${issue.message}`;
}
