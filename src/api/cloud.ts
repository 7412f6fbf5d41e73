import type { Connection, Credentials } from '../domain/credentials.ts';
import type { Explain } from '../domain/explanation.ts';
import { NotSignedInError } from '../domain/errors.ts';
import type { Catalog, CatalogOf, Identify, Log, Management, Now, Owner, ServiceOf, Sleep } from '../domain/ports.ts';
import type { AssumeRole } from './assumeRole.ts';
import { createAssumeRole } from './assumeRole.ts';
import type { CertificateSettings } from './certificates.ts';
import { createClient } from './client.ts';
import { clockWords } from './clockWords.ts';
import { explain } from './explain.ts';
import { createIdentify } from './identity.ts';
import { createNetworkCatalog } from './network.ts';
import type { OfferingApi } from './offeringApi.ts';
import { createRentalCatalog } from './provisioned/catalog.ts';
import { createPriceReader } from './provisioned/price.ts';
import { createProvisionedApi } from './provisioned/provisionedApi.ts';
import type { ProxySettings } from './proxySettings.ts';
import { createRegionCatalog } from './regions.ts';
import { createServerlessApi } from './serverless/serverlessApi.ts';
import { createTagCatalog } from './tags.ts';
import { createTokenBucket } from './tokenBucket.ts';
import { createTransport } from './transport.ts';

/** What the editor's `http.*` settings say. */
export interface NetworkSettings extends ProxySettings, CertificateSettings {}

export interface CloudOptions {
  /**
   * Read anew before every call of an account; rejects with `NotSignedInError` and `KeysUnavailableError`.
   * @param refused keys that the service has just refused: where they were kept for a time, others are to be got
   */
  readonly connection: (accountId: string, refused?: Credentials) => Promise<Connection>;
  /** X-TC-Language: the language of the service's own words. */
  readonly language: 'zh-CN' | 'en-US';
  /** Read anew before every call. */
  readonly network: () => NetworkSettings;
  /** Milliseconds one request may take in all; a call that is sent again takes at most twice as long, a try included. */
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
  /** Called once, when the clock of this machine is found to be wrong, with the words for the person. */
  readonly onClockSkew: (warning: string) => void;
}

/** Tencent Cloud as the rest of the project sees it. */
export interface Cloud {
  readonly instances: ServiceOf;
  /** Throws for a kind of instance that cannot be managed. */
  readonly management: ServiceOf<Management>;
  readonly catalog: CatalogOf;
  readonly identify: Identify;
  readonly assumeRole: AssumeRole;
  readonly explain: Explain;
  /** Ends what is under way, with `CancelledError`, and every connection. */
  close(): Promise<void>;
}

/** "A maximum of 20 requests can be initiated per second" (InquiryPriceCreateDBInstances, 409/16777). */
const prices = { tokens: 20, period: 1_000 };

/** Milliseconds; the service takes a clock that is five minutes wrong. */
const skewToTell = 60_000;

/** What one account has to itself. */
interface Account {
  /** Id of the offering → its actions. */
  readonly offerings: ReadonlyMap<string, OfferingApi>;
  readonly catalog: Catalog;
}

/** The entry of the bundle that is loaded on the first call. Makes no connection by itself. */
export function createCloud(options: CloudOptions): Cloud {
  const { now, sleep } = options;
  const transport = createTransport(options);
  let skewIsTold = false;
  const common = {
    ...options,
    transport,
    onClockSkew(ahead: number) {
      // A clock that was set right is learned like a wrong one.
      if (skewIsTold || Math.abs(ahead) < skewToTell) return;
      skewIsTold = true;
      options.onClockSkew(clockWords(ahead));
    },
  };
  const accounts = new Map<string, Account>();

  function account(id: string): Account {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const client = createClient({ ...common, connection: (refused) => options.connection(id, refused) });
    const parts = { client, accountId: id, now, sleep };
    const priceReader = createPriceReader(client, createTokenBucket({ ...prices, now, sleep }));
    const apis = [createServerlessApi(parts), createProvisionedApi(parts, priceReader)];
    const made = {
      offerings: new Map(apis.map((api) => [api.offering, api])),
      catalog: {
        ...createRegionCatalog(client),
        ...createRentalCatalog(client),
        price: priceReader.price,
        ...createNetworkCatalog(client),
        ...createTagCatalog(client),
      },
    };
    accounts.set(id, made);
    return made;
  }

  function api({ accountId, offering }: Owner): OfferingApi {
    const found = account(accountId).offerings.get(offering);
    if (found === undefined) throw new Error(`No actions for this kind of instance: ${offering}`);
    return found;
  }

  function management(owner: Owner): Management {
    const found = api(owner).management;
    if (found === undefined) throw new Error(`This kind of instance cannot be managed: ${owner.offering}`);
    return found;
  }

  const nobody = createClient({ ...common, connection: () => Promise.reject(new NotSignedInError()) });
  return {
    instances: (owner) => api(owner).instances,
    management,
    catalog: (id) => account(id).catalog,
    identify: createIdentify(nobody),
    assumeRole: createAssumeRole(nobody),
    explain,
    close: () => transport.close(),
  };
}
