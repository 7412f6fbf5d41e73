import type { Secret } from './secret.ts';

/** An API key pair of one account; `token` only for temporary keys. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: Secret;
  readonly token?: Secret;
}

/** Tencent Cloud runs two sites, with separate consoles, domains and accounts. */
export type Site = 'mainland' | 'international';

/** Where requests go. */
export interface Target {
  readonly site: Site;
  /** An origin that replaces the usual host of every service, e.g. `http://127.0.0.1:8700`. */
  readonly endpoint?: string;
}

/** Whose keys, and where to. They travel together, so that a key never reaches a host it was not meant for. */
export interface Connection {
  readonly credentials: Credentials;
  readonly target: Target;
}

/** Who a key belongs to, as `GetCallerIdentity` (sts 2018-08-13) answers. */
export interface Identity {
  /** uin of the main account, decimal digits. */
  readonly accountId: string;
  readonly userId: string;
  readonly arn: string;
  /** The service's word for the kind of caller, such as `CAMUser`; empty when it said nothing. */
  readonly type: string;
}
