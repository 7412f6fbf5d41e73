import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { isKnownCode, lookUp as lookUpOf } from '../../../src/api/errorCatalog.ts';
import { serverlessActions } from '../../../src/api/serverless/actions.ts';

/** The names of the documented codes: of the create page of 2021 (`seed`) and of the later lists. */
const documented = z
  .record(z.string(), z.array(z.string()))
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/errorCodes.json', import.meta.url), 'utf8')));

const lookUp = (code: string): ReturnType<typeof lookUpOf> => lookUpOf(code, 'CreateServerlessDBInstance');

for (const [list, codes] of Object.entries(documented)) {
  test(`every code of the list "${list}" has an entry of its own, with meaning, cause and a next step`, () => {
    assert.ok(codes.length > 0);
    for (const code of codes) {
      assert.ok(isKnownCode(code), code);
      const { meaning, cause, next } = lookUp(code);
      assert.ok(meaning.length > 10 && (cause ?? '').length > 10 && next.length > 0, code);
      assert.equal(new Set(next).size, next.length, code);
      assert.notEqual(lookUpOf(code, 'CreateInstances').kind, 'retired', code);
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
    for (const action of Object.values(serverlessActions)) assert.equal(lookUpOf(code, action).kind, 'retired', code);
    for (const action of ['CreateInstances', 'DescribeDBInstances', 'DeleteDatabase', 'DescribeVpcs', '']) {
      assert.notEqual(lookUpOf(code, action).kind, 'retired', `${code} ${action}`);
    }
  }
  assert.equal(lookUp('FailedOperation.ServerlessNotSupportedError').kind, 'state');
});

test('an action that an endpoint does not have leads to the settings', () => {
  const { cause, next } = lookUpOf('InvalidAction', 'DeleteDatabase');
  assert.match(cause ?? '', /endpoint/);
  assert.equal(next[0], 'openSettings');
});

test('refusals of an order lead to the question they are about', () => {
  const fields = {
    'InvalidParameterValue.SpecNotRecognizedError': 'class',
    'InvalidParameterValue.BadSpec': 'class',
    'ResourceInsufficient.ResourceNotEnough': 'class',
    'InvalidParameterValue.ParameterOutRangeError': 'storage',
    'InvalidParameterValue.InvalidAccountError': 'adminName',
    'InvalidParameterValue.InvalidAccountNameError': 'adminName',
    'InvalidParameterValue.AccountExist': 'adminName',
    'InvalidParameterValue.InvalidPasswordFormat': 'password',
    'InvalidParameterValue.InvalidPasswordLengthError': 'password',
    'InvalidParameterValue.InvalidPasswordValueError': 'password',
    'FailedOperation.CreateBasicNetworkDeniedError': 'network',
    'FailedOperation.GetSubnetError': 'network',
    'InternalError.VpcError': 'network',
    'InvalidParameterValue.IllegalProjectId': 'project',
    'InvalidParameterValue.CharsetNotFoundError': 'charset',
    'InvalidParameterValue.IllegalZone': 'zone',
    'InvalidParameterValue.RegionNotSupported': 'region',
    'InvalidParameterValue.ParameterLengthLimitError': 'name',
  };
  for (const [code, field] of Object.entries(fields))
    assert.equal(lookUpOf(code, 'CreateInstances').field, field, code);
  for (const code of ['OperationDenied.InsufficientBalanceError', 'OperationDenied.UserNotAuthenticatedError']) {
    assert.equal(lookUpOf(code, 'CreateInstances').kind, 'account', code);
  }
  assert.match(lookUpOf('FailedOperation.LimitOperation', 'IsolateDBInstances').cause ?? '', /deletion protection/i);
});

test('words about serverless instances are kept for serverless actions', () => {
  for (const code of documented['createInstances'] ?? []) {
    const { meaning, cause } = lookUpOf(code, 'CreateInstances');
    assert.doesNotMatch(`${meaning} ${cause ?? ''}`, /serverless|makes account and password by itself/i, code);
  }
  for (const code of ['InvalidParameterValue.RegionNotSupported', 'RegionNotSupported']) {
    assert.match(lookUp(code).meaning, /serverless/, code);
  }
  assert.match(lookUp('InvalidParameterValue.InvalidPasswordFormat').cause ?? '', /by itself/);
});
