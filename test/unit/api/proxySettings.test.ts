import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor } from '../../../src/api/proxySettings.ts';
import type { Environment, ProxySettings } from '../../../src/api/proxySettings.ts';
import { ConfigurationError } from '../../../src/domain/errors.ts';

const target = new URL('https://postgres.tencentcloudapi.com/');
const unset: ProxySettings = { proxy: '', noProxy: [], proxySupport: 'override' };

function proxyOf(settings: Partial<ProxySettings>, environment: Environment = {}, url = target): string | undefined {
  return proxyFor(url, { ...unset, ...settings }, environment)?.href;
}

test('without settings and variables the connection is direct', () => {
  assert.equal(proxyOf({}), undefined);
});

test('the setting comes before the environment', () => {
  assert.equal(proxyOf({ proxy: 'http://one:1' }, { HTTPS_PROXY: 'http://two:2' }), 'http://one:1/');
});

test('every variable counts, in both cases, the most specific first', () => {
  const all = { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:1', ALL_PROXY: 'http://c:1' };
  assert.equal(proxyOf({}, all), 'http://a:1/');
  assert.equal(proxyOf({}, { ...all, HTTPS_PROXY: undefined }), 'http://b:1/');
  assert.equal(proxyOf({}, { ALL_PROXY: 'http://c:1' }), 'http://c:1/');
  assert.equal(proxyOf({}, { https_proxy: 'http://d:1' }), 'http://d:1/');
  assert.equal(proxyOf({}, { http_proxy: 'http://e:1' }), 'http://e:1/');
  assert.equal(proxyOf({}, { all_proxy: 'http://f:1' }), 'http://f:1/');
  assert.equal(proxyOf({}, all, new URL('http://plain.example/')), 'http://b:1/');
});

test('support that is off means a direct connection, whatever else is set', () => {
  assert.equal(proxyOf({ proxy: 'http://one:1', proxySupport: 'off' }, { HTTPS_PROXY: 'http://two:2' }), undefined);
});

test('loopback is direct unless the exceptions say otherwise', () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const url = new URL(`http://${host}:8700/`);
    assert.equal(proxyOf({ proxy: 'http://one:1' }, {}, url), undefined, host);
    assert.equal(proxyOf({ proxy: 'http://one:1', noProxy: ['<-loopback>'] }, {}, url), 'http://one:1/', host);
  }
});

test('an exception is a host, all below it, with or without a port', () => {
  const proxy = 'http://one:1';
  const direct = [
    '*',
    'postgres.tencentcloudapi.com',
    'POSTGRES.tencentcloudapi.com',
    'tencentcloudapi.com',
    '.tencentcloudapi.com',
    '*.tencentcloudapi.com',
    'tencentcloudapi.com:443',
  ];
  const proxied = ['cloudapi.com', 'tencentcloudapi.com:8443', 'vpc.tencentcloudapi.com', 'com.example', '', ':443'];
  for (const exception of direct) assert.equal(proxyOf({ proxy, noProxy: [exception] }), undefined, exception);
  for (const exception of proxied) assert.equal(proxyOf({ proxy, noProxy: [exception] }), 'http://one:1/', exception);
  assert.equal(proxyOf({ proxy, noProxy: ['[2001:db8::1]:443'] }, {}, new URL('https://[2001:db8::1]/')), undefined);
  assert.equal(proxyOf({ proxy, noProxy: ['2001:db8::1'] }, {}, new URL('https://[2001:db8::1]/')), undefined);
});

test('exceptions of the environment count when the setting has none', () => {
  const environment = { HTTPS_PROXY: 'http://two:2', no_proxy: 'example.com, tencentcloudapi.com' };
  assert.equal(proxyOf({}, environment), undefined);
  assert.equal(proxyOf({ noProxy: ['example.com'] }, environment), 'http://two:2/');
});

test('an address without a scheme is that of an http proxy', () => {
  assert.equal(proxyOf({ proxy: 'proxy.example:3128' }), 'http://proxy.example:3128/');
});

test('a proxy that is not supported is named with its setting, and its password is not repeated', () => {
  for (const proxy of ['socks5://user:hunter2@one:1', 'http://', 'http://user:hunter2@:1', 'pac+https://x/y']) {
    assert.throws(
      () => proxyOf({ proxy }),
      (error) =>
        error instanceof ConfigurationError && error.setting === 'http.proxy' && !error.message.includes('hunter2'),
      proxy,
    );
  }
  assert.throws(
    () => proxyOf({}, { ALL_PROXY: 'socks5://one:1' }),
    (error) => error instanceof ConfigurationError && error.setting === '',
  );
});
