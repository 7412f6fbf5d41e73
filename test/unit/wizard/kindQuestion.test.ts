import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceRegion } from '../../../src/domain/ports.ts';
import { kinds } from '../../../src/wizard/kinds.ts';
import { carriedOver, orderOf } from '../../../src/wizard/questions.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { catalog, list, options, play, rented, rentedOnly, serverlessOnly } from './createWorld.ts';

const byUse: readonly Move[] = [
  { choose: 'ap-guangzhou' },
  { choose: 'ap-guangzhou-2' },
  { type: 'my-base' },
  { choose: '10.4' },
  { choose: 'LATIN1' },
  { choose: 'vpc-1' },
  { choose: 'subnet-1' },
  { choose: '7' },
  { choose: 'Add env = prod', typed: 'env=prod' },
  { choose: 'Done' },
];

test('the kind comes first, each with one sentence, and decides what is asked', async () => {
  const { keys, seen, order } = await play([{ choose: 'Pay-as-you-go' }, ...rented, { choose: 'Create' }], options());
  assert.equal(keys[0], 'kind');
  assert.equal(keys[4], 'class');
  assert.ok(seen[0]?.lines.every((line) => /\.$/.test(line)));
  assert.equal(order?.plan.rental?.specCode, 'pg.medium');
  const other = await play([{ choose: 'Serverless' }, ...byUse, { choose: 'Create' }], options());
  assert.equal(other.order?.plan.rental, undefined);
  assert.equal(other.order?.plan.version, '10.4');
});

test('what a kind says of itself fits into its row', () => {
  // Measured in the editor with a wide font: 85 characters are cut.
  for (const { offering } of kinds) assert.ok(offering.pitch.length <= 78, offering.pitch);
});

test('steps are counted for the kind that is chosen, and for the usual one before', async () => {
  const { seen } = await play([{ choose: 'Pay-as-you-go' }, 'escape'], options());
  assert.deepEqual(
    seen.map(({ position: { step, total } }) => [step, total]),
    [
      [1, 10],
      [2, 18],
    ],
  );
});

test('settings that name the kind spare the question, and its line in the review still leads to it', async () => {
  const { keys, order } = await play(
    [...byUse, { choose: 'Kind of instance' }, 'enter', { choose: 'Create' }],
    options({}, serverlessOnly),
  );
  assert.deepEqual([keys[0], ...keys.slice(-3)], ['region', 'review', 'kind', 'review']);
  assert.equal(order?.plan.name, 'my-base');
});

test('a kind that the service has withdrawn says when and with which words, and is not proposed', async () => {
  const at = new Date(2025, 6, 1, 12).getTime();
  let answersAgain = false;
  let asked = '';
  const using = options({
    retirement: (offering) =>
      offering === 'serverless' && !answersAgain
        ? { at, serviceWords: 'ActionOffline: gone', requestId: 'id-1' }
        : undefined,
    recheck(offering) {
      asked = offering;
      answersAgain = true;
      return Promise.resolve();
    },
  });
  const { rows } = await list(using, 'kind', {});
  const [first, second] = rows();
  assert.ok(first !== undefined && second !== undefined);
  assert.match(first.description ?? '', /withdrawn, as the service said on 2025-07-01/);
  assert.equal(first.detail, 'ActionOffline: gone · id-1');
  assert.deepEqual([first.active, second.active], [false, true]);
  assert.equal(first.choose.kind, 'reply', 'it can be chosen all the same');

  const [button] = first.buttons ?? [];
  assert.ok(button?.choose.kind === 'act');
  assert.equal(button.tooltip, 'Check again');
  await button.choose.act();
  assert.equal(asked, 'serverless');
  assert.equal(rows()[0]?.description, undefined, 'drawn again, the note is gone');
  assert.equal(rows()[0]?.active, true);
});

test('defaults of a withdrawn kind are a short cut that has to be chosen', async () => {
  const using = options(
    { retirement: () => ({ at: 0, serviceWords: 'gone', requestId: '' }) },
    {
      'defaults.region': 'ap-shanghai',
      'defaults.zone': 'ap-shanghai-2',
      'defaults.version': '10.4',
      'defaults.charset': 'UTF8',
    },
  );
  const { rows } = await list(using, 'kind', {});
  assert.match(rows()[0]?.label ?? '', /Create with my defaults/);
  assert.equal(rows()[0]?.active, false);
});

test('another kind takes over every answer that fits it, and asks only the rest', async () => {
  const { answers } = await play([...byUse, { choose: 'Create' }], options({}, serverlessOnly));
  const { keys, order } = await play(
    [...rented.slice(2, 7), ...rented.slice(9, 10), 'enter', { choose: 'Generate one' }, 'enter', { choose: 'Create' }],
    options(),
    'last',
    carriedOver(answers ?? {}, 'provisioned'),
  );
  assert.deepEqual(keys, [
    ...['version', 'class', 'storage', 'storageType', 'standby', 'securityGroups', 'adminName', 'password'],
    ...['protection', 'review'],
  ]);
  assert.equal(order?.plan.name, 'my-base');
  assert.equal(order.plan.charset, 'LATIN1');
  assert.equal(order.plan.projectId, 7);
  assert.deepEqual(order.plan.network, { vpcId: 'vpc-1', subnetId: 'subnet-1' });
  assert.deepEqual(order.plan.tags, [{ key: 'env', value: 'prod' }]);
  assert.equal(order.plan.version, '16');
});

test('what does not fit the other kind is asked: no network there, a name of Chinese characters here', async () => {
  const { answers } = await play(
    [...byUse.slice(0, 5), { choose: 'No VPC' }, ...byUse.slice(7), { choose: 'Create' }],
    options({}, serverlessOnly),
  );
  const { keys } = await play(
    [...rented.slice(2, 9), 'escape'],
    options(),
    'last',
    carriedOver(answers ?? {}, 'provisioned'),
  );
  assert.deepEqual(keys.slice(5, 7), ['vpc', 'subnet']);

  const chinese = await play(
    [...rented.slice(0, 10), { type: '数据库' }, ...rented.slice(11), { choose: 'Create' }],
    options({}, rentedOnly),
  );
  const back = await play(
    [{ type: 'shujuku' }, { choose: '10.4' }, { choose: 'Create' }],
    options(),
    'last',
    carriedOver(chinese.answers ?? {}, 'serverless'),
  );
  assert.deepEqual(back.keys, ['name', 'version', 'review']);
  assert.match(back.seen[0]?.problem ?? '', /is not one of them/);
  assert.equal(back.order?.plan.rental, undefined);
});

test('the kind can be changed from the review, and back with nothing lost', async () => {
  const { keys, order } = await play(
    [
      { choose: 'Pay-as-you-go' },
      ...rented,
      { choose: 'Kind of instance' },
      { choose: 'Serverless' },
      { choose: '10.4' },
      { choose: 'Kind of instance' },
      { choose: 'Pay-as-you-go' },
      { choose: 'Create' },
    ],
    options(),
  );
  assert.deepEqual(keys.slice(-6), ['review', 'kind', 'version', 'review', 'kind', 'review']);
  assert.equal(order?.plan.rental?.storageGb, 50);
});

test('answers of no kind are no order', () => {
  assert.equal(orderOf({}, {}), undefined);
  assert.equal(orderOf({ region: 'ap-guangzhou' }, { kind: 'serverless' }), undefined);
});

test('the regions of the service are added to those that documents name, with what is shut', async () => {
  const regions = (): Promise<ServiceRegion[]> =>
    Promise.resolve([
      { region: 'ap-beijing', name: 'Beijing', available: false },
      { region: 'ap-newtown', name: 'New Town', available: true },
    ]);
  const { source, rows } = await list(options({ catalog: { ...catalog, regions } }, rentedOnly), 'region', {});
  assert.ok(!rows().some(({ label }) => label === 'ap-newtown'));
  await source.later?.(() => undefined, new AbortController().signal);
  const found = new Map(rows().map(({ label, description }) => [label, description]));
  assert.equal(found.get('ap-newtown'), 'New Town');
  assert.equal(found.get('ap-beijing'), 'North China (Beijing) (not available now)');
  assert.ok(found.has('ap-guangzhou'));
});

test('Enter on a text that cannot be used goes on over no short cut', async () => {
  const using = options(
    {},
    {
      ...serverlessOnly,
      'defaults.region': 'ap-shanghai',
      'defaults.zone': 'ap-shanghai-2',
      'defaults.version': '10.4',
      'defaults.charset': 'UTF8',
    },
  );
  const { rows } = await list(using, 'region', {});
  assert.match(rows()[0]?.label ?? '', /Create with my defaults/);
  const [first, second] = rows('  ');
  assert.match(first?.label ?? '', /Type a value/);
  assert.match(second?.label ?? '', /Create with my defaults/);
});
