import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyAsJson } from '../../../src/commands/copyAsJson.ts';
import { detailsContent, refreshDetails, showDetails } from '../../../src/commands/showDetails.ts';
import { documentPath, type InstanceKey } from '../../../src/domain/documents.ts';
import { CancelledError, NotSignedInError } from '../../../src/domain/errors.ts';
import type { Owner } from '../../../src/domain/ports.ts';
import type { Instance, InstanceAccess } from '../../../src/domain/instance.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClipboard, memoryMessages } from '../../support/memory.ts';

const signal = new AbortController().signal;
const instance = instanceWith({ id: 'postgres-1', name: 'shop' });
const key: InstanceKey = { accountId: instance.accountId, region: instance.region, id: instance.id, name: 'shop' };
const access: InstanceAccess = {
  instance,
  accounts: [{ user: 'dba', password: new Secret('hunter2') }],
  databases: ['postgres'],
};

/** The service of one account, which answers with this. */
function serviceOf(answer: () => Promise<InstanceAccess | undefined>) {
  return ({ accountId, offering }: Owner) => {
    assert.deepEqual([accountId, offering], [instance.accountId, instance.offering]);
    return {
      access: (region: string, id: string) => {
        assert.deepEqual([region, id], [instance.region, instance.id]);
        return answer();
      },
    };
  };
}

function content(answer: () => Promise<InstanceAccess | undefined>, known?: Instance) {
  const seen: Instance[] = [];
  const read = detailsContent({
    service: serviceOf(answer),
    known: () => known,
    seen: (one) => void seen.push(one),
    notes: () => Promise.resolve({ account: 'dev', passwordKept: false }),
    explain: () => ({ kind: 'network', meaning: 'No way to the service.', next: [] }),
    signal,
  });
  return { seen, read };
}

test('details are what the service says at that moment, without the password', async () => {
  const { read, seen } = content(() => Promise.resolve(access));
  const text = await read(key);
  assert.match(text, /"user": "dba"/);
  assert.match(text, /"password": "\*\*\*"/);
  assert.doesNotMatch(text, /hunter2/);
  assert.deepEqual(seen, [instance], 'the tree hears of it');
});

test('details keep what only this editor knows about the instance', async () => {
  const { read } = content(() => Promise.resolve(access), { ...instance, createRequestId: 'r-1' });
  assert.match(await read(key), /"createRequestId": "r-1"/);
});

test('details say why the service could not be asked, and what was known last', async () => {
  const failing = content(() => Promise.reject(new NotSignedInError()), instance);
  assert.match(
    await failing.read(key),
    /^\/\/ This is what was known last.*No way to the service\.\n[^]*"id": "postgres-1"/,
  );
  const gone = content(() => Promise.resolve(undefined), instance);
  assert.match(await gone.read(key), /^\/\/ This is what was known last.*no longer lists it\.\n[^]*"id": "postgres-1"/);
});

test('details of an instance about which nothing is known say so', async () => {
  const { read } = content(() => Promise.resolve(undefined));
  assert.match(await read({ ...key, name: 'a\nb' }), /^\/\/ Nothing is known about "a b": [^\n]*\n$/);
});

test('a cancelled question leaves no document', async () => {
  const { read } = content(() => Promise.reject(new CancelledError()), instance);
  await assert.rejects(read(key), CancelledError);
});

test('details are shown for an instance and refreshed for a document', async () => {
  const done: unknown[] = [];
  const documents = {
    show: (one: InstanceKey) => Promise.resolve(void done.push(['show', one])),
    refresh: (one: InstanceKey) => void done.push(['refresh', one]),
  };
  await showDetails({ documents })(instance);
  await refreshDetails({ documents })({ scheme: 'tencentdb-postgres', path: documentPath(key) });
  for (const other of [undefined, null, {}, { path: 7 }, { path: '/etc/passwd' }])
    await refreshDetails({ documents })(other);
  assert.deepEqual(done, [
    ['show', key],
    ['refresh', key],
  ]);
});

test('an instance is copied as JSON that can be read, without the password', async () => {
  const [clipboard, messages] = [memoryClipboard(), memoryMessages()];
  const service = serviceOf(() => Promise.resolve(access));
  await copyAsJson({ service, clipboard, messages, signal })(instance);
  const copied: unknown = JSON.parse(clipboard.text());
  assert.ok(typeof copied === 'object' && copied !== null && 'accounts' in copied);
  assert.deepEqual(copied.accounts, [{ user: 'dba', password: '***' }]);
  assert.doesNotMatch(clipboard.text() + messages.shown.join(), /hunter2/);
});

test('an instance that is gone is not copied, and that is said', async () => {
  const [clipboard, messages] = [memoryClipboard(), memoryMessages()];
  await copyAsJson({ service: serviceOf(() => Promise.resolve(undefined)), clipboard, messages, signal })(instance);
  assert.equal(clipboard.text(), '');
  assert.match(messages.shown.join(), /no longer lists "shop"/);
});
