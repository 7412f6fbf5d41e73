import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { InstanceService } from '../../../src/domain/ports.ts';
import { createCreation } from '../../../src/instances/creation.ts';
import type { Creation } from '../../../src/instances/creation.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Journal } from '../../../src/instances/journal.ts';
import type { WatchResult } from '../../../src/instances/watcher.ts';
import { memoryFolder, memoryLog } from '../../support/memory.ts';

const plan: CreatePlan = {
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  name: 'demo',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
};
const running: Instance = {
  id: 'postgres-1',
  name: 'demo',
  status: 'running',
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  addresses: [],
  tags: [],
};
const explain: Explain = (error) => ({
  kind: 'service',
  meaning: error.message,
  next: [],
  ...(error instanceof ServiceError ? { requestId: error.requestId } : {}),
});
const lost = new NetworkError({ action: 'Create', reason: 'reset', host: 'h', mayHaveArrived: true, detail: 'reset' });
const refused = new ServiceError({
  action: 'Create',
  region: 'r',
  code: 'InvalidParameter',
  message: 'no',
  requestId: 'req-9',
});

interface World {
  creation: Creation;
  journal: Journal;
  folder: ReturnType<typeof memoryFolder>;
  put: Instance[];
  sent: () => number;
  clock: () => number;
}

function world(
  service: Partial<Pick<InstanceService, 'create' | 'findByName'>>,
  watched: WatchResult = { outcome: 'usable', instance: running },
): World {
  let time = 0;
  let sent = 0;
  const folder = memoryFolder();
  const put: Instance[] = [];
  const journal = createJournal({ folder, now: () => time, newId: () => 'op-1', log: memoryLog() });
  const creation = createCreation({
    journal,
    registry: { put: (_account, instance) => put.push(instance) },
    service: {
      create: async (...call) => {
        sent += 1;
        assert.equal(folder.files.size, 1, 'the intent is on disk before the request leaves');
        return (await service.create?.(...call)) ?? { instanceId: 'postgres-1', requestId: 'req-1' };
      },
      findByName: service.findByName ?? (() => Promise.resolve(undefined)),
    },
    watcher: { follow: () => Promise.resolve(watched) },
    explain,
    sleep: (milliseconds, signal) => {
      if (signal.aborted) return Promise.reject(new CancelledError());
      time += milliseconds;
      return Promise.resolve();
    },
    now: () => time,
    limit: () => 300_000,
    log: memoryLog(),
  });
  return { creation, journal, folder, put, sent: () => sent, clock: () => time };
}

const signal = (): AbortSignal => new AbortController().signal;
const ignore = (): void => undefined;

test('an accepted create shows its instance at once, is followed, and leaves no record', async () => {
  const { creation, folder, put } = world({});
  const seen: string[] = [];
  const settlement = await creation.create('1000', plan, signal(), ({ status }) => seen.push(status));
  assert.equal(settlement.kind, 'usable');
  assert.deepEqual(seen, ['applying'], 'whoever watches hears of it before the first look');
  assert.equal(put[0]?.status, 'applying');
  assert.equal(put[0].id, 'postgres-1');
  assert.equal(folder.files.size, 0);
});

test('a refusal is kept with its request id until it is dismissed', async () => {
  const { creation, journal, put } = world({ create: () => Promise.reject(refused) });
  const settlement = await creation.create('1000', plan, signal(), ignore);
  assert.ok(settlement.kind === 'failed');
  assert.equal(settlement.error, refused);
  assert.equal(journal.operations('1000')[0]?.state, 'failed');
  assert.equal(journal.operations('1000')[0]?.requestId, 'req-9');
  assert.deepEqual(put, []);
  await journal.close(settlement.operation);
  assert.deepEqual(journal.operations('1000'), []);
});

for (const [name, error] of Object.entries({
  'a cut connection': lost,
  'an answer that is not understood': new UnexpectedAnswerError({
    action: 'Create',
    host: 'h',
    httpStatus: 502,
    problem: 'HTML',
    requestId: '',
  }),
})) {
  test(`after ${name} the name tells that it was created, and nothing is sent again`, async () => {
    let asked = 0;
    const { creation, sent } = world({
      create: () => Promise.reject(error),
      findByName: () => Promise.resolve((asked += 1) < 3 ? undefined : running),
    });
    assert.equal((await creation.create('1000', plan, signal(), ignore)).kind, 'usable');
    assert.equal(sent(), 1);
  });
}

test('a lost create that the service denies several times in a row has failed, and may be tried again', async () => {
  const { creation, sent } = world({ create: () => Promise.reject(lost) });
  const settlement = await creation.create('1000', plan, signal(), ignore);
  assert.ok(settlement.kind === 'failed');
  assert.match(settlement.explanation.meaning, /Nothing was created/);
  assert.equal(sent(), 1);
});

test('a lost create that cannot be asked about stays on record as unsettled', async () => {
  const { creation, journal, clock } = world({
    create: () => Promise.reject(lost),
    findByName: () => Promise.reject(lost),
  });
  assert.equal((await creation.create('1000', plan, signal(), ignore)).kind, 'unsettled');
  assert.equal(journal.operations('1000')[0]?.state, 'unsettled');
  assert.ok(clock() >= 300_000);
});

test('a request that provably never left has simply failed', async () => {
  let asked = 0;
  const { creation } = world({
    create: () =>
      Promise.reject(
        new NetworkError({ action: 'Create', reason: 'refused', host: 'h', mayHaveArrived: false, detail: '' }),
      ),
    findByName: () => Promise.resolve(((asked += 1), undefined)),
  });
  assert.equal((await creation.create('1000', plan, signal(), ignore)).kind, 'failed');
  assert.equal(asked, 0);
});

test('an instance that vanishes while it is made has failed; one that takes too long stays on record', async () => {
  assert.equal((await world({}, { outcome: 'gone' }).creation.create('1000', plan, signal(), ignore)).kind, 'failed');
  const slow = world({}, { outcome: 'too-long', instance: running });
  assert.equal((await slow.creation.create('1000', plan, signal(), ignore)).kind, 'tooLong');
  assert.equal(slow.journal.operations('1000')[0]?.state, 'making');
});

test('after a crash between sending and answer, the next start settles by the name', async () => {
  const { creation, journal, sent } = world({ findByName: () => Promise.resolve(running) });
  const operation = await journal.begin('1000', plan);
  assert.equal((await creation.resume(operation, signal(), ignore)).kind, 'usable');
  assert.equal(sent(), 0);
});

test('ending the editor while a lost answer is being settled keeps the record', async () => {
  const ending = new AbortController();
  ending.abort();
  const { creation, journal } = world({ create: () => Promise.reject(lost) });
  await assert.rejects(creation.create('1000', plan, ending.signal, ignore), CancelledError);
  assert.equal(journal.operations('1000')[0]?.state, 'settling');
});

test('a journal that cannot be written sends nothing', async () => {
  const { creation, folder, sent } = world({});
  folder.write = () => Promise.reject(new Error('disk full'));
  await assert.rejects(creation.create('1000', plan, signal(), ignore), /disk full/);
  assert.equal(sent(), 0);
});

test('an accepted create whose record cannot be updated is followed all the same', async () => {
  const { creation, folder, put } = world({});
  const { write } = folder;
  let writes = 0;
  folder.write = (name, value) => ((writes += 1) === 1 ? write(name, value) : Promise.reject(new Error('disk full')));
  assert.equal((await creation.create('1000', plan, signal(), ignore)).kind, 'usable');
  assert.equal(put[0]?.id, 'postgres-1');
});
