import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { CancelledError } from '../../domain/errors.ts';
import type { FetchText } from './cvmRole.ts';

/** An answer of the metadata service has about a thousand bytes. */
const largest = 64 * 1024;

/**
 * The sender for the metadata service: one GET, no redirects, no answer larger than 64 KiB. Outside Tencent Cloud the
 * host does not exist, or something else answers to its name, so it waits for a short time only.
 *
 * @param deps.timeout milliseconds for the whole of it
 */
export function createMetadataFetch(deps: { readonly timeout: number }): FetchText {
  return async (url, signal) => {
    const late = AbortSignal.timeout(deps.timeout);
    try {
      return await textOf(await answerOf(url, AbortSignal.any([signal, late])));
    } catch (thrown) {
      if (signal.aborted) throw new CancelledError();
      throw late.aborted ? new Error(`No answer within ${String(deps.timeout)} ms`) : thrown;
    }
  };
}

function answerOf(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false, signal }, resolve).on('error', reject).end();
  });
}

/** The body of a 200 as text, `undefined` for a 404. */
async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  if (answer.statusCode !== 200) {
    answer.destroy();
    if (answer.statusCode === 404) return undefined;
    throw new Error(`HTTP ${String(answer.statusCode)}`);
  }
  let text = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    text += String(chunk);
    if (text.length > largest) throw new Error('The answer is too large');
  }
  return text;
}
