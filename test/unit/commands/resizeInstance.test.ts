import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resizeInstance } from '../../../src/commands/resizeInstance.ts';
import type { ResizeAnswers } from '../../../src/commands/resizeQuestions.ts';
import { majorOf } from '../../../src/commands/resizeQuestions.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import type { Price } from '../../../src/domain/price.ts';
import type { InstanceClass } from '../../../src/domain/rental.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { only, offline } from '../instances/lifeWorld.ts';
import { success } from '../instances/changeWorld.ts';
import { manageDesk } from './manageDesk.ts';
import { drawn } from '../../support/scriptedPrompter.ts';

const small2: InstanceClass = { specCode: 'pg.it.small2', cpu: 2, memoryGb: 4, minStorageGb: 10, maxStorageGb: 100 };
const classes: readonly InstanceClass[] = [
  { specCode: 'pg.it.small1', cpu: 1, memoryGb: 2, minStorageGb: 10, maxStorageGb: 500 },
  small2,
  { specCode: 'pg.it.tiny', cpu: 1, memoryGb: 1, minStorageGb: 10, maxStorageGb: 10 },
];
const toSmall2: readonly Move[] = [{ choose: 'small2' }, { type: '50' }, { choose: 'As soon' }, { choose: 'Resize' }];

/** Resizes an instance of 1 core, 2 GB, 20 GB. */
async function resized(
  moves: readonly Move[],
  setting: {
    readonly fields?: Partial<Instance>;
    readonly price?: Price | Error | undefined;
    readonly limit?: number;
    readonly confirms?: readonly boolean[];
    readonly waits?: boolean;
  } = {},
) {
  const desk = await manageDesk<ResizeAnswers>({ moves, confirms: setting.confirms ?? [] });
  const { world, deps } = desk;
  const queries: unknown[] = [];
  if (setting.waits === true) world.tasks.push({ id: 7, status: 'WaitSwitch', percent: 90 }, success);
  if ('price' in setting) {
    const { price } = setting;
    world.management.resizePrice = () => (price instanceof Error ? Promise.reject(price) : Promise.resolve(price));
  }
  const shop = world.add({ version: '16.4', storageType: 'CLOUD_SSD', chargeType: 'postpaid', ...setting.fields });
  await resizeInstance({
    ...deps,
    catalog: () => ({
      classes: (region, of) => {
        queries.push([region, of]);
        return Promise.resolve([...classes]);
      },
    }),
    priceLimit: () => setting.limit,
  })(shop);
  return { ...desk, queries };
}

test('class, storage and time are asked for, the price is shown, and the new size is sent once', async () => {
  const { prompter, calls, queries, messages, window } = await resized(toSmall2);
  assert.deepEqual(queries, [['ap-guangzhou', { zone: 'ap-guangzhou-2', version: '16', storageType: 'CLOUD_SSD' }]]);
  assert.deepEqual(
    prompter.seen.map(({ key }) => key),
    ['machine', 'storage', 'switch', 'review'],
  );
  assert.equal(prompter.seen[1]?.value, '20', 'what it has is proposed');
  assert.deepEqual(prompter.seen[3]?.rows, ['$(cloud-upload) Resize', 'Class', 'Storage', 'Time of switching']);
  assert.deepEqual(calls, ['resize now postgres-aaaa1111']);
  assert.equal(only(window.journal, 'resize').subject, '2/4/50');
  assert.deepEqual(messages.shown, ['status: "shop" now has 2 cores, 4 GB, 50 GB.']);
});

test('the present class is marked, and one whose storage is too small cannot be chosen', async () => {
  const { deps, world } = await manageDesk<ResizeAnswers>();
  const shown: string[] = [];
  await resizeInstance({
    ...deps,
    catalog: () => ({ classes: () => Promise.resolve([...classes]) }),
    priceLimit: () => undefined,
    ask: async (_heading, question, answers) => {
      const prompt = question.prompt(answers);
      assert.ok(prompt.kind === 'pick' && 'load' in prompt.source);
      const rows = (await prompt.source.load(new AbortController().signal))('');
      for (const row of rows) {
        const { description, detail, active, choose } = row;
        shown.push([drawn(row), description, detail, active, choose.kind].join(' | '));
      }
      return { kind: 'cancel' };
    },
  })(world.add());
  assert.deepEqual(shown, [
    'pg.it.small1 | 1 core, 2 GB · 10 to 500 GB of storage · as it is now |  | true | reply',
    'pg.it.small2 | 2 cores, 4 GB · 10 to 100 GB of storage |  | false | reply',
    '$(circle-slash) pg.it.tiny | 1 core, 1 GB · 10 to 10 GB of storage | The instance has 20 GB, and storage cannot shrink. | false | nothing',
  ]);
});

test('storage grows in steps within the class, and never shrinks', async () => {
  const { deps, world } = await manageDesk<ResizeAnswers>();
  let rule: ((text: string) => string | undefined) | undefined;
  await resizeInstance({
    ...deps,
    catalog: () => ({ classes: () => Promise.resolve([...classes]) }),
    priceLimit: () => undefined,
    ask: (_heading, question, answers) => {
      const prompt = question.prompt(answers);
      if (prompt.kind === 'text') rule = prompt.rule;
      return Promise.resolve(
        question.key === 'machine'
          ? ({ kind: 'answer', values: { machine: small2 } } as const)
          : ({ kind: 'cancel' } as const),
      );
    },
  })(world.add());
  assert.ok(rule !== undefined);
  for (const good of ['20', ' 30 ', '100']) assert.equal(rule(good), undefined);
  for (const bad of ['10', '25', '110', '', 'x', '-20', '2e1']) assert.notEqual(rule(bad), undefined, bad);
});

test('the size that it has now is not sent', async () => {
  const moves: Move[] = [
    { choose: 'small1' },
    'enter',
    { choose: 'As soon' },
    { choose: 'size that it has' },
    'escape',
  ];
  const { calls, prompter } = await resized(moves);
  assert.deepEqual(calls, []);
  assert.ok(!prompter.seen[3]?.rows.includes('$(cloud-upload) Resize'));
});

test('a price above the limit, and none where there is a limit, is asked about once more', async () => {
  const dear = { hundredths: 251, currency: 'CNY' };
  for (const [setting, words] of [
    [{ price: dear, limit: 2.5 }, /above your price limit\?\n.*CNY 2\.51 per hour/],
    [{ price: undefined, limit: 2.5 }, /without a price/],
    [{ price: offline, limit: 2.5 }, /without a price/],
  ] as const) {
    const stopped = await resized(toSmall2, { ...setting, confirms: [false] });
    assert.match(stopped.dialogs.join(), words);
    assert.deepEqual(stopped.calls, []);
    assert.equal((await resized(toSmall2, { ...setting, confirms: [true] })).calls.length, 1);
  }
  const cheap = await resized(toSmall2, { price: { hundredths: 250, currency: 'CNY' }, limit: 2.5 });
  assert.deepEqual([cheap.dialogs, cheap.calls.length], [[], 1]);
  const free = await resized(toSmall2, { price: undefined });
  assert.deepEqual([free.dialogs, free.calls.length], [[], 1], 'without a limit no price is needed');
});

test('where the time is paid at once, the sum is asked about always', async () => {
  const fields = { chargeType: 'PREPAID' };
  const { dialogs, calls } = await resized(toSmall2, { fields, confirms: [false] });
  assert.match(dialogs.join(), /Pay for the new size at once\?\nCNY 1\.23 is taken/);
  assert.deepEqual(calls, []);
});

test('a price that fails is said in its row, and can be asked for again', async () => {
  const { prompter, calls } = await resized(
    [{ choose: 'small2' }, { type: '50' }, { choose: 'window' }, { choose: 'price again' }, 'escape'],
    { price: offline },
  );
  assert.ok(prompter.seen[3]?.rows.includes('$(refresh) Ask for the price again'));
  assert.deepEqual(calls, []);
});

test('a size that waits for its maintenance window is said, and its end as well', async () => {
  const moves: Move[] = [{ choose: 'small2' }, { type: '50' }, { choose: 'maintenance window' }, { choose: 'Resize' }];
  const { messages, calls } = await resized(moves, { waits: true });
  assert.deepEqual(calls, ['resize maintenanceWindow postgres-aaaa1111']);
  assert.match(messages.shown[0] ?? '', /^info: "shop" is prepared and switches over in its maintenance window/);
  assert.equal(messages.shown[1], 'status: "shop" now has 2 cores, 4 GB, 50 GB.');
});

test('a kind that has no size is refused with words', async () => {
  const { messages, calls, prompter } = await resized([], { fields: { offering: 'serverless' } });
  assert.match(messages.shown.join(), /cannot do this/);
  assert.deepEqual([calls, prompter.seen], [[], []]);
});

test('the major version is what classes are listed for', () => {
  assert.deepEqual(['16.4', '16', '9.5.4', '9.6', ''].map(majorOf), ['16', '16', '9.5', '9.6', '']);
});
