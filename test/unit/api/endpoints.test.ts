import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointFor, isLoopback } from '../../../src/api/endpoints.ts';
import type { Target } from '../../../src/domain/credentials.ts';
import { ConfigurationError } from '../../../src/domain/errors.ts';

const mainland: Target = { site: 'mainland' };
const international: Target = { site: 'international' };
const overridden = (endpoint: string): Target => ({ site: 'mainland', endpoint });

test('each site has a domain for every service', () => {
  assert.deepEqual(endpointFor('postgres', 'ap-guangzhou', mainland), {
    origin: 'https://postgres.tencentcloudapi.com',
    host: 'postgres.tencentcloudapi.com',
  });
  assert.equal(endpointFor('sts', 'ap-guangzhou', mainland).host, 'sts.tencentcloudapi.com');
  assert.equal(endpointFor('vpc', 'ap-singapore', international).host, 'vpc.intl.tencentcloudapi.com');
});

test('a finance region is asked under its own domain, on both sites and for every service', () => {
  assert.equal(
    endpointFor('postgres', 'ap-shanghai-fsi', mainland).host,
    'postgres.ap-shanghai-fsi.tencentcloudapi.com',
  );
  assert.equal(endpointFor('tag', 'ap-shenzhen-fsi', international).host, 'tag.ap-shenzhen-fsi.tencentcloudapi.com');
});

test('a finance region that would lead to another host is refused', () => {
  for (const region of ['evil.example/-fsi', 'a@evil.example#-fsi', 'x.evil-fsi', '-fsi', 'ap-guangzhou:1-fsi']) {
    assert.throws(() => endpointFor('postgres', region, mainland), ConfigurationError, region);
  }
});

test('an override serves every service and every region from one origin', () => {
  const target = overridden(' http://127.0.0.1:8700 ');
  const expected = { origin: 'http://127.0.0.1:8700', host: '127.0.0.1:8700' };
  assert.deepEqual(endpointFor('postgres', 'ap-guangzhou', target), expected);
  assert.deepEqual(endpointFor('vpc', 'ap-shanghai-fsi', target), expected);
  assert.equal(endpointFor('sts', 'ap-guangzhou', overridden('https://API.Example.com:443/')).host, 'api.example.com');
});

test('an override with a domain of the API itself changes its first label for the other services', () => {
  const target = overridden('https://postgres.ap-guangzhou.tencentcloudapi.com');
  assert.equal(endpointFor('postgres', 'ap-guangzhou', target).host, 'postgres.ap-guangzhou.tencentcloudapi.com');
  assert.equal(endpointFor('vpc', 'ap-guangzhou', target).host, 'vpc.ap-guangzhou.tencentcloudapi.com');
});

test('an empty override is none', () => {
  assert.equal(endpointFor('tag', 'ap-guangzhou', overridden('  ')).host, 'tag.tencentcloudapi.com');
});

test('an override that cannot be an origin is refused, and the message does not repeat a password', () => {
  const wrong = [
    'postgres.tencentcloudapi.com',
    'ftp://example.com',
    'file:///etc/passwd',
    'https://example.com/path',
    'https://example.com/?a=1',
    'https://example.com/#a',
    'https://user:hunter2@example.com',
    'https://',
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://128.0.0.1',
    'http://[::2]:80',
    'javascript:alert(1)',
    'x'.repeat(10_000),
  ];
  for (const endpoint of wrong) {
    assert.throws(
      () => endpointFor('postgres', 'ap-guangzhou', overridden(endpoint)),
      (error) =>
        error instanceof ConfigurationError &&
        error.setting === 'tencentdbPostgres.endpoint' &&
        !error.message.includes('hunter2'),
      endpoint.slice(0, 60),
    );
  }
});

test('plain http is taken for every spelling of this machine', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', 'a.localhost', '[::1]', '2130706433', '0x7f.1']) {
    assert.ok(isLoopback(new URL(endpointFor('postgres', 'r', overridden(`http://${host}:1`)).origin).hostname), host);
  }
});
