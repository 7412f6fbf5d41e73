import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Operation } from '../../../src/instances/operation.ts';
import { decodeOperation, encodeOperation } from '../../../src/instances/storedOperation.ts';
import { memoryFolder, memoryLog } from '../../support/memory.ts';

const plan: CreatePlan = {
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  name: 'demo',
  version: '10.4',
  charset: 'UTF8',
  projectId: 0,
  network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
  tags: [{ key: 'env', value: 'prod' }],
};

let ids = 0;
const journalOver = (folder: ReturnType<typeof memoryFolder>) =>
  createJournal({ folder, now: () => 5, newId: () => `op-${String((ids += 1))}`, log: memoryLog() });

test('the next start finds what was begun, changed and not closed', async () => {
  const folder = memoryFolder();
  const first = journalOver(folder);
  const kept = await first.begin('1000', plan);
  await first.change(kept, { state: 'making', instanceId: 'postgres-1', requestId: 'req-1' });
  await first.close(await first.begin('1000', plan));

  const second = journalOver(folder);
  await second.open();
  assert.deepEqual(second.operations('1000'), [
    { ...kept, state: 'making', instanceId: 'postgres-1', requestId: 'req-1' },
  ]);
  assert.deepEqual(second.operations('2000'), []);
});

test('records of a newer version and unreadable ones are left alone', async () => {
  const folder = memoryFolder({ newer: { version: 2, anything: true }, broken: { version: 1 }, text: 'x' });
  const journal = journalOver(folder);
  await journal.open();
  assert.deepEqual(journal.operations('1000'), []);
  assert.equal(folder.files.size, 3);
});

test('any JSON is decoded without throwing, and what is encoded comes back the same', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void decodeOperation(value)));
  const operation: Operation = {
    id: 'op',
    accountId: '1000',
    plan,
    state: 'failed',
    startedAt: 1,
    instanceId: 'postgres-1',
    requestId: 'r',
    explanation: {
      kind: 'input',
      meaning: 'm',
      cause: 'c',
      next: ['rename'],
      field: 'name',
      serviceWords: 's',
      requestId: 'r',
    },
  };
  const decoded = decodeOperation(JSON.parse(JSON.stringify(encodeOperation(operation))));
  assert.deepEqual(decoded, { kind: 'operation', operation });
});

test('a listener hears of every change of its account', async () => {
  const journal = journalOver(memoryFolder());
  const heard: string[] = [];
  const listening = journal.onDidChange((accountId) => heard.push(accountId));
  await journal.close(await journal.change(await journal.begin('1000', plan), { state: 'making' }));
  listening.dispose();
  await journal.begin('1000', plan);
  assert.deepEqual(heard, ['1000', '1000', '1000']);
});
