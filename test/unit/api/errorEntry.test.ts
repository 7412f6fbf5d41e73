import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as entry from '../../../src/api/errorEntry.ts';

test('each kind of refusal leads to the steps that can mend it', () => {
  assert.deepEqual(entry.credentials('m', 'c'), {
    kind: 'credentials',
    meaning: 'm',
    cause: 'c',
    next: ['signIn', 'openKeysPage'],
  });
  assert.deepEqual(entry.credentials('m', 'c', ['checkClock']).next, ['checkClock', 'signIn', 'openKeysPage']);
  assert.deepEqual(entry.permission('m', 'c'), {
    kind: 'permission',
    meaning: 'm',
    cause: 'c',
    next: ['checkPermissions', 'signIn', 'reportRequestId'],
  });
  assert.deepEqual(entry.input('name', 'm', 'c', 'rename'), {
    kind: 'input',
    meaning: 'm',
    cause: 'c',
    next: ['rename'],
    field: 'name',
  });
  assert.deepEqual(entry.parameter('m', 'c'), {
    kind: 'input',
    meaning: 'm',
    cause: 'c',
    next: ['changeParameter', 'reportRequestId'],
  });
  assert.deepEqual(entry.service('m'), {
    kind: 'service',
    meaning: 'm',
    cause: 'The cause is on the side of the service. Nothing you typed is wrong.',
    next: ['wait', 'retry', 'reportRequestId'],
  });
  assert.deepEqual(entry.state('m', 'c'), {
    kind: 'state',
    meaning: 'm',
    cause: 'c',
    next: ['wait', 'retry', 'reportRequestId'],
  });
  assert.deepEqual(entry.limit('m', 'c', ['wait']), { kind: 'limit', meaning: 'm', cause: 'c', next: ['wait'] });
  assert.deepEqual(entry.account('m', 'c', ['wait']), { kind: 'account', meaning: 'm', cause: 'c', next: ['wait'] });
  assert.deepEqual(entry.misfit('m', 'c'), {
    kind: 'service',
    meaning: 'm',
    cause: 'c',
    next: ['openSettings', 'reportRequestId'],
  });
  assert.deepEqual(entry.noAction('m'), {
    kind: 'service',
    meaning: 'm',
    cause: 'This endpoint does not have it. The other site may: the two do not offer the same.',
    next: ['openSettings', 'reportRequestId'],
  });
});
