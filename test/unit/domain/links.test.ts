import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleLinks } from '../../../src/domain/links.ts';

test('each site has a console of its own', () => {
  for (const [site, host] of [
    ['mainland', 'https://console.cloud.tencent.com'],
    ['international', 'https://console.tencentcloud.com'],
  ] as const) {
    assert.deepEqual(consoleLinks(site), {
      instances: `${host}/postgres`,
      keys: `${host}/cam/capi`,
      permissions: `${host}/cam`,
      verification: `${host}/developer/auth`,
    });
  }
});
