// undici types its index only, and importing that index would put a dispatcher of its own into the process-wide slot
// that every extension of the host shares. So the class comes from its file, and what is used of it is typed here.
declare module 'undici/lib/dispatcher/agent.js' {
  import type { Socket } from 'node:net';

  interface DispatchController {
    abort(reason: Error): void;
  }

  /** Names in lower case; a list where a header came several times. */
  type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

  /** `onRequestStart` comes just before the first byte is written to a connection that stands. */
  interface DispatchHandler {
    onRequestStart(controller: DispatchController): void;
    /** Once more for each informational answer (1xx) before the real one. */
    onResponseStart(controller: DispatchController, statusCode: number, headers: ResponseHeaders): void;
    onResponseData(controller: DispatchController, chunk: Buffer): void;
    onResponseEnd(): void;
    onResponseError(controller: DispatchController | undefined, error: Error): void;
  }

  interface DispatchOptions {
    readonly origin: string;
    readonly path: string;
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    /** Milliseconds; 0 is no limit. */
    readonly headersTimeout: number;
    /** Milliseconds; 0 is no limit. */
    readonly bodyTimeout: number;
  }

  type Connector = (
    to: { readonly protocol: string; readonly hostname: string; readonly port: string },
    done: (...outcome: [error: null, socket: Socket] | [error: Error, socket: null]) => void,
  ) => void;

  class Agent {
    constructor(options: { readonly connect: Connector });
    dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
    destroy(): Promise<void>;
  }

  export type { Connector, DispatchController, ResponseHeaders };
  export { Agent as default };
}
