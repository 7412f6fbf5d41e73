import type { Connection } from '../domain/credentials.ts';
import type { Explain } from '../domain/explanation.ts';
import type { Catalog, Identify, InstanceService, Log, Now, Sleep } from '../domain/ports.ts';
import type { CertificateSettings } from './certificates.ts';
import { createClient } from './client.ts';
import { explain } from './explain.ts';
import { createIdentify } from './identity.ts';
import { createNetworkCatalog } from './network.ts';
import type { ProxySettings } from './proxySettings.ts';
import { createServerlessInstances } from './serverless.ts';
import { createTagCatalog } from './tags.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { createTransport } from './transport.ts';

/** What the editor's `http.*` settings say. */
export interface NetworkSettings extends ProxySettings, CertificateSettings {}

export interface CloudOptions {
  /** Read anew before every call; rejects with `NotSignedInError`. */
  readonly connection: () => Promise<Connection>;
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
  readonly instances: InstanceService;
  readonly catalog: Catalog;
  readonly identify: Identify;
  readonly explain: Explain;
  /** Ends what is under way, with `CancelledError`, and every connection. */
  close(): Promise<void>;
}

/** "A maximum of 20 requests can be initiated per second" (CreateServerlessDBInstance, 2021-05-19). */
const creates = { tokens: 20, period: 1_000 };

/** The entry of the bundle that is loaded on the first call. Makes no connection by itself. */
export function createCloud(options: CloudOptions): Cloud {
  const { now, sleep } = options;
  const transport = createTransport(options);
  const client = createClient({ ...options, transport });
  return {
    instances: createServerlessInstances(client, createTokenBucket({ ...creates, now, sleep })),
    catalog: { ...createNetworkCatalog(client), ...createTagCatalog(client) },
    identify: createIdentify(client),
    explain,
    close: () => transport.close(),
  };
}
