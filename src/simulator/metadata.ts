import { defaultAccount } from './account.ts';
import type { Answer } from './gateway.ts';
import { expiryOf, isExpired, type KeyRing, type TemporaryKey } from './keyRing.ts';

/** Where a machine of the cloud learns of its role, and below that of the role's key. */
export const metadataPath = '/latest/meta-data/cam/security-credentials/';

/** @returns `undefined` for a path that leads nowhere */
export type Metadata = (path: string) => Answer | undefined;

/** How long a key lasts, and how long before its end it is replaced, in seconds. */
const lifetime = 7_200;
const overlap = 600;

/** The metadata of a machine that was given this role. It answers with the same key until that nears its end. */
export function createMetadata(role: string, keys: KeyRing, now: () => number): Metadata {
  let current: TemporaryKey | undefined;

  function key(): TemporaryKey {
    const id = current?.secretId;
    // The ring is asked, as it may have been told to let the key expire.
    const known = keys.all().find((candidate) => candidate.secretId === id);
    if (current === undefined || known === undefined || isExpired(known, now() + overlap * 1_000)) {
      current = keys.issue(defaultAccount, { role, name: 'simulator-machine' }, lifetime);
    }
    return current;
  }

  return (path) => {
    if (path === metadataPath) return { kind: 'whole', status: 200, type: 'text/plain', body: role };
    if (path !== `${metadataPath}${role}`) return undefined;
    const issued = key();
    const { secretId, secretKey, token } = issued;
    const body = { TmpSecretId: secretId, TmpSecretKey: secretKey, ...expiryOf(issued), Token: token, Code: 'Success' };
    return { kind: 'whole', status: 200, type: 'application/json', body: JSON.stringify(body) };
  };
}
