import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceOf, createFailureDesk, failureText } from '../../../src/commands/failure.ts';
import { createRun } from '../../../src/commands/run.ts';
import { CancelledError, NotSignedInError, ServiceError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import { memoryClipboard, memoryLog, memoryMessages } from '../../support/memory.ts';

const explain: Explain = (error) => ({
  kind: error instanceof ServiceError ? 'credentials' : 'service',
  meaning: error.message,
  next: error instanceof ServiceError ? ['signIn', 'openKeysPage'] : ['wait'],
});

function world(signsIn: boolean, press: readonly string[] = []) {
  const messages = memoryMessages(press);
  const opened: string[] = [];
  let asked = 0;
  const desk = createFailureDesk({
    messages,
    clipboard: memoryClipboard(),
    openLink: (url) => Promise.resolve(void opened.push(url)),
    links: () => consoleLinks('international'),
    signIn: () => Promise.resolve(),
    openSettings: (setting) => Promise.resolve(void opened.push(setting ?? 'all')),
  });
  const run = createRun({
    log: memoryLog(),
    explain,
    desk,
    signIn: () => {
      asked += 1;
      return Promise.resolve(signsIn);
    },
  });
  return { run, desk, messages, opened, asked: () => asked };
}

test('an error becomes one message, and the handler never rejects', async () => {
  const { run, messages } = world(false);
  await run('id', 'Cannot do it', () => Promise.reject(new Error('broken')))();
  assert.deepEqual(messages.shown, ['error: Cannot do it: broken Wait a little and try again. []']);
});

test('cancelling shows nothing', async () => {
  const { run, messages } = world(false);
  await run('id', 'Cannot do it', () => Promise.reject(new CancelledError()))();
  assert.deepEqual(messages.shown, []);
});

test('a missing key leads into sign-in and back to what was being done', async () => {
  const { run, messages, asked } = world(true);
  let tries = 0;
  await run('id', 'Cannot do it', () =>
    (tries += 1) === 1 ? Promise.reject(new NotSignedInError()) : Promise.resolve(),
  )();
  assert.deepEqual([tries, asked(), messages.shown], [2, 1, []]);
});

test('a sign-in that is given up ends the command silently', async () => {
  const { run, messages } = world(false);
  await run('id', 'Cannot do it', () => Promise.reject(new NotSignedInError()))();
  assert.deepEqual(messages.shown, []);
});

test('keys that are refused again after signing in are said, not asked for in a circle', async () => {
  const { run, messages, asked, opened } = world(true, ['Open API Keys']);
  const refused = new ServiceError({ action: 'A', region: '', code: 'AuthFailure', message: 'no', requestId: '' });
  await run('id', 'Cannot do it', () => Promise.reject(refused))();
  assert.equal(asked(), 1);
  assert.equal(messages.shown.length, 1);
  assert.deepEqual(opened, ['https://console.tencentcloud.com/cam/capi']);
});

test('a failure names what failed, why, the words of the service, the request id and what to do', () => {
  const text = failureText('Cannot create "x"', {
    kind: 'input',
    meaning: 'The name is taken.',
    cause: 'Names are unique.',
    next: ['rename'],
    serviceWords: 'InvalidParameter.InstanceNameExist: \u202ethe name',
    requestId: 'req-1',
  });
  assert.equal(
    text,
    'Cannot create "x": The name is taken. Names are unique. Choose another name. The service said: InvalidParameter.InstanceNameExist: the name Request ID: req-1',
  );
});

test('steps that are buttons are not repeated as sentences', () => {
  assert.equal(adviceOf('signIn'), undefined);
  assert.notEqual(adviceOf('checkClock'), undefined);
});

test('a wrong setting is opened at its place', async () => {
  const { desk, opened } = world(false, ['Open Settings']);
  await desk.show('Cannot do it', {
    kind: 'input',
    meaning: 'The endpoint must be an origin.',
    next: ['openSettings'],
    setting: 'tencentdbPostgres.endpoint',
  });
  assert.deepEqual(opened, ['tencentdbPostgres.endpoint']);
});
