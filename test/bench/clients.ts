import { createRequire } from 'node:module';
import type * as sdkModule from 'tencentcloud-sdk-nodejs-common';
import { cloudOptions, createBuiltCloud, testCredentials } from '../support/cloudBundle.ts';

/** The same call through different clients: whose key it is, one signed request and one checked answer. */
export interface Client {
  call(): Promise<unknown>;
  close(): Promise<void>;
}

const signal = new AbortController().signal;
const require = createRequire(import.meta.url);

/** Through dist/cloud.cjs, as the extension calls. */
export function ours(origin: string): Client {
  const cloud = createBuiltCloud(cloudOptions(origin));
  const connection = { credentials: testCredentials, target: { site: 'mainland', endpoint: origin } } as const;
  return { call: () => cloud.identify(connection, signal), close: () => cloud.close() };
}

function isSdk(value: unknown): value is typeof sdkModule {
  return typeof value === 'object' && value !== null && 'CommonClient' in value;
}

/** Through the client that the SDK has for any service, the lightest it offers. */
export function officialSdk(origin: string): Client {
  const loaded: unknown = require('tencentcloud-sdk-nodejs-common');
  if (!isSdk(loaded)) throw new Error('The SDK has no CommonClient.');
  const client = new loaded.CommonClient('sts.tencentcloudapi.com', '2018-08-13', {
    credential: { secretId: testCredentials.secretId, secretKey: testCredentials.secretKey.reveal() },
    region: 'ap-guangzhou',
    profile: { httpProfile: { protocol: 'http://', endpoint: new URL(origin).host } },
  });
  return {
    call: () => client.request('GetCallerIdentity', {}),
    close: () => Promise.resolve(),
  };
}
