import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { Log } from '../domain/ports.ts';
import type { Environment } from './proxySettings.ts';

/** The editor's settings about certificates. */
export interface CertificateSettings {
  /** `http.proxyStrictSSL`; false accepts any certificate. */
  readonly strictSsl: boolean;
  /** `http.systemCertificates`: trust the operating system's authorities as well. */
  readonly systemCertificates: boolean;
}

/** Whom a TLS connection trusts. */
export interface Trust {
  readonly rejectUnauthorized: boolean;
  /** Absent: what Node trusts by itself. */
  readonly secureContext?: tls.SecureContext;
}

/**
 * Reads the trusted authorities. Takes a moment (a file, the system's store), so call it once for many connections.
 * An extra file that cannot be read is named in the log and left out, as Node does.
 */
export function readTrust(settings: CertificateSettings, environment: Environment, log: Log): Trust {
  if (!settings.strictSsl) return { rejectUnauthorized: false };
  const extra = readExtra(environment['NODE_EXTRA_CA_CERTS'], log);
  const system = settings.systemCertificates ? tls.getCACertificates('system') : [];
  if (extra.length === 0 && system.length === 0) return { rejectUnauthorized: true };
  // The same authority is often in more than one list, and each costs time to read.
  const ca = [...new Set([...tls.getCACertificates('default'), ...system, ...extra])];
  return { rejectUnauthorized: true, secureContext: tls.createSecureContext({ ca }) };
}

/** Node reads this file once, at its start; an extension host may have been given the variable later. */
function readExtra(path: string | undefined, log: Log): string[] {
  if (path === undefined || path === '') return [];
  try {
    return [readFileSync(path, 'utf8')];
  } catch (error) {
    log.warn(`Certificates of NODE_EXTRA_CA_CERTS not used: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
