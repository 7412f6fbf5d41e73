import { createRequire } from 'node:module';
import type * as cloudModule from '../../src/api/cloud.ts';
import type { Cloud, CloudOptions } from '../../src/api/cloud.ts';
import type { Credentials } from '../../src/domain/credentials.ts';
import { Secret } from '../../src/domain/secret.ts';

const require = createRequire(import.meta.url);

/** A key pair as loopback servers are called with; it belongs to nobody. */
export const testCredentials: Credentials = {
  secretId: 'AKIDtestkeyofnobody0000000000000000',
  secretKey: new Secret('test-key-of-nobody-00000000000000'),
};

const silent = () => undefined;

/** Options for a cloud whose every service answers at one origin. */
export function cloudOptions(endpoint: string): CloudOptions {
  return {
    connection: () => Promise.resolve({ credentials: testCredentials, target: { site: 'mainland', endpoint } }),
    language: 'en-US',
    network: () => ({ proxy: '', noProxy: [], proxySupport: 'off', strictSsl: true, systemCertificates: false }),
    timeout: () => 10_000,
    environment: {},
    clientName: 'test',
    log: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
    now: Date.now,
    sleep: () => Promise.reject(new Error('Nothing here is to be tried again.')),
    random: Math.random,
    onDeprecated: silent,
    onClockSkew: silent,
  };
}

function isCloudModule(value: unknown): value is typeof cloudModule {
  return typeof value === 'object' && value !== null && 'createCloud' in value;
}

/** Loads dist/cloud.cjs, as the extension does on the first call, and makes a cloud of it. */
export function createBuiltCloud(options: CloudOptions): Cloud {
  const built: unknown = require('../../dist/cloud.cjs');
  if (!isCloudModule(built)) throw new Error('dist/cloud.cjs has no createCloud.');
  return built.createCloud(options);
}
