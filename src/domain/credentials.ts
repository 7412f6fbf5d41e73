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

/** A role that is assumed with the keys (sts 2018-08-13, AssumeRole); its temporary keys then sign. */
export interface AssumedRole {
  /** `qcs::cam::uin/<uin>:roleName/<name>` */
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Keys as a source holds them at this moment. */
export interface SourcedKeys {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch; absent for keys that do not expire. */
  readonly expiresAt?: number;
  /** The site that the source says its account belongs to. */
  readonly site?: Site;
  /** The region that the source names as the usual one. */
  readonly region?: string;
  /** A role that the source itself asks to be assumed with these keys. */
  readonly role?: AssumedRole;
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
