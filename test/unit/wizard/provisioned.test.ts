import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalog } from '../../../src/domain/ports.ts';
import type { InstanceClass } from '../../../src/domain/rental.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import type { TextPrompt } from '../../../src/wizard/question.ts';
import type { QuestionOptions } from '../../../src/wizard/questionOptions.ts';
import { answersOf, orderOf, priceQueryOf } from '../../../src/wizard/questions.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { catalog, list, options, play, type Given, rented, rentedOnly, shown } from './createWorld.ts';
import { drawn } from '../../support/scriptedPrompter.ts';

const using = (overrides: Partial<QuestionOptions> = {}, given: Given = {}): QuestionOptions =>
  options(overrides, { ...rentedOnly, ...given });

/** The moves to the review with another one at a question. */
const instead = (at: number, ...moves: readonly Move[]): readonly Move[] => [
  ...rented.slice(0, at),
  ...moves,
  ...rented.slice(at + 1),
];

const plan = {
  offering: 'provisioned',
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-2',
  name: 'pg-free',
  version: '16',
  charset: 'UTF8',
  network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
  tags: [],
  rental: {
    specCode: 'pg.medium',
    cpu: 2,
    memoryGb: 4,
    storageGb: 50,
    storageType: 'CLOUD_SSD',
    securityGroupIds: [],
    adminName: 'dbadmin',
    deletionProtection: false,
  },
};

const answers: Partial<Answers> = answersOf(plan);
const withPassword: Partial<Answers> = { newPassword: { kind: 'generated', password: new Secret('never shown') } };

test('the questions come in the order of their dependence, and give a plan with an hourly price and a password', async () => {
  const { order, keys } = await play([...rented, { choose: 'Create' }], using());
  assert.deepEqual(keys, [
    ...['region', 'zone', 'version', 'class', 'storage', 'storageType', 'standby', 'vpc', 'subnet', 'securityGroups'],
    ...['name', 'adminName', 'password', 'charset', 'project', 'tags', 'protection', 'review'],
  ]);
  assert.deepEqual(order?.plan, plan);
  assert.equal(order.generated, true);
  assert.equal(order.password?.reveal().length, 20);
});

test('every parameter of the action can be given', async () => {
  const { order } = await play(
    [
      ...rented.slice(0, 6),
      { choose: 'ap-guangzhou-3' },
      { choose: 'vpc-1' },
      { choose: 'subnet-1' },
      { choose: 'sg-2' },
      { choose: 'Use "sg-9"', typed: 'sg-9' },
      { type: ' 库-1 ' },
      { type: 'Boss_1' },
      { choose: 'Type one' },
      { type: 'Ab1-efgh' },
      { type: 'Ab1-efgh' },
      { choose: 'LATIN1' },
      { choose: '7' },
      { choose: 'Add env = prod', typed: 'env=prod' },
      { choose: 'Done' },
      { choose: 'On' },
      { choose: 'Create' },
    ],
    using({}, { 'create.chargeType': 'prepaid', 'create.prepaidMonths': 3 }),
  );
  assert.deepEqual(order?.plan, {
    ...plan,
    name: '库-1',
    charset: 'LATIN1',
    projectId: 7,
    tags: [{ key: 'env', value: 'prod' }],
    rental: {
      ...plan.rental,
      standbyZone: 'ap-guangzhou-3',
      securityGroupIds: ['sg-2', 'sg-9'],
      adminName: 'Boss_1',
      deletionProtection: true,
      prepaidMonths: 3,
    },
  });
  assert.equal(order.password?.reveal(), 'Ab1-efgh');
  assert.equal(order.generated, false);
});

test('a plan becomes answers and the same plan again, paid as the settings say now', () => {
  const hourly = { ...plan.rental, standbyZone: 'ap-guangzhou-3', securityGroupIds: ['sg-1'] };
  const full = { ...plan, projectId: 0, rental: { ...hourly, prepaidMonths: 12 } };
  assert.equal(orderOf(answersOf(full), {}), undefined, 'without a password there is nothing to send');
  const kept = { ...answersOf(full), ...withPassword };
  assert.deepEqual(orderOf(kept, {})?.plan, { ...full, rental: hourly });
  assert.deepEqual(orderOf(kept, { prepaidMonths: 12 })?.plan, full);
});

test('zones that are sold out or shut are shown with the reason, below the others, and cannot be chosen', async () => {
  const { seen, order } = await play(
    [...instead(1, { choose: 'ap-guangzhou-4' }, { choose: 'ap-guangzhou-2' }), { choose: 'Create' }],
    using(),
  );
  assert.deepEqual(seen[1]?.lines, [
    'ap-guangzhou-2 | Two | ',
    'ap-guangzhou-3 | Three | ',
    'ap-guangzhou-1 | One · not available | ',
    'ap-guangzhou-4 | Four · sold out | ',
  ]);
  assert.equal(order?.plan.zone, 'ap-guangzhou-2');
});

test('versions stand by number, the newest marked, those for existing instances last and shut', async () => {
  const { rows } = await list(using(), 'version', answers);
  assert.deepEqual(
    rows().map(({ label, description }) => `${label}: ${description ?? ''}`),
    ['16: 16.10 · newest', '14: 14.2', '9: 9.6', '11: 11.22 · only for instances that are there already'],
  );
  assert.deepEqual(rows().at(-1)?.choose, { kind: 'nothing' });
  assert.deepEqual(rows('11').at(-1)?.label, '11', 'typing it opens no way around');
});

test('a class says its cores, memory, storage and price, with the storage that was chosen or set, or else with the least', async () => {
  const place = { region: plan.region, zone: plan.zone, majorVersion: plan.version };
  for (const [given, set, price] of [
    [place, {}, 'CNY 2.20/h'],
    [place, { 'defaults.storage': 50 }, 'CNY 2.50/h'],
    [answers, { 'defaults.storage': 40 }, 'CNY 2.50/h'],
  ] as const) {
    const { source, rows } = await list(using({}, set), 'class', given);
    assert.equal(rows()[1]?.description, '2 cores, 4 GB · 20 to 500 GB storage');
    await source.later?.(() => undefined, new AbortController().signal);
    assert.equal(rows()[1]?.description, `2 cores, 4 GB · 20 to 500 GB storage · ${price}`);
  }
});

test('a class that is offered nowhere leads back to what it depends on', async () => {
  const { keys } = await play(
    [...instead(3, { choose: 'Choose another zone' }, { choose: 'ap-guangzhou-3' }, { choose: 'pg.small' }), 'escape'],
    using({
      catalog: {
        ...catalog,
        classes: (region, of, signal) =>
          of.zone === 'ap-guangzhou-2' ? Promise.resolve([]) : catalog.classes(region, of, signal),
      },
    }),
  );
  assert.deepEqual(keys.slice(2, 6), ['version', 'class', 'zone', 'class']);
});

function storage(given: Partial<Answers>, overrides: Partial<QuestionOptions> = {}): TextPrompt<Answers> {
  const prompt = shown(using(overrides), 'storage', given).prompt(given);
  assert.ok(prompt.kind === 'text');
  return prompt;
}

const [small]: readonly InstanceClass[] = await catalog.classes(
  '',
  { zone: '', version: '', storageType: '' },
  new AbortController().signal,
);
const onSmall: Partial<Answers> = {
  ...answers,
  machine: {
    ...(small ?? assert.fail()),
    zone: 'ap-guangzhou-2',
    majorVersion: '16',
    storageType: 'CLOUD_SSD',
  },
};

test('storage is taken in steps of 10 within the class, and says its price while one types', async () => {
  const { prompt, rule, value, lookUp } = storage(onSmall);
  assert.match(prompt, /from 10 to 100/);
  assert.equal(value, '50');
  for (const text of ['55', '0', '110', '-10', '1e2', '５０', '50.0', '', ' ', '9'.repeat(30)]) {
    assert.equal(typeof rule(text), 'string', text);
  }
  assert.equal(rule(' 100 '), undefined);
  const found = await lookUp?.(' 70 ', new AbortController().signal);
  assert.deepEqual(found, { severity: 'info', message: 'CNY 1.70 per hour, about CNY 1241.00 per month' });
});

test('a storage that the new class does not take stays in the box, with what is wrong with it', () => {
  const { value, problem } = storage({ ...onSmall, storageGb: 300 });
  assert.equal(value, '300');
  assert.match(problem ?? '', /At most 100 GB/);
  assert.equal(shown(using(), 'storage', onSmall).holds({ ...onSmall, storageGb: 300 }), false);
});

test('a price of 0 is one; without a price the reason is told, and none is made up', async () => {
  const say = async (price: Catalog['price']): Promise<string | undefined> =>
    (await storage(onSmall, { catalog: { ...catalog, price } }).lookUp?.('70', new AbortController().signal))?.message;
  const of = (hundredths: number) => () => Promise.resolve({ hundredths, currency: 'USD' });
  assert.match((await say(of(0))) ?? '', /^USD 0\.00 per hour, about USD 0\.00 per month$/);
  assert.equal(await say(of(Number.MAX_SAFE_INTEGER)), 'USD 90071992547409.91 per hour');
  assert.equal(await say(() => Promise.resolve(undefined)), 'Price not available: The service names none.');
  assert.equal(await say(() => Promise.reject(new Error('x'))), 'Price not available: No way');
});

test('a type of storage without the class, or with less room, is shown with the reason and cannot be chosen', async () => {
  const of = (overrides: Partial<Catalog>, given: Partial<Answers>) =>
    list(using({ catalog: { ...catalog, ...overrides } }), 'storageType', given);
  const { source, rows } = await of({}, { ...answers, storageGb: 50 });
  await source.later?.(() => undefined, new AbortController().signal);
  assert.deepEqual(
    rows().map(({ description, choose }) => [description, choose.kind]),
    [
      ['Local SSD of the machine · CNY 2.50/h', 'reply'],
      ['Premium cloud disk · CNY 2.50/h', 'reply'],
      ['SSD cloud disk · CNY 2.50/h', 'reply'],
      ['Enhanced SSD cloud disk · not with this class in ap-guangzhou-2', 'nothing'],
    ],
  );
  const narrow = await of({}, { ...onSmall, storageGb: 300 });
  assert.match(narrow.rows()[0]?.description ?? '', /not with 300 GB: it takes 10 to 100 GB storage/);
  const refused = await of(
    {
      classes: (region, wanted, signal) =>
        wanted.storageType === 'CLOUD_SSD' ? Promise.reject(new Error('x')) : catalog.classes(region, wanted, signal),
    },
    answers,
  );
  assert.equal(refused.rows()[2]?.description, 'SSD cloud disk · No way');
  await assert.rejects(of({ classes: () => Promise.reject(new Error('offline')) }, answers), /offline/);
});

test('the class is the one of the type that was chosen, with its range', async () => {
  const { order, answers: given } = await play([...rented, { choose: 'Create' }], using());
  assert.equal(given?.machine?.storageType, 'CLOUD_SSD');
  assert.ok(order !== undefined);
  assert.deepEqual(priceQueryOf(order.plan), {
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    specCode: 'pg.medium',
    storageGb: 50,
    storageType: 'CLOUD_SSD',
  });
});

test('the second zone is one that the first one names, and not the first one itself', async () => {
  const { rows } = await list(using(), 'standby', answers);
  assert.deepEqual(rows().map(drawn), ['$(circle-slash) No second zone', 'ap-guangzhou-3']);
});

test('a VPC is needed: there is no row without one, and an empty list says what to do', async () => {
  const { rows } = await list(using(), 'vpc', answers);
  assert.deepEqual(
    rows().map(({ label }) => label),
    ['vpc-1'],
  );
  const none = await list(using({ catalog: { ...catalog, vpcs: () => Promise.resolve([]) } }), 'vpc', answers);
  assert.deepEqual(none.rows()[0]?.choose, { kind: 'reload' });
});

test('security groups are added and taken away one by one, and Back keeps them', async () => {
  const { order } = await play(
    [
      ...rented.slice(0, 9),
      { choose: 'sg-1' },
      { choose: 'sg-2' },
      { choose: 'sg-1' },
      { back: '' },
      { choose: 'subnet-1' },
      { choose: 'Done' },
      ...rented.slice(10),
      { choose: 'Create' },
    ],
    using(),
  );
  assert.deepEqual(order?.plan.rental?.securityGroupIds, ['sg-2']);
});

test('a list that fails says why, and still takes what is typed', async () => {
  const failing = (): Promise<never> => Promise.reject(new Error('offline'));
  const { order } = await play(
    [
      { choose: 'ap-guangzhou' },
      { choose: 'Use "ap-guangzhou-7"', typed: 'ap-guangzhou-7' },
      { choose: 'Use "18"', typed: '18' },
      { choose: 'Use "pg.it.small2"', typed: 'pg.it.small2' },
      { type: '20' },
      { choose: 'Use "CLOUD_NEW"', typed: 'CLOUD_NEW' },
      { choose: 'No second zone' },
      { choose: 'Use "vpc-9"', typed: 'vpc-9' },
      { choose: 'Use "subnet-9"', typed: 'subnet-9' },
      { choose: 'Use "sg-9"', typed: 'sg-9' },
      'enter',
      'enter',
      { choose: 'Generate one' },
      { choose: 'UTF8' },
      { choose: 'Default project' },
      { choose: 'No tags' },
      { choose: 'Off' },
      { choose: 'Create' },
    ],
    using({
      catalog: {
        ...catalog,
        regions: failing,
        zones: failing,
        versions: failing,
        classes: failing,
        price: failing,
        vpcs: failing,
        subnets: failing,
        securityGroups: failing,
        projects: failing,
      },
    }),
  );
  assert.equal(order?.plan.rental?.specCode, 'pg.it.small2');
  assert.equal(order.plan.rental.storageType, 'CLOUD_NEW');
  assert.deepEqual(order.plan.rental.securityGroupIds, ['sg-9']);
});

test('the review shows what will be sent, each line leading to its question, and no password', async () => {
  const { rows, source } = await list(using({}, { 'create.hourlyPriceLimit': 2 }), 'review', {
    ...answers,
    ...withPassword,
  });
  await source.later?.(() => undefined, new AbortController().signal);
  assert.deepEqual(
    rows().map((row) => `${drawn(row)}: ${row.description ?? ''}`),
    [
      '$(cloud-upload) Create: in account 1000',
      '$(copy) Copy request as JSON: CreateInstances 2017-03-12',
      '$(warning) Price: CNY 2.50 per hour, about CNY 1825.00 per month: above your limit of 2 per hour',
      'Kind of instance: Pay-as-you-go',
      'Region: ap-guangzhou',
      'Availability zone: ap-guangzhou-2',
      'Version: 16',
      'Class: pg.medium · 2 cores, 4 GB',
      'Storage: 50 GB',
      'Storage type: CLOUD_SSD',
      'Second zone: not sent: none',
      'VPC: vpc-1',
      'Subnet: subnet-1',
      'Security groups: not sent: the default group',
      'Name: pg-free',
      'Admin user: dbadmin',
      'Password: ***',
      'Charset: UTF8',
      'Project: not sent: default project',
      'Tags: not sent: none',
      'Deletion protection: off',
      'Charge type: Pay by the hour',
    ],
  );
  const shownKeys = new Set((await play([...rented, 'escape'], using())).keys);
  for (const { choose } of rows().slice(4, -1)) {
    assert.ok(choose.kind === 'reply' && choose.reply.kind === 'revisit');
    assert.ok(shownKeys.has(choose.reply.key), choose.reply.key);
  }
});

test('the review warns of a name that is used already, and lets it pass', async () => {
  const { seen, order } = await play(
    [...rented, { choose: 'Create' }],
    using({ regionOfName: () => Promise.resolve('ap-guangzhou') }),
  );
  assert.ok(seen.at(-1)?.lines.some((line) => /pg-free .*exists in ap-guangzhou already/.test(line)));
  assert.equal(order?.plan.name, 'pg-free');
});

test('months that are paid at once are said with every price', async () => {
  const { seen } = await play(
    [...rented, 'escape'],
    using({}, { 'create.chargeType': 'prepaid', 'create.prepaidMonths': 12 }),
  );
  assert.match(seen[3]?.lines[1] ?? '', /CNY 2\.20 for 12 months/);
  assert.ok(seen.at(-1)?.lines.includes('$(tag) Price | CNY 2.50 for 12 months | '));
  assert.ok(seen.at(-1)?.lines.includes('Charge type | Prepaid: 12 months are paid at once | '));
});

test('another zone, chosen from the review, asks for class and second zone again and keeps the rest', async () => {
  const { keys, order } = await play(
    [
      ...rented,
      { choose: 'Availability zone' },
      { choose: 'ap-guangzhou-3' },
      { choose: 'pg.medium' },
      { choose: 'Create' },
    ],
    using(),
  );
  assert.deepEqual(keys.slice(rented.length), ['review', 'zone', 'class', 'review']);
  assert.equal(order?.plan.zone, 'ap-guangzhou-3');
  assert.equal(order.plan.rental?.storageGb, 50);
});

test('a class that vanished between list and create is chosen again from the review', async () => {
  const { keys, order } = await play(
    ['enter', { choose: 'pg.small' }, { choose: 'Create' }],
    using({
      review: { ...using().review, refusal: { words: 'No such class', detail: 'x', field: 'class' } },
    }),
    'last',
    { ...answers, ...withPassword },
  );
  assert.deepEqual(keys, ['review', 'class', 'review']);
  assert.equal(order?.plan.rental?.specCode, 'pg.small');
});

const full: Given = {
  'defaults.region': 'ap-guangzhou',
  'defaults.zone': 'ap-guangzhou-2',
  'defaults.version': '16',
  'defaults.class': 'pg.medium',
  'defaults.storage': 50,
  'defaults.vpcId': 'vpc-1',
  'defaults.subnetId': 'subnet-1',
};

test('with a full set of defaults two keystrokes create, from whichever question comes first', async () => {
  for (const given of [full, { ...full, ...rentedOnly }]) {
    const { order, keys } = await play(['enter', 'enter'], options({}, given));
    const { rental, ...place } = order?.plan ?? assert.fail();
    assert.deepEqual({ ...place, rental: plan.rental }, plan);
    assert.deepEqual(rental, {
      specCode: 'pg.medium',
      storageGb: 50,
      storageType: 'PHYSICAL_LOCAL_SSD',
      securityGroupIds: [],
      adminName: 'dbadmin',
      deletionProtection: false,
    });
    assert.equal(order?.password?.reveal().length, 20);
    assert.equal(keys.length, 2);
  }
});

test('a set of defaults that lacks anything is no short cut, and still proposes what there is', async () => {
  for (const key of ['defaults.zone', 'defaults.version', 'defaults.class', 'defaults.storage'] as const) {
    const { rows } = await list(using({}, { ...full, [key]: null }), 'region', {});
    assert.ok(!rows().some(({ label }) => label.includes('my defaults')), key);
  }
  const { rows } = await list(
    using({}, { 'defaults.class': 'pg.medium', 'defaults.deletionProtection': true }),
    'class',
    { region: 'ap-guangzhou', zone: 'ap-guangzhou-2', majorVersion: '16' },
  );
  assert.equal(rows().find(({ active }) => active === true)?.label, 'pg.medium');
});

test('without a network there is no plan: the service would refuse it', () => {
  assert.equal(orderOf({ ...answers, ...withPassword, vpc: 'none' }, {}), undefined);
  assert.deepEqual(orderOf({ ...answers, ...withPassword }, {})?.plan, plan);
});
