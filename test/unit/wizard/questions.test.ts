import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NetworkError } from '../../../src/domain/errors.ts';
import type { Catalog } from '../../../src/domain/ports.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import type { Entry } from '../../../src/wizard/engine.ts';
import type { QuestionOptions } from '../../../src/wizard/questionOptions.ts';
import { answersOf, createQuestions, orderOf } from '../../../src/wizard/questions.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { catalog, options as createOptions, play as playWith, type Given, serverlessOnly } from './createWorld.ts';

const options = (overrides: Partial<QuestionOptions> = {}, set: Given = {}): QuestionOptions =>
  createOptions(overrides, { ...serverlessOnly, ...set });

async function play(
  moves: readonly Move[],
  overrides: Partial<QuestionOptions> = {},
  entry: Entry = 'first',
  start: Partial<Answers> = {},
  set: Given = {},
) {
  const { order, seen } = await playWith(moves, options(overrides, set), entry, start);
  return { plan: order?.plan, seen };
}

const shortest: readonly Move[] = [
  { choose: 'ap-shanghai' },
  { choose: 'ap-shanghai-2' },
  'enter',
  { choose: '10.4' },
  { choose: 'UTF8' },
  { choose: 'No VPC' },
  { choose: 'Default project' },
  { choose: 'No tags' },
];

test('the shortest way sends only what is required', async () => {
  const { plan, seen } = await play([...shortest, { choose: 'Create' }]);
  assert.deepEqual(plan, {
    offering: 'serverless',
    region: 'ap-shanghai',
    zone: 'ap-shanghai-2',
    name: 'pg-free',
    version: '10.4',
    charset: 'UTF8',
    tags: [],
  });
  assert.deepEqual(
    seen.map(({ key }) => key),
    ['region', 'zone', 'name', 'version', 'charset', 'vpc', 'project', 'tags', 'review'],
  );
});

test('every parameter of the action can be given', async () => {
  const { plan } = await play([
    { choose: 'ap-shanghai' },
    { choose: 'ap-shanghai-2' },
    { type: ' my_db-1 ' },
    { choose: '10.4' },
    { choose: 'LATIN1' },
    { choose: 'vpc-1' },
    { choose: 'subnet-1' },
    { choose: '7' },
    { choose: 'Add env = prod', typed: 'env=prod' },
    { choose: 'Done' },
    { choose: 'Create' },
  ]);
  assert.deepEqual(plan, {
    offering: 'serverless',
    region: 'ap-shanghai',
    zone: 'ap-shanghai-2',
    name: 'my_db-1',
    version: '10.4',
    charset: 'LATIN1',
    projectId: 7,
    network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    tags: [{ key: 'env', value: 'prod' }],
  });
});

test('values that no document names can be typed', async () => {
  const { plan } = await play([
    { choose: 'Use "na-toronto"', typed: 'na-toronto' },
    { choose: 'Use "na-toronto-1"', typed: 'na-toronto-1' },
    'enter',
    { choose: 'Use "11.2"', typed: '11.2' },
    { choose: 'Use "utf-8"', typed: 'utf-8' },
    { choose: 'Use "vpc-9"', typed: 'vpc-9' },
    { choose: 'Use "subnet-9"', typed: 'subnet-9' },
    { choose: 'Use "0"', typed: '0' },
    { choose: 'No tags' },
    { choose: 'Create' },
  ]);
  assert.equal(plan?.region, 'na-toronto');
  assert.equal(plan.zone, 'na-toronto-1');
  assert.equal(plan.version, '11.2');
  assert.equal(plan.charset, 'UTF8');
  assert.deepEqual(plan.network, { vpcId: 'vpc-9', subnetId: 'subnet-9' });
  assert.equal(plan.projectId, 0);
});

test('a zone of another region is refused where it is typed', async () => {
  await assert.rejects(
    play([{ choose: 'ap-shanghai' }, { choose: 'Use', typed: 'ap-beijing-1' }]),
    /Zone ap-beijing-1 does not belong to region ap-shanghai/,
  );
});

test('a VPC without a subnet is refused with the reason', async () => {
  const { seen } = await play([...shortest.slice(0, 5), { choose: 'vpc-1' }, { choose: 'No subnet' }, 'escape']);
  assert.equal(seen.at(-1)?.key, 'subnet');
});

test('another region, chosen from the review, asks for its zone and its network again', async () => {
  const { plan, seen } = await play([
    ...shortest.slice(0, 5),
    { choose: 'vpc-1' },
    { choose: 'subnet-1' },
    { choose: 'Default project' },
    { choose: 'No tags' },
    { choose: 'Region' },
    { choose: 'ap-beijing' },
    { choose: 'ap-beijing-3' },
    { choose: 'No VPC' },
    { choose: 'Create' },
  ]);
  assert.deepEqual(
    seen.slice(9).map(({ key }) => key),
    ['review', 'region', 'zone', 'vpc', 'review'],
  );
  assert.equal(plan?.zone, 'ap-beijing-3');
  assert.equal(plan.network, undefined);
});

test('a failing list says why, offers a retry, and still takes a typed value', async () => {
  let calls = 0;
  const failing: Catalog = {
    ...catalog,
    vpcs: () => {
      calls += 1;
      return calls === 1
        ? Promise.reject(
            new NetworkError({
              action: 'DescribeVpcs',
              reason: 'timeout',
              host: 'h',
              mayHaveArrived: true,
              detail: 'slow',
            }),
          )
        : catalog.vpcs('', new AbortController().signal);
    },
  };
  const { seen, plan } = await play(
    [
      ...shortest.slice(0, 5),
      { choose: 'Retry' },
      { choose: 'vpc-1' },
      { choose: 'subnet-1' },
      ...shortest.slice(6),
      { choose: 'Create' },
    ],
    { catalog: failing },
  );
  assert.ok(seen.find(({ key }) => key === 'vpc')?.rows.some((row) => row.includes('No way')));
  assert.equal(plan?.network?.vpcId, 'vpc-1');
});

test('refused keys in a list lead through a repair and back to the list', async () => {
  let repaired = false;
  const { plan } = await play(
    [
      ...shortest.slice(0, 5),
      { choose: 'Sign in again' },
      { choose: 'No VPC' },
      ...shortest.slice(6),
      { choose: 'Create' },
    ],
    {
      catalog: { ...catalog, vpcs: () => (repaired ? Promise.resolve([]) : Promise.reject(new Error('refused'))) },
      trouble: () => ({
        words: 'Keys refused',
        detail: '',
        repair: {
          label: 'Sign in again',
          run: () => {
            repaired = true;
            return Promise.resolve();
          },
        },
      }),
    },
  );
  assert.ok(repaired);
  assert.notEqual(plan, undefined);
});

test('a taken name is refused in the box, a look-up that fails is not held against the name', async () => {
  await assert.rejects(
    play([...shortest.slice(0, 2), { type: 'taken' }], { regionOfName: () => Promise.resolve('ap-beijing') }),
    /An instance of this name exists in ap-beijing/,
  );
  const { plan } = await play([...shortest, { choose: 'Create' }], {
    regionOfName: () => Promise.reject(new Error('offline')),
  });
  assert.equal(plan?.name, 'pg-free');
});

const defaults: Given = {
  'defaults.region': 'ap-shanghai',
  'defaults.zone': 'ap-shanghai-2',
  'defaults.version': '10.4',
  'defaults.charset': 'UTF8',
};

test('with a full set of defaults two keystrokes create', async () => {
  const { plan } = await play(['enter', 'enter'], {}, 'first', {}, defaults);
  assert.equal(plan?.name, 'pg-free');
  assert.equal(plan.network, undefined);
});

function regionRows(text: string, set: Given, answers: Partial<Answers>) {
  const prompt = createQuestions(options({}, set))
    .find(({ key }) => key === 'region')
    ?.prompt(answers);
  assert.ok(prompt?.kind === 'pick' && 'rows' in prompt.source);
  return prompt.source.rows(text);
}

test('Back leads to the region that was chosen, also past the short cut of the defaults', () => {
  const rows = regionRows('', defaults, { region: 'ap-beijing' });
  assert.equal(rows.find(({ active }) => active === true)?.label, 'ap-beijing');
});

test('what is wrong with a blank text stands above all rows, where Enter finds it', () => {
  assert.deepEqual(regionRows('  ', {}, {})[0]?.choose, { kind: 'nothing' });
});

test('recent regions come first, each document disagreement has its note', async () => {
  const { seen } = await play([{ choose: 'ap-beijing' }, 'escape'], {
    recent: (field) => (field === 'region' ? ['eu-frankfurt', 'ap-beijing'] : []),
  });
  assert.deepEqual(seen[0]?.rows.slice(0, 3), ['eu-frankfurt', 'ap-beijing', 'ap-shanghai']);
  assert.deepEqual(seen[1]?.rows, ['ap-beijing-1', 'ap-beijing-3']);
});

const small = {
  offering: 'serverless',
  region: 'ap-shanghai',
  zone: 'ap-shanghai-9',
  name: 'x',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
};

test('after a refusal the review opens on the line it is about', async () => {
  const { plan } = await play(
    ['enter', { choose: 'ap-shanghai-2' }, { choose: 'Create' }],
    {
      review: {
        ...options().review,
        refusal: { words: 'Zone has no serverless', detail: 'OperationDenied.NotSupportZoneError', field: 'zone' },
      },
    },
    'last',
    answersOf(small),
  );
  assert.deepEqual(plan, { ...small, zone: 'ap-shanghai-2' });
});

test('a refusal that is about something else leads nowhere', async () => {
  const { seen } = await play(
    [{ choose: 'Wrong class' }, 'enter'],
    { review: { ...options().review, refusal: { words: 'Wrong class', detail: '', field: 'class' } } },
    'last',
    answersOf(small),
  );
  assert.deepEqual(
    seen.map(({ key }) => key),
    ['review'],
  );
});

test('a plan becomes answers and the same plan again', () => {
  const plan = {
    ...small,
    projectId: 0,
    network: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
    tags: [{ key: 'a', value: 'b' }],
  };
  assert.deepEqual(orderOf(answersOf(plan), {}), { plan, generated: false });
});

test('a subnet without free addresses is shown and cannot be chosen', async () => {
  const { seen } = await play([...shortest.slice(0, 5), { choose: 'vpc-1' }, { choose: 'subnet-2' }, 'escape']);
  assert.match(seen.at(-1)?.lines[1] ?? '', /subnet-2 .* full: no address is free/);
});

test('tags that were added are kept when the person goes back and comes again', async () => {
  const { plan } = await play([
    ...shortest.slice(0, 7),
    { choose: 'Add a = 1', typed: 'a=1' },
    { back: 'b=' },
    { choose: 'Default project' },
    { choose: 'Done' },
    { choose: 'Create' },
  ]);
  assert.deepEqual(plan?.tags, [{ key: 'a', value: '1' }]);
});
