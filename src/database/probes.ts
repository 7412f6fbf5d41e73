import type { Secret } from '../domain/secret.ts';

/** One address of an instance with what it takes to log in there. */
export interface DoctorTarget {
  /** `private`, `public`, or whatever else the service calls the address. */
  readonly kind: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
}

/** A host as a socket takes it. */
export type Endpoint = Pick<DoctorTarget, 'host' | 'port'>;

/** What TLS gave, and what a client that checks certificates would find. */
export interface Encryption {
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  /** The name in the certificate and in that of who signed it; empty where there is none. */
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate writes it; empty where there is no certificate. */
  readonly validTo: string;
  /** Why a client that checks would refuse it (`SELF_SIGNED_CERT_IN_CHAIN`, …); absent where it would not. */
  readonly distrust?: string;
}

/** A login that lasts. */
export interface Session {
  /** The first value of the first row. Rejects with a `TroubleError`. */
  query(text: string, signal: AbortSignal): Promise<string>;
  /** Says good-bye and closes the connection. May be called at any time. */
  end(): void;
}

/**
 * The ways to find something out. Each rejects with a `TroubleError` (or any other error, whose text is then not
 * shown), and lets go of everything when its signal aborts.
 */
export interface Probes {
  /** IP addresses of a name, at least one. */
  resolve(host: string, signal: AbortSignal): Promise<readonly string[]>;
  connect(endpoint: Endpoint, signal: AbortSignal): Promise<void>;
  /** `undefined` when the server offers none. */
  encrypt(endpoint: Endpoint, signal: AbortSignal): Promise<Encryption | undefined>;
  /** Encrypted where the server offers it. */
  login(target: DoctorTarget, signal: AbortSignal): Promise<Session>;
}
