import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayComeFrom } from '../../../src/api/trace.ts';
import { createPasswords } from '../../../src/credentials/passwords.ts';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { ServiceError } from '../../../src/domain/errors.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { hasEnded } from '../../../src/domain/operation.ts';
import type { CreateOrder, InstanceService, JsonFolder, Sleep } from '../../../src/domain/ports.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { createCreation } from '../../../src/instances/creation.ts';
import { createFollower } from '../../../src/instances/follower.ts';
import { createJournal } from '../../../src/instances/journal.ts';
import type { CreateOperation } from '../../../src/instances/operation.ts';
import { createWatcher } from '../../../src/instances/watcher.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryClaims, memoryFolder, memoryLog } from '../../support/memory.ts';
import { memoryFacts, memorySecrets } from '../../support/targets.ts';
import { virtualClock } from '../../support/virtualClock.ts';
import { explain } from './changeWorld.ts';
import { lost, offline } from './lifeWorld.ts';

/** How the service meets a create. `twin`: another tool makes the same at that moment. */
const answers = ['accepted', 'refused', 'lost, arrived', 'lost, not arrived', 'lost, arrived, twin'] as const;
type Answer = (typeof answers)[number];

type Kind = 'serverless' | 'provisioned';

type Step =
  | {
      readonly do: 'create';
      readonly window: 0 | 1;
      readonly name: 'a' | 'b';
      readonly kind: Kind;
      readonly answer: Answer;
    }
  /** After so many more steps of its work the window is killed; the next one opens over what is on disk. */
  | { readonly do: 'kill'; readonly window: 0 | 1; readonly after: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  /** For so long the service cannot be asked what there is. */
  | { readonly do: 'goOffline'; readonly milliseconds: number }
  | { readonly do: 'answer'; readonly window: 0 | 1 };

const anyWindow = fc.constantFrom(0 as const, 1 as const);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      window: anyWindow,
      name: fc.constantFrom('a' as const, 'b' as const),
      kind: fc.constantFrom<Kind>('serverless', 'provisioned'),
      answer: fc.constantFrom(...answers),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), window: anyWindow, after: fc.nat(25) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.nat(90_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('goOffline' as const), milliseconds: fc.nat(400_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('answer' as const), window: anyWindow }) },
);

const accountId = '100000000001';
const user = 'admin';
const never = (): Promise<never> => new Promise(() => undefined);
const passwordOf = (n: number): string => `Geheim-${String(n)}`;
const numberOf = ({ tags }: Pick<CreatePlan, 'tags'>): number => Number(tags[0]?.value);

function planOf(n: number, name: string, offering: Kind): CreatePlan {
  const place = { offering, region: 'ap-guangzhou', zone: 'ap-guangzhou-2', name, version: '16', charset: 'UTF8' };
  // By the tag the books tell whose it is; nothing that is tested looks at it.
  const plan = { ...place, tags: [{ key: 'n', value: String(n) }] };
  if (offering === 'serverless') return plan;
  const size = { specCode: 'pg.it.small2', storageGb: 20, storageType: 'CLOUD_SSD' };
  return { ...plan, rental: { ...size, securityGroupIds: [], adminName: user, deletionProtection: false } };
}

/** One service and one disk, and the windows of one person between them. */
function world() {
  const clock = virtualClock();
  const disk = memoryFolder();
  const held = new Map<string, AbortController>();
  const secrets = memorySecrets();
  const facts = memoryFacts();
  const known = new Map<string, Instance>();
  /** The service's own books. */
  const books: (Instance & { readonly madeBy: number })[] = [];
  /** How often each create has reached the service. */
  const sent = new Map<number, number>();
  const meets = new Map<number, Answer>();
  let offlineUntil = 0;
  let ids = 0;
  let creates = 0;

  function made(plan: CreatePlan, madeBy: number): string {
    const id = `postgres-${String(books.length + 1)}`;
    const { offering, name, region, zone } = plan;
    books.push({ ...instanceWith({ id, accountId, offering, name, region, zone, tags: [] }), madeBy });
    return id;
  }

  function create({ plan }: CreateOrder): { instanceId: string; requestId: string } {
    const n = numberOf(plan);
    sent.set(n, (sent.get(n) ?? 0) + 1);
    const answer = meets.get(n) ?? 'accepted';
    if (answer === 'lost, not arrived') throw lost;
    const isTaken = books.some(({ name, offering }) => name === plan.name && offering === plan.offering);
    const code = answer === 'refused' ? 'InvalidParameter' : 'InvalidParameter.InstanceNameExist';
    if (answer === 'refused' || (plan.offering === 'serverless' && isTaken)) {
      throw new ServiceError({ action: 'A', region: 'r', code, message: 'no', requestId: 'req' });
    }
    const instanceId = made(plan, n);
    if (answer === 'lost, arrived, twin' && plan.offering === 'provisioned') made(plan, -1);
    if (answer !== 'accepted') throw lost;
    return { instanceId, requestId: 'req' };
  }

  function listed(): readonly Instance[] {
    if (clock.now() < offlineUntil) throw offline;
    return books;
  }

  const rightClock = { now: clock.now, ahead: () => 0 };

  function service(offering: string): Pick<InstanceService, 'create' | 'findCreated' | 'findNamed' | 'findById'> {
    const mine = (): readonly Instance[] => listed().filter((one) => one.offering === offering);
    const answer = <T>(work: () => T): Promise<T> =>
      new Promise((resolve) => {
        resolve(work());
      });
    return {
      create: (order) => answer(() => create(order)),
      findNamed: (_region, name) => answer(() => mine().filter((one) => one.name === name)),
      findCreated: (trace) => answer(() => mine().filter((one) => mayComeFrom(one, trace, rightClock))),
      findById: (_region, id) => answer(() => mine().find((one) => one.id === id)),
    };
  }

  /** One window. When it is killed nothing that it has begun goes on, and nothing is tidied up. */
  async function open() {
    let isDead = false;
    let stepsLeft = Infinity;
    const claimed: string[] = [];

    function die(): void {
      isDead = true;
      for (const id of claimed) held.delete(id);
    }
    /** A point at which it may be killed: before what it does, and after that and before it knows. */
    async function point(): Promise<void> {
      if (!isDead && (stepsLeft -= 1) < 0) die();
      if (isDead) await never();
    }
    async function step<T>(work: () => PromiseLike<T>): Promise<T> {
      await point();
      const result = await Promise.resolve(work()).then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      await point();
      return result();
    }

    const folder: JsonFolder = {
      ...disk,
      read: () => step(() => disk.read()),
      readOne: (name) => step(() => disk.readOne(name)),
      write: (name, value) => step(() => disk.write(name, value)),
      remove: (name) => step(() => disk.remove(name)),
      watch: (listener) =>
        disk.watch((names) => {
          if (!isDead) listener(names);
        }),
    };
    const sleep: Sleep = async (milliseconds, signal) => {
      if (isDead) await never();
      await clock.sleep(milliseconds, signal);
      if (isDead) await never();
    };
    const own = memoryClaims(held);
    const claims = {
      ...own,
      take: async (id: string) => {
        if (isDead) await never();
        const claim = await own.take(id);
        if (claim !== undefined) claimed.push(id);
        return claim;
      },
    };
    const log = memoryLog();
    const { now } = clock;
    const journal = createJournal({ folder, claims, now, newId: () => `op-${String((ids += 1))}`, sleep: never, log });
    await journal.open();
    const passwords = createPasswords({
      secrets: {
        get: (key) => step(() => secrets.get(key)),
        store: (key, value) => step(() => secrets.store(key, value)),
        delete: (key) => step(() => secrets.delete(key)),
      },
      memory: facts,
      log,
    });
    const asService = ({ offering }: { readonly offering: string }) => {
      const there = service(offering);
      return {
        create: (...call: Parameters<typeof there.create>) => step(() => there.create(...call)),
        findNamed: (...call: Parameters<typeof there.findNamed>) => step(() => there.findNamed(...call)),
        findCreated: (...call: Parameters<typeof there.findCreated>) => step(() => there.findCreated(...call)),
        clockAhead: () => step(() => Promise.resolve(0)),
      };
    };
    const limit = (): number => 300_000;
    const watcher = createWatcher({
      find: ({ offering, region, instanceId }, signal) =>
        step(() => service(offering).findById(region, instanceId, signal)),
      ...{ sleep, now, limit, explain },
      interval: () => 5_000,
      onTrouble: () => undefined,
    });
    const creation = createCreation({
      ...{ journal, passwords, watcher, explain, sleep, now, limit, log },
      registry: {
        put: (_account, instance) => void known.set(instance.id, instance),
        regions: () => [{ region: 'ap-guangzhou', instances: [...known.values()] }],
      },
      service: asService,
    });
    const follower = createFollower({
      ...{ journal, claims, sleep, now, log },
      settle: async (operation, signal) => {
        if (operation.kind === 'create') await creation.resume(operation, signal, () => undefined);
      },
      canFollow: () => true,
      interval: 15_000,
      onFailure: () => undefined,
    });
    follower.start();

    /** The person knows which one is theirs, by what is not the service's to tell. */
    async function answer(): Promise<void> {
      for (const { id, candidates } of journal.all()) {
        if (candidates === undefined) continue;
        await follower.decide(id, async (operation, signal) => {
          if (operation.kind !== 'create' || operation.candidates === undefined) return;
          const found = await creation.candidates(operation, signal);
          const mine = found.find((one) => truth(one.id) === numberOf(operation.plan));
          if (mine !== undefined) await creation.adopt(operation, mine, signal, () => undefined);
          else if (found.length > 0)
            await creation.ruleOut(
              operation,
              found.map((one) => one.id),
            );
        });
      }
    }

    return {
      journal,
      passwords,
      follower,
      creation,
      answer,
      isDead: () => isDead,
      killAfter: (steps: number) => {
        stepsLeft = steps;
      },
      kill: die,
    };
  }

  const truth = (id: string): number | undefined => books.find((one) => one.id === id)?.madeBy;

  return {
    ...{ clock, disk, books, sent, open },
    goOffline: (milliseconds: number) => {
      offlineUntil = clock.now() + milliseconds;
    },
    /** The next create of this name, by its number. */
    order(name: string, kind: Kind, answer: Answer): { readonly plan: CreatePlan; readonly password?: Secret } {
      const n = (creates += 1);
      meets.set(n, answer);
      const plan = planOf(n, name, kind);
      return kind === 'serverless' ? { plan } : { plan, password: new Secret(passwordOf(n)) };
    },
  };
}

const off = new AbortController().signal;

async function lived(steps: readonly Step[]) {
  const made = world();
  const { clock } = made;
  const windows = [await made.open(), await made.open()] as const;
  const live = [...windows];

  async function at(index: 0 | 1) {
    const there = live[index] ?? assert.fail();
    if (!there.isDead()) return there;
    return (live[index] = await made.open());
  }

  for (const step of steps) {
    switch (step.do) {
      case 'create': {
        const { creation } = await at(step.window);
        const order = made.order(step.name, step.kind, step.answer);
        creation.create(accountId, order, off, () => undefined).catch(() => undefined);
        break;
      }
      case 'kill':
        (await at(step.window)).killAfter(step.after);
        break;
      case 'wait':
        await clock.sleep(step.milliseconds, off);
        break;
      case 'goOffline':
        made.goOffline(step.milliseconds);
        break;
      case 'answer': {
        const there = await at(step.window);
        there.answer().catch(() => undefined);
        break;
      }
    }
  }
  // In the end every editor is closed, and some more starts find a service that answers.
  await clock.sleep(20_000, off);
  for (const window of live) window.kill();
  made.goOffline(0);
  let last = await made.open();
  for (let start = 0; start < 3; start += 1) {
    await clock.sleep(900_000, off);
    await last.answer();
    await clock.sleep(60_000, off);
    last.kill();
    last = await made.open();
  }
  last.kill();
  return { ...made, records: last.journal.all().filter((one): one is CreateOperation => one.kind === 'create') };
}

test('for one confirmed create there is at most one instance, none that is unknown, and no password is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 10 }), async (steps) => {
      const { books, sent, records, disk, open } = await lived(steps);
      for (const [n, times] of sent) assert.equal(times, 1, `create ${String(n)} was sent ${String(times)} times`);

      const reader = await open();
      for (const { id, madeBy, offering } of books) {
        if (madeBy < 0) continue;
        const mine = records.filter(({ instanceId }) => instanceId === id);
        assert.deepEqual(
          mine.map(({ plan, state }) => [numberOf(plan), state]),
          [[madeBy, 'done']],
          `${id} of create ${String(madeBy)}`,
        );
        if (offering === 'provisioned') {
          assert.equal((await reader.passwords.get(id, user))?.reveal(), passwordOf(madeBy), id);
        }
      }
      reader.kill();
      for (const { instanceId, state, plan } of records) {
        assert.ok(hasEnded({ state }) || state === 'unsettled', `create ${String(numberOf(plan))} is ${state}`);
        if (books.some(({ madeBy }) => madeBy === numberOf(plan)) || instanceId === undefined) continue;
        // One that another tool made at that moment, and that nobody else has a claim to, cannot be told from it.
        assert.equal(books.find(({ id }) => id === instanceId)?.madeBy, -1, `${instanceId} is not its own`);
      }
      assert.doesNotMatch([...disk.files.values()].join(), /Geheim/);
    }),
    {
      numRuns: 150,
      // Found by chance, once in ten thousand runs: what is left of two after a choice and a crash.
      examples: [
        [
          [
            { do: 'create', window: 0, name: 'a', kind: 'provisioned', answer: 'lost, not arrived' },
            { do: 'create', window: 0, name: 'a', kind: 'provisioned', answer: 'lost, arrived, twin' },
            ...Array.from({ length: 5 }, (): Step => ({ do: 'wait', milliseconds: 90_000 })),
            { do: 'kill', window: 0, after: 7 },
            { do: 'answer', window: 0 },
          ],
        ],
      ],
    },
  );
});
