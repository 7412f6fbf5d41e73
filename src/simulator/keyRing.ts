/** A key pair that the simulator accepts; with a token it is a temporary one. */
export interface ApiKey {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  /** The account that it belongs to. */
  readonly account: string;
  /** The role that was taken on to get it, and the name of the session. */
  readonly session?: Session;
  /** Milliseconds since the epoch; from then on it is refused. Absent: it lasts. */
  readonly expiresAt?: number;
}

export interface Session {
  readonly role: string;
  readonly name: string;
}

/** A key that was made here, with what every temporary key has. */
export type TemporaryKey = ApiKey & Required<Pick<ApiKey, 'token' | 'session' | 'expiresAt'>>;

/** The keys of all accounts. */
export interface KeyRing {
  /** Expired ones among them. */
  all(): readonly ApiKey[];
  /** Adds the key, in the place of the one with its SecretId if there is one. */
  put(key: ApiKey): void;
  /** Makes a temporary key of this account that lasts so many seconds. */
  issue(account: string, session: Session, seconds: number): TemporaryKey;
  /** Has the key refused until it is put again; false when there is none of that SecretId. */
  expire(secretId: string): boolean;
  /** Back to the keys of the start. */
  reset(): void;
}

export interface KeyRingParts {
  readonly initial: readonly ApiKey[];
  readonly now: () => number;
  /** So many random lower-case letters and digits. */
  readonly randomText: (length: number) => string;
}

export function createKeyRing({ initial, now, randomText }: KeyRingParts): KeyRing {
  const keys = new Map<string, ApiKey>();
  const put = (key: ApiKey): void => {
    keys.set(key.secretId, key);
  };
  initial.forEach(put);
  return {
    all: () => [...keys.values()],
    put,
    issue(account, session, seconds) {
      const key: TemporaryKey = {
        secretId: `AKIDsimulator-temporary-${randomText(16)}`,
        secretKey: randomText(32),
        token: randomText(96),
        account,
        session,
        // The answers tell whole seconds.
        expiresAt: (Math.floor(now() / 1_000) + seconds) * 1_000,
      };
      put(key);
      return key;
    },
    expire(secretId) {
      const key = keys.get(secretId);
      if (key === undefined) return false;
      put({ ...key, expiresAt: 0 });
      return true;
    },
    reset() {
      keys.clear();
      initial.forEach(put);
    },
  };
}

export function isExpired({ expiresAt = Infinity }: ApiKey, now: number): boolean {
  return now >= expiresAt;
}

/** `ExpiredTime` and `Expiration`, as both STS and the metadata of a machine word them. */
export function expiryOf({ expiresAt }: TemporaryKey): { ExpiredTime: number; Expiration: string } {
  return {
    ExpiredTime: expiresAt / 1_000,
    Expiration: new Date(expiresAt).toISOString().replace('.000Z', 'Z'),
  };
}
