import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, messageIn } from './apiError.ts';
import { authenticate, type Caller, type SignedRequest } from './authentication.ts';
import { changedAnswer, type Effect, errorWords, type FaultList } from './faults.ts';
import type { KeyRing } from './keyRing.ts';
import { readParameters } from './parameters.ts';
import type { Action, Fields, Product } from './product.ts';
import { isRegion } from './regions.ts';
import type { SecretBook } from './secretBook.ts';
import type { Retirement } from './retirement.ts';

/** What the caller gets to see: an answer, the first half of one, or none. */
export type Answer =
  | { readonly kind: 'whole' | 'half'; readonly status: number; readonly type: string; readonly body: string }
  | { readonly kind: 'cut' };

/** One call as tests look at it: no parameters, no keys. */
export interface CallRecord {
  readonly action: string;
  readonly region: string;
  readonly language: string;
  readonly requestId: string;
  /** Whose key signed it; `null` when none did. */
  readonly account: string | null;
  /** Error code of the answer; `null` when there was none. */
  readonly code: string | null;
  /** The action did its work, whatever the caller got to see of it. */
  readonly worked: boolean;
}

export interface GatewayParts {
  readonly keys: Pick<KeyRing, 'all'>;
  readonly products: readonly Product[];
  readonly faults: FaultList;
  readonly retirement: Pick<Retirement, 'check'>;
  readonly now: () => number;
  readonly newRequestId: () => string;
  readonly secrets: Pick<SecretBook, 'note'>;
  readonly record: (call: CallRecord) => void;
  readonly warn: (message: string) => void;
}

/** A request as it came in; `body` is absent when it was too large to be kept. */
export interface Incoming {
  readonly method: string;
  readonly headers: SignedRequest['headers'];
  readonly body: Uint8Array | undefined;
}

export type Handle = (incoming: Incoming) => Promise<Answer>;

/** The way of a request: signature, product, version, action, region, parameters; then the work, or what is to go wrong. */
export function createGateway(parts: GatewayParts): Handle {
  return async ({ method, headers, body }) => {
    const requestId = parts.newRequestId();
    const header = (name: string): string => headers[name] ?? '';
    const language = header('x-tc-language');
    const call = { action: header('x-tc-action'), region: header('x-tc-region'), language, requestId };
    let effects: Effect[] = [];
    let fields: Fields;
    let code: string | null = null;
    let account: string | null = null;
    let worked = false;
    try {
      if (body === undefined) throw new ApiError('RequestSizeLimitExceeded', 'The request is larger than 10 MB.');
      const caller = checkedCaller(method, { headers, body }, parts);
      account = caller.key.account;
      const action = route(headers, caller, parts.products);
      effects = parts.faults.strike(call.action, call.region);
      for (const effect of effects) if (effect.kind === 'delay') await sleep(effect.milliseconds);
      if (effects.some((effect) => effect.kind === 'cut-before')) return { kind: 'cut' };
      if (effects.some((effect) => effect.kind === 'html')) return badGateway;
      const error = effects.find((effect) => effect.kind === 'error');
      const parameters = readParameters(body);
      parts.secrets.note(parameters);
      if (error !== undefined) {
        const { secretKey: SecretKey, token: Token } = caller.key;
        const words = errorWords(error.message ?? 'This error was asked for.', { ...parameters, SecretKey, Token });
        throw new ApiError(error.code, words);
      }
      parts.retirement.check(call.action);
      const answered = await action(parameters, { region: call.region, key: caller.key });
      worked = true;
      parts.secrets.note(answered);
      fields = changedAnswer(answered, effects);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : internal(thrown, parts.warn);
      code = error.code;
      fields = { Error: { Code: error.code, Message: messageIn(language, error) } };
    } finally {
      parts.record({ ...call, account, code, worked });
    }
    return answer({ ...fields, ...warningOf(effects), RequestId: requestId }, effects);
  };
}

const badGateway: Answer = {
  kind: 'whole',
  status: 502,
  type: 'text/html',
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
};

function internal(thrown: unknown, warn: (message: string) => void): ApiError {
  warn(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  return new ApiError('InternalError', 'An internal error has occurred.');
}

function warningOf(effects: readonly Effect[]): Fields {
  const warning = effects.find((effect) => effect.kind === 'warning');
  return warning === undefined ? {} : { DeprecatedWarning: warning.text };
}

function answer(response: Fields, effects: readonly Effect[]): Answer {
  const kinds = new Set(effects.map((effect) => effect.kind));
  if (kinds.has('cut-after')) return { kind: 'cut' };
  const body = kinds.has('empty')
    ? ''
    : JSON.stringify({ Response: kinds.has('shape') ? distort(response) : response });
  return { kind: kinds.has('half') ? 'half' : 'whole', status: 200, type: 'application/json', body };
}

/** Every member but the request id gets a type that it must not have. */
function distort(response: Fields): unknown {
  const members = Object.entries(response).filter(([name]) => name !== 'RequestId');
  if (members.length === 0) return [];
  const wrong = members.map(([name, value]) => [name, typeof value === 'string' ? 42 : 'unexpected']);
  return { ...Object.fromEntries(wrong), RequestId: response['RequestId'] };
}

/** @throws ApiError when the request is none that the simulator takes, or the signature is not right */
function checkedCaller(method: string, request: SignedRequest, parts: GatewayParts): Caller {
  if (method !== 'POST') {
    throw new ApiError('UnsupportedProtocol', `The simulator takes POST requests only, not ${method}.`);
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new ApiError('InvalidRequest', 'The simulator takes requests of the type application/json only.');
  }
  return authenticate(request, parts.keys.all(), parts.now());
}

/** @throws ApiError when the request does not lead to an action */
function route(headers: SignedRequest['headers'], { service }: Caller, products: readonly Product[]): Action {
  const name = headers['x-tc-action'];
  const version = headers['x-tc-version'];
  if (name === undefined) throw missing('X-TC-Action');
  if (version === undefined) throw missing('X-TC-Version');
  const product = productOf(service, name, products);
  if (product === undefined) throw new ApiError('NoSuchProduct', `The product \`${service}\` does not exist.`);
  if (product.version !== version) {
    throw new ApiError('NoSuchVersion', `The version \`${version}\` of \`${product.name}\` does not exist.`);
  }
  const action = product.actions.get(name);
  if (action === undefined) throw new ApiError('InvalidAction', `The action \`${name}\` is invalid or not found.`);
  checkRegion(headers['x-tc-region'] ?? '', product.needsRegion(name));
  return action;
}

/**
 * The product is named by the credential scope. Official clients take that name from the first label of the host, which
 * for a bare loopback address is `127`, `[::1]` or `localhost:8700`; then the action tells.
 */
function productOf(service: string, action: string, products: readonly Product[]): Product | undefined {
  if (/^(127$|localhost|\[)/.test(service)) {
    return products.find((product) => product.actions.has(action)) ?? products[0];
  }
  return products.find((product) => product.name === service);
}

function checkRegion(region: string, isNeeded: boolean): void {
  if (region === '') {
    if (isNeeded) throw missing('X-TC-Region');
    return;
  }
  if (!isRegion(region)) throw new ApiError('UnsupportedRegion', `The region \`${region}\` is not supported.`);
}

function missing(name: string): ApiError {
  return new ApiError('MissingParameter', `The request is missing a required parameter \`${name}\`.`);
}
