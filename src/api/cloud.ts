import type { Connection } from '../domain/credentials.ts';
import type { Explain } from '../domain/explanation.ts';
import { NotSignedInError } from '../domain/errors.ts';
import type { Catalog, Identify, InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import type { AssumeRole } from './assumeRole.ts';
import { createAssumeRole } from './assumeRole.ts';
import type { CertificateSettings } from './certificates.ts';
import { createClient } from './client.ts';
import { explain } from './explain.ts';
import { createIdentify } from './identity.ts';
import { createNetworkCatalog } from './network.ts';
import type { ProxySettings } from './proxySettings.ts';
import { createRegionCatalog } from './regions.ts';
import { createServerlessInstances } from './serverless.ts';
import { createTagCatalog } from './tags.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { createTransport } from './transport.ts';

/** What the editor's `http.*` settings say. */
export interface NetworkSettings extends ProxySettings, CertificateSettings {}

export interface CloudOptions {
  /** Read anew before every call of an account; rejects with `NotSignedInError` and `KeysUnavailableError`. */
  readonly connection: (accountId: string) => Promise<Connection>;
  /** X-TC-Language: the language of the service's own words. */
  readonly language: 'zh-CN' | 'en-US';
  /** Read anew before every call. */
  readonly network: () => NetworkSettings;
  /** Milliseconds one request may take in all. */
  readonly timeout: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** X-TC-RequestClient. */
  readonly clientName: string;
  readonly log: Log;
  readonly now: Now;
  readonly sleep: Sleep;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Called for every answer that carries a warning, so perhaps often with the same words. */
  readonly onDeprecated: (action: string, warning: string) => void;
}

/** Tencent Cloud as the rest of the project sees it. */
export interface Cloud {
  readonly instances: ServiceOf;
  readonly catalog: ServiceOf<Catalog>;
  readonly identify: Identify;
  readonly assumeRole: AssumeRole;
  readonly explain: Explain;
  /** Ends what is under way, with `CancelledError`, and every connection. */
  close(): Promise<void>;
}

/** "A maximum of 20 requests can be initiated per second" (CreateServerlessDBInstance, 2021-05-19). */
const creates = { tokens: 20, period: 1_000 };

/** What one account has to itself. */
interface Account {
  readonly instances: InstanceService;
  readonly catalog: Catalog;
}

/** The entry of the bundle that is loaded on the first call. Makes no connection by itself. */
export function createCloud(options: CloudOptions): Cloud {
  const { now, sleep } = options;
  const transport = createTransport(options);
  const accounts = new Map<string, Account>();

  function account(id: string): Account {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const client = createClient({ ...options, transport, connection: () => options.connection(id) });
    const made = {
      instances: createServerlessInstances(client, id, createTokenBucket({ ...creates, now, sleep })),
      catalog: { ...createRegionCatalog(client), ...createNetworkCatalog(client), ...createTagCatalog(client) },
    };
    accounts.set(id, made);
    return made;
  }

  const nobody = createClient({ ...options, transport, connection: () => Promise.reject(new NotSignedInError()) });
  return {
    instances: (id) => account(id).instances,
    catalog: (id) => account(id).catalog,
    identify: createIdentify(nobody),
    assumeRole: createAssumeRole(nobody),
    explain,
    close: () => transport.close(),
  };
}
