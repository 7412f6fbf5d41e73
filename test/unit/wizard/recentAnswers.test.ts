import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreatePlan } from '../../../src/domain/createPlan.ts';
import { readRecent, withPlan } from '../../../src/wizard/recentAnswers.ts';

const plan = (region: string, more: Partial<CreatePlan> = {}): CreatePlan => ({
  offering: 'serverless',
  region,
  zone: `${region}-1`,
  name: 'x',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
  ...more,
});

test('the newest answer is first, each is kept once, and only a few are kept', () => {
  const recent = ['a', 'b', 'c', 'a', 'd'].reduce((before, region) => withPlan(before, plan(region)), {});
  assert.deepEqual(readRecent(recent).region, ['d', 'a', 'c']);
});

test('an answer that was left out takes nothing away', () => {
  const first = withPlan({}, plan('a', { network: { vpcId: 'vpc-1', subnetId: 'subnet-1' }, projectId: 0 }));
  const second = withPlan(first, plan('a'));
  assert.deepEqual([second.vpc, second.subnet, second.project], [['vpc-1'], ['subnet-1'], ['0']]);
});

test('a class and the name of an admin user are kept of those plans that have them', () => {
  const rental = {
    specCode: 'pg.small',
    storageGb: 10,
    storageType: 'CLOUD_SSD',
    securityGroupIds: [],
    adminName: 'boss',
    deletionProtection: false,
  };
  const recent = withPlan(withPlan({}, plan('a', { rental })), plan('b'));
  assert.deepEqual([recent.class, recent.adminName], [['pg.small'], ['boss']]);
});

test('kept values of another form count as nothing', () => {
  for (const kept of [undefined, null, 7, 'x', []]) assert.deepEqual(readRecent(kept), {});
  assert.deepEqual(readRecent({ region: ['a', 1], zone: 'z', vpc: ['vpc-1'] }), { vpc: ['vpc-1'] });
});
