import type { AssumedRole, Credentials, Site } from '../domain/credentials.ts';
import type { KeySource, Profile } from '../domain/profile.ts';
import type { Fields } from '../domain/record.ts';
import { isRecord } from '../domain/record.ts';
import { Secret } from '../domain/secret.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';

/** A profile, with its keys where this editor keeps them. */
export interface KeptProfile {
  readonly profile: Profile;
  /** For the source `stored`. */
  readonly keys?: Credentials;
}

/** A local simulator that is in use. */
export interface SimulatorKeys {
  readonly address: SimulatorAddress;
  readonly accountId: string;
}

/** What the vault holds. */
export interface StoredSession {
  /** Tells one state of the vault from another; random. */
  readonly generation: string;
  readonly profiles: readonly KeptProfile[];
  /** Id of the profile in use. */
  readonly current: string;
  readonly showAll: boolean;
  readonly simulator?: SimulatorKeys;
}

/** The one place, beside signing, where secret values are written out: into the vault. */
export function encodeSession({ generation, profiles, current, showAll, simulator }: StoredSession): string {
  return JSON.stringify({
    version: 2,
    generation,
    current,
    showAll,
    profiles: profiles.map(({ profile, keys }) => ({ ...profile, ...(keys === undefined ? {} : plainKeys(keys)) })),
    simulator: simulator && {
      endpoint: simulator.address.endpoint,
      secretId: simulator.address.secretId,
      secretKey: simulator.address.secretKey.reveal(),
      accountId: simulator.accountId,
    },
  });
}

function plainKeys({ secretId, secretKey, token }: Credentials) {
  return { secretId, secretKey: secretKey.reveal(), token: token?.reveal() };
}

/** What cannot be understood counts as nothing: the person signs in again. Version 1 knew one account, `cloud`. */
export function decodeSession(text: string | undefined): StoredSession {
  const root = record(parsed(text ?? '{}'));
  const single = profileOf({ id: 'first', name: textOf(record(root['cloud'])['accountId']), ...record(root['cloud']) });
  const listed = Array.isArray(root['profiles']) ? root['profiles'].map((one) => profileOf(record(one))) : [];
  const simulator = record(root['simulator']);
  return {
    generation: textOf(root['generation']),
    profiles: [single, ...listed].filter((one) => one !== undefined),
    current: textOf(root['current']),
    showAll: root['showAll'] === true,
    ...(textOf(simulator['endpoint']) === ''
      ? {}
      : {
          simulator: {
            address: {
              endpoint: textOf(simulator['endpoint']),
              secretId: textOf(simulator['secretId']),
              secretKey: new Secret(textOf(simulator['secretKey'])),
            },
            accountId: textOf(simulator['accountId']),
          },
        }),
  };
}

function profileOf(from: Fields): KeptProfile | undefined {
  const source = sourceOf(record(from['source'] ?? { kind: 'stored' }));
  const [id, name, accountId] = [textOf(from['id']), textOf(from['name']), textOf(from['accountId'])];
  const keys = keysOf(from);
  if (source === undefined || id === '' || accountId === '' || (source.kind === 'stored' && keys === undefined)) {
    return undefined;
  }
  const role = roleOf(record(from['role']));
  const site = siteOf(from['site']);
  const regions = from['regions'];
  const profile: Profile = {
    id,
    name: name === '' ? accountId : name,
    source,
    accountId,
    userId: textOf(from['userId']),
    ...(role === undefined ? {} : { role }),
    ...(site === undefined ? {} : { site }),
    ...(Array.isArray(regions) ? { regions: regions.filter((one) => typeof one === 'string') } : {}),
  };
  return source.kind === 'stored' && keys !== undefined ? { profile, keys } : { profile };
}

function keysOf(from: Fields): Credentials | undefined {
  const [secretId, secretKey, token] = [textOf(from['secretId']), textOf(from['secretKey']), textOf(from['token'])];
  if (secretId === '' || secretKey === '') return undefined;
  return { secretId, secretKey: new Secret(secretKey), ...(token === '' ? {} : { token: new Secret(token) }) };
}

function sourceOf(from: Fields): KeySource | undefined {
  const { kind } = from;
  if (kind === 'tccli') return { kind, profile: textOf(from['profile']) };
  return kind === 'stored' || kind === 'environment' || kind === 'sdkFile' || kind === 'cvmRole' ? { kind } : undefined;
}

function roleOf(from: Fields): AssumedRole | undefined {
  const roleArn = textOf(from['roleArn']);
  return roleArn === '' ? undefined : { roleArn, sessionName: textOf(from['sessionName']) };
}

function siteOf(value: unknown): Site | undefined {
  return value === 'mainland' || value === 'international' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
