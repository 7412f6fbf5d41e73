import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../domain/errors.ts';
import { isLoopback } from './endpoints.ts';

/** The editor's settings about proxies. */
export interface ProxySettings {
  /** `http.proxy`; empty when unset. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
  /** `http.proxySupport`. Only `off` matters here: no request of ours brings a proxy of its own. */
  readonly proxySupport: 'off' | 'on' | 'fallback' | 'override';
}

/** Environment variables, under their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Chromium's word for "loopback goes through the proxy as well". */
const loopbackToo = '<-loopback>';

/**
 * The proxy for a URL, or `undefined` for a direct connection. The editor's setting comes before the environment,
 * as it does in the editor itself; loopback is never proxied unless the list of exceptions says `<-loopback>`.
 * Throws `ConfigurationError` when the proxy that applies is of a kind that is not supported.
 */
export function proxyFor(url: URL, settings: ProxySettings, environment: Environment): URL | undefined {
  if (settings.proxySupport === 'off') return undefined;
  const exceptions =
    settings.noProxy.length > 0 ? settings.noProxy : list(environment['NO_PROXY'] ?? environment['no_proxy'] ?? '');
  if (isLoopback(url.hostname) && !exceptions.includes(loopbackToo)) return undefined;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (exceptions.some((exception) => matches(exception, url.hostname, port))) return undefined;

  const fromSetting = settings.proxy.trim();
  const address = fromSetting === '' ? fromEnvironment(url.protocol, environment) : fromSetting;
  return address === '' ? undefined : parseProxy(address, fromSetting === '' ? '' : 'http.proxy');
}

function fromEnvironment(protocol: string, environment: Environment): string {
  const names = protocol === 'https:' ? ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] : ['HTTP_PROXY', 'ALL_PROXY'];
  for (const name of names) {
    const value = (environment[name] ?? environment[name.toLowerCase()] ?? '').trim();
    if (value !== '') return value;
  }
  return '';
}

function list(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}

/** `*`, `host`, `.host`, `*.host`, each with or without `:port`; a name stands for what lies below it as well. */
function matches(exception: string, hostname: string, port: string): boolean {
  const text = exception.trim().toLowerCase();
  if (text === '*') return true;
  const parts = /^(?:\*?\.)?(\[[^\]]*\]|[^:]+)(?::(\d+))?$/.exec(text);
  if (parts === null) return text === hostname.replace(/^\[|\]$/g, '');
  const [, name = '', onlyPort] = parts;
  if (onlyPort !== undefined && onlyPort !== port) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}

/** @param setting the setting that holds the address; empty when it came from the environment */
function parseProxy(address: string, setting: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // An address may hold a password, so no message repeats it.
  if (url === undefined || url.hostname === '') {
    throw new ConfigurationError(l10n.t('The address of the proxy cannot be understood.'), { setting });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ConfigurationError(
      l10n.t(
        'The proxy is of a kind that is not supported: {0}. Use an http or https proxy.',
        url.protocol.slice(0, -1),
      ),
      { setting },
    );
  }
  return url;
}
