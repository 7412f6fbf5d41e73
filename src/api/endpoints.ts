import * as l10n from '@vscode/l10n';
import { isFinanceRegion } from '../domain/createPlan.ts';
import type { Target } from '../domain/credentials.ts';
import { ConfigurationError } from '../domain/errors.ts';

/** The services this project calls. The name is the first label of the domain and part of the signature. */
export type Service = 'postgres' | 'vpc' | 'tag' | 'sts';

/** Where one request goes. */
export interface Endpoint {
  /** `https://host`, port included where it is not the usual one. */
  readonly origin: string;
  /** The value of the Host header that is signed and sent. */
  readonly host: string;
}

const setting = 'tencentdbPostgres.endpoint';
const mainlandRoot = 'tencentcloudapi.com';
const internationalRoot = 'intl.tencentcloudapi.com';

/**
 * The endpoint of a service for a region ("Request Structure", 409/16763). An ordinary domain serves every ordinary
 * region; a finance region answers only under a domain of its own, on both sites.
 * Throws `ConfigurationError` when the override cannot be used.
 */
export function endpointFor(service: Service, region: string, target: Target): Endpoint {
  if (target.endpoint !== undefined && target.endpoint.trim() !== '') {
    return overriddenEndpoint(service, target.endpoint.trim());
  }
  if (isFinanceRegion(region)) {
    // The region becomes part of a host that receives signed requests, so its form is not taken on trust.
    if (!/^[a-z]+(-[a-z]+)+$/.test(region)) {
      throw new ConfigurationError(l10n.t('"{0}" is not a region.', region), {
        setting: 'tencentdbPostgres.defaults.region',
      });
    }
    return usualEndpoint(`${service}.${region}.${mainlandRoot}`);
  }
  return usualEndpoint(`${service}.${target.site === 'international' ? internationalRoot : mainlandRoot}`);
}

function usualEndpoint(host: string): Endpoint {
  return { origin: `https://${host}`, host };
}

/**
 * One origin for every service. Only when it is itself a domain of this API, the first label is exchanged,
 * because `postgres.…` does not answer for the other services.
 */
function overriddenEndpoint(service: Service, text: string): Endpoint {
  const url = parseOrigin(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new ConfigurationError(
      l10n.t('Plain http is accepted for this machine only. Use https in the endpoint "{0}".', url.origin),
      { setting },
    );
  }
  const host = url.hostname.endsWith(`.${mainlandRoot}`) ? url.host.replace(/^postgres\./, `${service}.`) : url.host;
  return { origin: `${url.protocol}//${host}`, host };
}

function parseOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.pathname !== '/' ||
    `${url.search}${url.hash}${url.username}${url.password}` !== ''
  ) {
    // The text itself is not repeated: it might hold a password.
    throw new ConfigurationError(
      l10n.t('The endpoint must be an origin such as {0}, without a path.', `https://postgres.${mainlandRoot}`),
      { setting },
    );
  }
  return url;
}

/** True for names and addresses of this machine. @param hostname as in `URL.hostname`, IPv6 with brackets */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
