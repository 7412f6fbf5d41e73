import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import type { Explain } from '../../../src/domain/explanation.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import type { CreateTrace, InstanceService, Sleep } from '../../../src/domain/ports.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { createCreation } from '../../../src/instances/creation.ts';
import type { Creation } from '../../../src/instances/creation.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { Journal } from '../../../src/instances/journal.ts';
import type { CreateOperation } from '../../../src/instances/operation.ts';
import type { Watcher, WatchResult } from '../../../src/instances/watcher.ts';
import { memoryClaims, memoryFolder, memoryLog } from '../../support/memory.ts';
import { demoCreate, demoPlan as plan } from '../../support/operations.ts';

const running: Instance = {
  id: 'postgres-1',
  accountId: '1000',
  offering: 'serverless',
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
  /** Who holds what. */
  held: Map<string, AbortController>;
  put: Instance[];
  /** What became of passwords. */
  kept: string[];
  sent: () => number;
  clock: () => number;
}

function world(
  service: Partial<Pick<InstanceService, 'create' | 'clockAhead' | 'findCreated' | 'findNamed'>>,
  watched: WatchResult | Watcher['follow'] = { outcome: 'usable', instance: running },
  known: readonly Instance[] = [],
): World {
  let ids = 0;
  let time = 0;
  let sent = 0;
  const folder = memoryFolder();
  const put: Instance[] = [];
  const kept: string[] = [];
  const claims = memoryClaims();
  const sleep: Sleep = async (milliseconds, signal) => {
    // What goes on without sleeping comes first.
    await new Promise(setImmediate);
    if (signal.aborted) throw new CancelledError();
    time += milliseconds;
  };
  const journal = createJournal({
    folder,
    claims,
    now: () => time,
    newId: () => `op-${String((ids += 1))}`,
    sleep,
    log: memoryLog(),
  });
  const creation = createCreation({
    journal,
    registry: {
      put: (_account, instance) => put.push(instance),
      regions: () => [{ region: 'ap-shanghai', instances: known }],
    },
    service: (owner) => {
      assert.partialDeepStrictEqual(owner, { accountId: '1000' });
      return {
        create: async (...call) => {
          sent += 1;
          assert.ok(folder.files.has(`op-${String(ids)}`), 'the intent is on disk before the request leaves');
          return (await service.create?.(...call)) ?? { instanceId: 'postgres-1', requestId: 'req-1' };
        },
        clockAhead: service.clockAhead ?? (() => Promise.resolve(0)),
        findCreated: service.findCreated ?? (() => Promise.resolve([])),
        findNamed: service.findNamed ?? (() => Promise.resolve([])),
      };
    },
    watcher: {
      follow: typeof watched === 'function' ? watched : () => Promise.resolve(watched),
    },
    passwords: {
      keepPending: (id, user, password) => {
        kept.push(`pending ${id} ${user} ${password.reveal()}`);
        return Promise.resolve();
      },
      settlePending: (id, instanceId) => Promise.resolve(void kept.push(`settled ${id} ${instanceId}`)),
      dropPending: (id) => Promise.resolve(void kept.push(`dropped ${id}`)),
    },
    explain,
    sleep,
    now: () => time,
    limit: () => 300_000,
    log: memoryLog(),
  });
  return { kept, creation, journal, folder, held: claims.held, put, sent: () => sent, clock: () => time };
}

const signal = (): AbortSignal => new AbortController().signal;
const ignore = (): void => undefined;

/** Another window takes over. */
function lose({ held }: World): void {
  for (const loss of held.values()) loss.abort();
}

test('an accepted create shows its instance at once, is followed, and is on record as done', async () => {
  const { creation, journal, held, put } = world({});
  const seen: string[] = [];
  const settlement = await creation.create('1000', { plan }, signal(), ({ status }) => seen.push(status));
  assert.equal(settlement.kind, 'usable');
  assert.deepEqual(seen, ['applying'], 'whoever watches hears of it before the first look');
  assert.equal(put[0]?.status, 'applying');
  assert.equal(put[0].id, 'postgres-1');
  assert.equal(put[0].accountId, '1000');
  assert.deepEqual(journal.all(), [settlement.operation]);
  assert.equal(settlement.operation.state, 'done');
  assert.equal(settlement.operation.requestId, 'req-1');
  assert.equal(held.size, 0);
});

test('a refusal is kept with its request id until it is dismissed', async () => {
  const { creation, journal, held, put } = world({ create: () => Promise.reject(refused) });
  const settlement = await creation.create('1000', { plan }, signal(), ignore);
  assert.ok(settlement.kind === 'failed');
  assert.equal(settlement.error, refused);
  assert.equal(journal.operations('1000')[0]?.state, 'failed');
  assert.equal(journal.operations('1000')[0]?.requestId, 'req-9');
  assert.deepEqual(put, []);
  assert.equal(held.size, 0);
  await journal.remove([settlement.operation]);
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
      findCreated: () => Promise.resolve((asked += 1) < 3 ? [] : [running]),
    });
    assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'usable');
    assert.equal(sent(), 1);
  });
}

test('a lost create that the service denies several times in a row has failed, and may be tried again', async () => {
  const { creation, sent } = world({ create: () => Promise.reject(lost) });
  const settlement = await creation.create('1000', { plan }, signal(), ignore);
  assert.ok(settlement.kind === 'failed');
  assert.match(settlement.explanation.meaning, /Nothing was created/);
  assert.equal(sent(), 1);
});

test('by how much the clock was wrong is kept with a lost create, for whoever settles it later', async () => {
  const traces: CreateTrace[] = [];
  let clockAhead = 600_000;
  const { creation, journal } = world({
    create: () => Promise.reject(lost),
    clockAhead: () => Promise.resolve(clockAhead),
    findCreated: (trace) => {
      traces.push(trace);
      return traces.length < 300 ? Promise.reject(lost) : Promise.resolve([running]);
    },
  });
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'unsettled');
  clockAhead = 0;
  const [open] = journal.all();
  assert.ok(open?.kind === 'create');
  await creation.resume(open, signal(), ignore);
  assert.ok(traces.length > 2);
  assert.deepEqual(new Set(traces.map((trace) => trace.clockAhead)), new Set([600_000]));
});

test('a lost create that cannot be asked about stays on record as unsettled', async () => {
  const { creation, journal, clock } = world({
    create: () => Promise.reject(lost),
    findCreated: () => Promise.reject(lost),
  });
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'unsettled');
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
    findCreated: () => Promise.resolve(((asked += 1), [])),
  });
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'failed');
  assert.equal(asked, 0);
});

test('an instance that vanishes while it is made has failed', async () => {
  const { creation, journal, held } = world({}, { outcome: 'gone' });
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'failed');
  assert.equal(journal.all()[0]?.state, 'failed');
  assert.equal(held.size, 0);
});

test('one that takes too long stays on record, and with this window until it ends', async () => {
  const { creation, journal, held } = world({}, { outcome: 'too-long', instance: running });
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'tooLong');
  assert.equal(journal.all()[0]?.state, 'working');
  assert.equal(held.size, 1);
});

test('after a crash between sending and answer, the next start settles by the name', async () => {
  const states: (string | undefined)[] = [];
  const { creation, journal, sent } = world({
    findCreated: () => {
      states.push(journal.all()[0]?.state);
      return Promise.resolve([running]);
    },
  });
  const { operation } = await journal.begin(demoCreate);
  const settlement = await creation.resume(operation, signal(), ignore);
  assert.equal(settlement.kind, 'usable');
  assert.equal(settlement.operation.state, 'done');
  assert.deepEqual(states, ['settling']);
  assert.equal(sent(), 0);
});

test('after a crash while it is made, the next start only follows it', async () => {
  const { creation, journal } = world({ findCreated: () => assert.fail('asked for the name') });
  const { operation } = await journal.begin({ ...demoCreate, state: 'working', instanceId: 'postgres-1' });
  assert.equal((await creation.resume(operation, signal(), ignore)).kind, 'usable');
});

test('ending the editor before the answer keeps the record as it was, for the next start', async () => {
  const ending = new AbortController();
  const { creation, journal, held } = world({
    create: () => {
      ending.abort();
      return Promise.reject(lost);
    },
  });
  await assert.rejects(creation.create('1000', { plan }, ending.signal, ignore), CancelledError);
  assert.equal(journal.operations('1000')[0]?.state, 'sending');
  assert.equal(held.size, 0);
});

test('a window that loses its claim before the answer, or while it settles a lost one, stops and writes nothing', async () => {
  for (const [error, state] of [
    [refused, 'sending'],
    [lost, 'settling'],
  ] as const) {
    const there: World = world({
      create: () => {
        if (state === 'sending') lose(there);
        return Promise.reject(error);
      },
      findCreated: () => {
        lose(there);
        return Promise.resolve([running]);
      },
    });
    await assert.rejects(there.creation.create('1000', { plan }, signal(), ignore), CancelledError);
    assert.equal(there.journal.all()[0]?.state, state);
  }
});

test('a window that loses its claim as the instance is ready leaves the end to the other one', async () => {
  const there: World = world({}, () => {
    lose(there);
    return Promise.resolve({ outcome: 'usable', instance: running });
  });
  await assert.rejects(there.creation.create('1000', { plan }, signal(), ignore), CancelledError);
  assert.equal(there.journal.all()[0]?.state, 'working');
});

test('a look refused for good is told once: no other window begins anew while this one lives', async () => {
  const { creation, held } = world({}, () => Promise.reject(refused));
  await assert.rejects(creation.create('1000', { plan }, signal(), ignore), refused);
  assert.equal(held.size, 1);
});

test('a journal that cannot be written sends nothing', async () => {
  const { creation, folder, sent } = world({});
  folder.write = () => Promise.reject(new Error('disk full'));
  await assert.rejects(creation.create('1000', { plan }, signal(), ignore), /disk full/);
  assert.equal(sent(), 0);
});

test('an accepted create whose record cannot be updated is followed all the same', async () => {
  const { creation, folder, put } = world({});
  const { write } = folder;
  let writes = 0;
  folder.write = (name, value) => ((writes += 1) === 1 ? write(name, value) : Promise.reject(new Error('disk full')));
  assert.equal((await creation.create('1000', { plan }, signal(), ignore)).kind, 'usable');
  assert.equal(put[0]?.id, 'postgres-1');
});

const rented: CreatePlan = {
  ...plan,
  offering: 'provisioned',
  rental: {
    specCode: 'pg.it.small2',
    cpu: 1,
    memoryGb: 2,
    storageGb: 50,
    storageType: 'CLOUD_SSD',
    securityGroupIds: [],
    adminName: 'root_1',
    deletionProtection: false,
  },
};
const order = { plan: rented, password: new Secret('Secret-1234') };

test('a password is kept before the request leaves, and for the instance once that is known', async () => {
  const { creation, kept, folder, put } = world({
    create: (sent) => {
      assert.equal(sent.password?.reveal(), 'Secret-1234');
      assert.deepEqual(kept, ['pending op-1 root_1 Secret-1234']);
      return Promise.resolve({ instanceId: 'postgres-1', requestId: 'req-1' });
    },
  });
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'usable');
  assert.deepEqual([...new Set(kept)], ['pending op-1 root_1 Secret-1234', 'settled op-1 postgres-1']);
  assert.ok(![...folder.files.values()].join().includes('Secret-1234'), 'not in the journal');
  assert.partialDeepStrictEqual(put[0], { offering: 'provisioned', specCode: 'pg.it.small2', storageGb: 50, cpu: 1 });
});

test('a password of what was refused is not kept', async () => {
  const { creation, kept } = world({ create: () => Promise.reject(refused) });
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'failed');
  assert.deepEqual(kept, ['pending op-1 root_1 Secret-1234', 'dropped op-1']);
});

test('a password of what was refused is gone before the record ends, so that no crash leaves it behind', async () => {
  const { creation, kept, folder } = world({ create: () => Promise.reject(refused) });
  const { write } = folder;
  folder.write = async (name, value) => {
    if (JSON.stringify(value).includes('"failed"')) kept.push('failed on disk');
    await write(name, value);
  };
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'failed');
  assert.deepEqual(kept, ['pending op-1 root_1 Secret-1234', 'dropped op-1', 'failed on disk']);
});

test('without an id the orders tell which instance was made, however long that takes', async () => {
  const asked: CreateTrace[] = [];
  const { creation, journal, put } = world({
    create: () => Promise.resolve({ orders: ['20261124-1'], requestId: 'req-1' }),
    findCreated: (trace) => Promise.resolve(asked.push(trace) < 7 ? [] : [running]),
  });
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'usable');
  assert.deepEqual(asked[0]?.orders, ['20261124-1']);
  assert.deepEqual(asked[0].plan, rented);
  assert.equal(journal.all()[0]?.instanceId, 'postgres-1');
  assert.equal(put[0]?.createRequestId, 'req-1');
});

test('an order without an instance at the limit is on record, and is taken up by the next start', async () => {
  const { creation, journal } = world({
    create: () => Promise.resolve({ orders: ['20261124-1'], requestId: 'req-1' }),
  });
  const settlement = await creation.create('1000', order, signal(), ignore);
  assert.ok(settlement.kind === 'unsettled');
  assert.match(settlement.explanation.meaning, /took the order/);
  assert.deepEqual(journal.all()[0]?.orders, ['20261124-1']);
});

test('where names are not unique, more denials are needed before it counts as never sent', async () => {
  let asked = 0;
  const { creation, clock, kept } = world({
    create: () => Promise.reject(lost),
    findCreated: () => Promise.resolve(((asked += 1), [])),
  });
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'failed');
  assert.equal(asked, 8);
  assert.ok(clock() >= 100_000);
  assert.deepEqual(kept.at(-1), 'dropped op-1');
});

const twin: Instance = { ...running, id: 'postgres-2' };
const nameTaken = new ServiceError({
  action: 'Create',
  region: 'r',
  code: 'InvalidParameter.InstanceNameExist',
  message: 'exists',
  requestId: 'req-8',
});

test('a slow look at what was there before does not hold a confirmed create up for long', async () => {
  const { creation, sent, clock, journal } = world({ findNamed: () => new Promise(() => undefined) });
  assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'usable');
  assert.deepEqual([sent(), clock()], [1, 5_000]);
  assert.equal(journal.all()[0]?.kind, 'create');
});

for (const code of ['InternalError', 'InternalError.SystemError']) {
  const broken = new ServiceError({ action: 'Create', region: 'r', code, message: 'flow broke', requestId: 'req-9' });

  test(`a create that broke down at the service (${code}) and was carried out all the same is found`, async () => {
    const { creation, put, sent } = world({
      create: () => Promise.reject(broken),
      findCreated: () => Promise.resolve([running]),
    });
    assert.equal((await creation.create('1000', order, signal(), ignore)).kind, 'usable');
    assert.deepEqual([put.at(-1)?.id, sent()], [running.id, 1]);
  });

  test(`a create that broke down at the service (${code}) with nothing made has failed in its words`, async () => {
    const { creation, journal, sent } = world({ create: () => Promise.reject(broken) });
    const settlement = await creation.create('1000', order, signal(), ignore);
    assert.equal(settlement.kind, 'failed');
    assert.partialDeepStrictEqual(journal.all()[0], { state: 'failed', requestId: 'req-9' });
    assert.equal(sent(), 1);
  });
}

/** A create whose answer was lost, up to where it is no longer followed. */
async function lostCreate(
  service: Partial<Pick<InstanceService, 'create' | 'findCreated' | 'findNamed'>>,
  of: { readonly plan: CreatePlan; readonly password?: Secret } = order,
) {
  const there = world({ create: () => Promise.reject(lost), ...service });
  const settlement = await there.creation.create('1000', of, signal(), ignore);
  return { ...there, settlement, operation: settlement.operation };
}

const ask = (there: World, operation: CreateOperation) => there.creation.resume(operation, signal(), ignore);

test('two instances that fit are not taken for one: the person is asked soon, and nothing is sent again', async () => {
  const { settlement, journal, sent, clock, kept, held } = await lostCreate({
    findCreated: () => Promise.resolve([twin, running]),
  });
  assert.ok(settlement.kind === 'unsettled');
  assert.match(settlement.explanation.meaning, /more than one create may have made what is called "demo"/);
  assert.partialDeepStrictEqual(journal.all()[0], { state: 'unsettled', candidates: ['postgres-1', 'postgres-2'] });
  assert.equal(sent(), 1);
  assert.equal(clock(), 15_000, 'four looks that found the same');
  assert.deepEqual([kept, held.size], [['pending op-1 root_1 Secret-1234'], 0]);
});

test('candidates that change are looked at again before a person is asked', async () => {
  let looks = 0;
  const { settlement } = await lostCreate({
    findCreated: () => Promise.resolve((looks += 1) < 4 ? [twin, running] : [running]),
  });
  assert.equal(settlement.kind, 'usable');
});

test('the one that a person chooses is followed, with the password that was kept, and nothing is sent', async () => {
  const there = await lostCreate({ findCreated: () => Promise.resolve([running, twin]) });
  const { creation, operation, journal, kept, put, sent } = there;
  assert.deepEqual(
    (await creation.candidates(operation, signal())).map(({ id }) => id),
    ['postgres-1', 'postgres-2'],
  );
  const settlement = await creation.adopt(operation, twin, signal(), ignore);
  assert.equal(settlement.kind, 'usable');
  assert.partialDeepStrictEqual(journal.all()[0], { state: 'done', instanceId: 'postgres-2' });
  assert.equal(journal.all()[0]?.candidates, undefined);
  assert.deepEqual([...new Set(kept)], ['pending op-1 root_1 Secret-1234', 'settled op-1 postgres-2']);
  assert.deepEqual([put.map(({ id }) => id), sent()], [['postgres-2'], 1]);
});

test('a choice that cannot be put on record changes nothing', async () => {
  const there = await lostCreate({ findCreated: () => Promise.resolve([running, twin]) });
  const { write } = there.folder;
  there.folder.write = () => Promise.reject(new Error('disk full'));
  await assert.rejects(there.creation.adopt(there.operation, twin, signal(), ignore), /disk full/);
  there.folder.write = write;
  assert.equal(there.journal.all()[0]?.state, 'unsettled');
  assert.deepEqual(there.kept, ['pending op-1 root_1 Secret-1234']);
});

test('an editor that ends between the choice and the keeping of the password keeps it at the next start', async () => {
  const there = await lostCreate({ findCreated: () => Promise.resolve([running, twin]) });
  const { journal, operation, kept } = there;
  const chosen = await journal.change(operation, { state: 'working', instanceId: 'postgres-2' });
  assert.equal((await ask(there, chosen)).kind, 'usable');
  assert.ok(kept.includes('settled op-1 postgres-2'));
});

test('none of these: it stays unsettled with its password, at later starts as well, until another one turns up', async () => {
  const listed = [running, twin];
  const there = await lostCreate({ findCreated: () => Promise.resolve([...listed]) });
  const { creation, journal, kept } = there;
  const left = await creation.ruleOut(there.operation, ['postgres-1', 'postgres-2']);
  assert.equal(left.state, 'unsettled');
  assert.match(left.explanation?.meaning ?? '', /You said that none/);
  assert.equal(left.candidates, undefined);
  assert.deepEqual(await creation.candidates(left, signal()), []);

  const next = await ask(there, left);
  assert.ok(next.kind === 'unsettled');
  assert.match(next.explanation.meaning, /You said that none/);
  assert.deepEqual([...new Set(kept)], ['pending op-1 root_1 Secret-1234'], 'somebody may have been mistaken');

  listed.push({ ...running, id: 'postgres-3' });
  assert.equal((await ask(there, next.operation)).kind, 'usable');
  assert.equal(journal.all()[0]?.instanceId, 'postgres-3');
});

test('a later start asks the service again, and the person only when it is still needed', async () => {
  const listed = [running, twin];
  const there = await lostCreate({ findCreated: () => Promise.resolve([...listed]) });
  const again = await ask(there, there.operation);
  assert.ok(again.kind === 'unsettled');
  assert.deepEqual(again.operation.candidates, ['postgres-1', 'postgres-2']);
  listed.pop();
  assert.equal((await ask(there, again.operation)).kind, 'usable');
  assert.equal(there.sent(), 1);
});

test('what was there before it is sent is on record first, as the service lists it and as it is known here', async () => {
  const elsewhere = { ...running, id: 'postgres-9', name: 'other' };
  const traces: CreateTrace[] = [];
  const there: World = world(
    {
      create: () => {
        const record: unknown = JSON.parse(there.folder.files.get('op-1') ?? '');
        assert.partialDeepStrictEqual(record, { earlier: ['postgres-1', 'postgres-2'] });
        return Promise.reject(lost);
      },
      findNamed: () => Promise.resolve([running]),
      findCreated: (trace) => Promise.resolve((traces.push(trace), [{ ...running, id: 'postgres-3' }])),
    },
    undefined,
    [twin, elsewhere],
  );
  assert.equal((await there.creation.create('1000', order, signal(), ignore)).kind, 'usable');
  assert.deepEqual(traces[0]?.earlier, ['postgres-1', 'postgres-2']);
  assert.equal(there.journal.all()[0]?.instanceId, 'postgres-3');
});

test('a service that cannot be asked beforehand does not hold up the create', async () => {
  const traces: CreateTrace[] = [];
  const { settlement } = await lostCreate({
    findNamed: () => Promise.reject(refused),
    findCreated: (trace) => Promise.resolve((traces.push(trace), [running])),
  });
  assert.equal(settlement.kind, 'usable');
  assert.deepEqual(
    traces.map(({ earlier }) => earlier),
    [undefined],
  );
});

test('an editor that ends while it asks beforehand has sent nothing, and nothing is on record', async () => {
  const ending = new AbortController();
  const { creation, folder, sent } = world({
    findNamed: () => {
      ending.abort();
      return Promise.reject(new CancelledError());
    },
  });
  await assert.rejects(creation.create('1000', order, ending.signal, ignore), CancelledError);
  assert.deepEqual([folder.files.size, sent()], [0, 0]);
});

test('what another create is known to have made is no candidate', async () => {
  const there = world({ create: () => Promise.reject(lost), findCreated: () => Promise.resolve([running, twin]) });
  await there.journal.begin({ ...demoCreate, state: 'working', instanceId: 'postgres-1' });
  const settlement = await there.creation.create('1000', order, signal(), ignore);
  assert.equal(settlement.kind, 'usable');
  assert.equal(settlement.operation.instanceId, 'postgres-2');
  const rival = (await there.journal.begin(demoCreate)).operation;
  await assert.rejects(there.creation.adopt(rival, twin, signal(), ignore), /Another create/);
});

test('one instance and two creates that wait for it: the person is asked, not the first to look', async () => {
  const there = world({ create: () => Promise.reject(lost), findCreated: () => Promise.resolve([running]) });
  await there.journal.begin({ ...demoCreate, state: 'unsettled' });
  const settlement = await there.creation.create('1000', order, signal(), ignore);
  assert.ok(settlement.kind === 'unsettled');
  assert.deepEqual(settlement.operation.candidates, ['postgres-1']);
});

test('a create that has failed, ordered something, or is of another name or region, is no rival', async () => {
  const others = [{ state: 'failed' }, { orders: ['order-1'] }, { name: 'other' }, { region: 'ap-beijing' }] as const;
  for (const other of others) {
    const there = world({ create: () => Promise.reject(lost), findCreated: () => Promise.resolve([running]) });
    await there.journal.begin({ ...demoCreate, state: 'unsettled', ...other });
    const settlement = await there.creation.create('1000', order, signal(), ignore);
    assert.equal(settlement.kind, 'usable', JSON.stringify(other));
  }
});

test('a rival that gets its answer meanwhile leaves the other instance to this one', async () => {
  let looks = 0;
  const there: World = world({
    create: () => Promise.reject(lost),
    findCreated: async () => {
      looks += 1;
      if (looks === 8) await there.journal.change(rival, { state: 'working', instanceId: 'postgres-2' });
      return looks < 3 ? [twin] : [running, twin];
    },
  });
  const rival = (await there.journal.begin(demoCreate)).operation;
  const settlement = await there.creation.create('1000', order, signal(), ignore);
  assert.equal(settlement.kind, 'usable');
  assert.equal(settlement.operation.instanceId, 'postgres-1');
});

test('candidates that were seen are asked about at the limit, when the service cannot be asked any more', async () => {
  let looks = 0;
  const { settlement } = await lostCreate({
    findCreated: () => ((looks += 1) > 2 ? Promise.reject(lost) : Promise.resolve([running, twin])),
  });
  assert.deepEqual(settlement.operation.candidates, ['postgres-1', 'postgres-2']);
});

test('a unique name that another instance had before: nothing was created, and it says whose name it is', async () => {
  const { settlement, journal } = await lostCreate({ findNamed: () => Promise.resolve([running]) }, { plan });
  assert.ok(settlement.kind === 'failed');
  assert.match(settlement.explanation.meaning, /taken by another instance, postgres-1, .*Nothing was created/);
  assert.equal(journal.all()[0]?.state, 'failed');
});

test('a unique name that something unlike the plan has now cannot be told, and a person can choose it', async () => {
  let asked = 0;
  const there = await lostCreate({ findNamed: () => Promise.resolve((asked += 1) === 1 ? [] : [running]) }, { plan });
  const { settlement, creation, sent } = there;
  assert.ok(settlement.kind === 'unsettled');
  assert.match(settlement.explanation.meaning, /taken by postgres-1, which is not as it was planned/);
  assert.deepEqual(settlement.operation.candidates, ['postgres-1']);
  assert.deepEqual(await creation.candidates(settlement.operation, signal()), [running]);
  const left = await creation.ruleOut(settlement.operation, ['postgres-1']);
  assert.deepEqual(await creation.candidates(left, signal()), []);
  assert.equal((await ask(there, left)).kind, 'unsettled');
  assert.equal(sent(), 1);
});

test('a name that was free a moment ago and is refused as taken may be taken by this very create', async () => {
  const arrived = await lostCreate(
    { create: () => Promise.reject(nameTaken), findCreated: () => Promise.resolve([running]) },
    { plan },
  );
  assert.equal(arrived.settlement.kind, 'usable');
  assert.equal(arrived.sent(), 1);

  const elsewhere = await lostCreate({ create: () => Promise.reject(nameTaken) }, { plan });
  assert.ok(elsewhere.settlement.kind === 'failed');
  assert.deepEqual([elsewhere.settlement.error, elsewhere.operation.requestId], [nameTaken, 'req-8']);
});

test('a name that is refused as taken and was taken before has failed at once', async () => {
  const { settlement, clock } = await lostCreate(
    {
      create: () => Promise.reject(nameTaken),
      findNamed: () => Promise.resolve([running]),
      findCreated: () => assert.fail('asked what was made'),
    },
    { plan },
  );
  assert.deepEqual([settlement.kind, clock()], ['failed', 0]);
});
