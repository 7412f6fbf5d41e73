import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstRegions, offeringNames } from '../../../src/domain/offerings/names.ts';
import { capabilities } from '../../../src/domain/offerings/offering.ts';
import { findOffering, offeringOf, offerings } from '../../../src/domain/offerings/offerings.ts';
import { otherRegions, regionName } from '../../../src/domain/offerings/regionNames.ts';

test('what each kind of instance can do is what its documents say', () => {
  const can = Object.fromEntries(
    offerings.map((one) => [one.id, capabilities.filter((word) => one.can(word)).join(' ')]),
  );
  assert.deepEqual(can, {
    serverless: 'create delete publicAccess tags toldPassword uniqueName',
    provisioned:
      'create recycleBin rename restart resize contents publicAccess deletionProtection securityGroups price tags',
  });
});

test('each kind is made by its own action, and the retired one names its heir', () => {
  assert.deepEqual(
    offerings.map(({ id, createAction, heir }) => [id, createAction, heir]),
    [
      ['serverless', 'CreateServerlessDBInstance', 'provisioned'],
      ['provisioned', 'CreateInstances', undefined],
    ],
  );
  assert.deepEqual(
    offeringNames.map(({ id, settingValue }) => [id, settingValue]),
    [
      ['serverless', 'serverless'],
      ['provisioned', 'pay-as-you-go'],
    ],
  );
});

test('a kind is found by its id, and one that nobody knows is none', () => {
  assert.equal(findOffering('provisioned')?.createAction, 'CreateInstances');
  assert.equal(findOffering('of-tomorrow'), undefined);
  assert.equal(offeringOf('serverless').id, 'serverless');
  assert.throws(() => offeringOf('of-tomorrow'), /No such kind of instance: of-tomorrow/);
});

test('the documented places, versions and charsets of serverless instances are listed', () => {
  const { regions, otherRegions: others, versions, charsets } = offeringOf('serverless');
  assert.deepEqual(
    regions().map(({ region, label, zones }) => [region, label, zones.map(({ zone }) => zone).join(' ')]),
    [
      ['ap-shanghai', 'East China (Shanghai)', 'ap-shanghai-2'],
      ['ap-beijing', 'North China (Beijing)', 'ap-beijing-1 ap-beijing-3'],
      ['ap-guangzhou', 'South China (Guangzhou)', 'ap-guangzhou-2 ap-guangzhou-3'],
    ],
  );
  assert.deepEqual(
    others().filter(({ value }) => ['ap-shanghai', 'ap-beijing', 'ap-guangzhou'].includes(value)),
    [],
  );
  assert.deepEqual(
    [versions(), charsets()].map((list) => list.map(({ value }) => value).join(' ')),
    ['10.4', 'UTF8 LATIN1'],
  );
});

test('of the other kind the service itself is asked, and every region is possible', () => {
  const { regions, otherRegions: others, versions, charsets } = offeringOf('provisioned');
  assert.deepEqual([regions(), versions()], [[], []]);
  assert.deepEqual(others(), otherRegions([]));
  assert.deepEqual(
    charsets().map(({ value }) => value),
    ['UTF8', 'LATIN1'],
  );
});

test('a region has its name, or stands for itself', () => {
  assert.equal(regionName('eu-frankfurt'), 'Europe (Frankfurt)');
  assert.equal(regionName('ap-nowhere'), 'ap-nowhere');
  assert.equal(otherRegions([]).length, 18);
  assert.ok(!otherRegions(['ap-tokyo']).some(({ value }) => value === 'ap-tokyo'));
  assert.deepEqual(firstRegions, ['ap-shanghai', 'ap-beijing', 'ap-guangzhou']);
});
