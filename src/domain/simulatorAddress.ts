import { isRecord } from './record.ts';
import { Secret } from './secret.ts';

/** Where a local simulator listens and the keys it takes; it prints this as one JSON line when it is ready. */
export interface SimulatorAddress {
  readonly endpoint: string;
  readonly secretId: string;
  readonly secretKey: Secret;
}

/** Reads the ready line. Only an address on this machine counts. `undefined`: the text is not one. */
export function parseSimulatorAddress(line: string): SimulatorAddress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { endpoint, secretId, secretKey } = value;
  if (typeof endpoint !== 'string' || typeof secretId !== 'string' || typeof secretKey !== 'string') return undefined;
  if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}$/.test(endpoint) || secretId === '') return undefined;
  return { endpoint, secretId, secretKey: new Secret(secretKey) };
}
