import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { isKnownCode, lookUp } from '../../../src/api/errorCatalog.ts';

/** The names of the documented codes: of the create page of 2021 (`seed`) and of the later lists. */
const documented = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/errorCodes.json', import.meta.url), 'utf8')));

for (const [list, codes] of Object.entries(documented)) {
  test(`every code of the list "${list}" has an entry of its own, with meaning, cause and a next step`, () => {
    assert.ok(codes.length > 0);
    for (const code of codes) {
      assert.ok(isKnownCode(code), code);
      const { meaning, cause, next } = lookUp(code);
      assert.ok(meaning.length > 10 && (cause ?? '').length > 10 && next.length > 0, code);
      assert.equal(new Set(next).size, next.length, code);
    }
  });
}

test('the create page of 2021 has 32 codes', () => {
  assert.equal(documented['seed']?.length, 32);
});

test('a code that is not known is explained by its group, and a group that is not known as undocumented', () => {
  assert.ok(!isKnownCode('InternalError.BrandNew'));
  assert.deepEqual(lookUp('InternalError.BrandNew'), lookUp('InternalError'));
  assert.deepEqual(lookUp('AuthFailure.BrandNew').kind, 'credentials');
  assert.match(lookUp('BrandNew').meaning, /not documented/);
  for (const code of ['', '.', 'constructor', '__proto__', 'toString.x']) {
    assert.match(lookUp(code).meaning, /not documented/, code);
  }
});

test('codes about one answer of the wizard lead back to it', () => {
  const fields = {
    'InvalidParameter.InstanceNameExist': ['name', 'rename'],
    'InvalidParameterValue.IllegalZone': ['zone', 'pickAnotherZone'],
    'OperationDenied.NotSupportZoneError': ['zone', 'pickAnotherZone'],
    'InvalidParameterValue.IllegalRegion': ['region', 'pickAnotherRegion'],
    'OperationDenied.VersionNotSupportError': ['version', 'changeParameter'],
    'InvalidParameterValue.InvalidCharset': ['charset', 'changeParameter'],
    'InvalidParameterValue.IllegalProjectId': ['project', 'changeParameter'],
    'InvalidParameter.VpcNotFoundError': ['network', 'changeParameter'],
    'FailedOperation.AllocateQuotasError': ['tags', 'changeParameter'],
  };
  for (const [code, [field, step]] of Object.entries(fields)) {
    const entry = lookUp(code);
    assert.deepEqual([entry.kind, entry.field, entry.next[0]], ['input', field, step], code);
  }
});

test('codes of a refused key lead to signing in and to the keys page', () => {
  for (const code of documented['common']?.filter((one) => one.startsWith('AuthFailure.')) ?? []) {
    if (code === 'AuthFailure.UnauthorizedOperation') continue;
    const { kind, next } = lookUp(code);
    assert.ok(kind === 'credentials' && next.includes('signIn') && next.includes('openKeysPage'), code);
  }
  assert.equal(lookUp('AuthFailure.SignatureExpire').next[0], 'checkClock');
  assert.equal(lookUp('AuthFailure.UnauthorizedOperation').kind, 'permission');
  assert.equal(lookUp('UnauthorizedOperation.UserHasNoRealnameAuthentication').next[0], 'verifyAccount');
});

test('every documented sign of a retired action says so', () => {
  for (const code of [
    'ActionOffline',
    'InvalidAction',
    'InterfaceNameNotFound',
    'InvalidParameterValue.InterfaceNameNotFound',
    'UnsupportedOperation',
  ]) {
    assert.equal(lookUp(code).kind, 'retired', code);
  }
});
