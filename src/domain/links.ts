import type { Site } from './credentials.ts';

/** Pages of the console. A link to one instance is not documented, so the list is opened. */
export interface ConsoleLinks {
  readonly instances: string;
  readonly keys: string;
  readonly permissions: string;
  readonly verification: string;
}

const hosts: Readonly<Record<Site, string>> = {
  mainland: 'https://console.cloud.tencent.com',
  international: 'https://console.tencentcloud.com',
};

export function consoleLinks(site: Site): ConsoleLinks {
  const host = hosts[site];
  return {
    instances: `${host}/postgres`,
    keys: `${host}/cam/capi`,
    permissions: `${host}/cam`,
    verification: `${host}/developer/auth`,
  };
}
