import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { createCloud } from '../../src/api/cloud.ts';
import { isKnownCode } from '../../src/api/errorCatalog.ts';
import { operationKinds } from '../../src/domain/operation.ts';
import { offeringNames } from '../../src/domain/offerings/names.ts';
import { cloudOptions } from '../support/cloudBundle.ts';
import { account, actions, titleOf, writes, type Group } from './actions.ts';
import { startArsenal } from './arsenal.ts';
import { documentedCodes, faultsOf } from './faults.ts';

/** Parts of a cloud that send nothing themselves. */
const silent = ['instances', 'management', 'catalog', 'explain', 'close'];

/** Of the service, those that send nothing. */
const still = ['request', 'clockAhead'];

const attacked = (group: Group): string[] => [
  ...new Set(actions.filter((action) => action.group === group).map(({ method }) => method)),
];

test('every method of the cloud is under attack', async () => {
  const cloud = createCloud(cloudOptions('http://127.0.0.1:9'));
  try {
    assert.deepEqual(attacked('catalogue').sort(), Object.keys(cloud.catalog(account)).sort());
    assert.deepEqual(
      attacked('identity').sort(),
      Object.keys(cloud)
        .filter((name) => !silent.includes(name))
        .sort(),
    );
    for (const { id } of offeringNames) {
      const owner = { accountId: account, offering: id };
      const instances = Object.keys(cloud.instances(owner)).filter((name) => !still.includes(name));
      const managed = id === 'serverless' ? [] : Object.keys(cloud.management(owner));
      // Each offering is a group of its own.
      assert.deepEqual(attacked(id as Group).sort(), [...instances, ...managed].sort());
    }
    assert.throws(() => cloud.management({ accountId: account, offering: 'serverless' }));
  } finally {
    await cloud.close();
  }
});

test('every kind of operation is under attack, and no title stands for two actions', () => {
  assert.deepEqual([...new Set(writes.map(({ kind }) => kind))].sort(), [...operationKinds].sort());
  assert.equal(new Set(actions.map(titleOf)).size, actions.length);
});

test('every code of the documents and of the catalogue is among the faults', async () => {
  const lists = z
    .record(z.string(), z.array(z.string()))
    .parse(JSON.parse(readFileSync(new URL('../fixtures/errorCodes.json', import.meta.url), 'utf8')));
  const missing = Object.values(lists)
    .flat()
    .filter((code) => !documentedCodes.includes(code));
  assert.deepEqual(missing, []);
  // What the documents do not list comes from the catalogue itself: codes, and groups that explain theirs.
  assert.ok(documentedCodes.every((code) => isKnownCode(code) || Object.values(lists).flat().includes(code)));

  const arsenal = await startArsenal(Date.now());
  try {
    const names = faultsOf(arsenal).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  } finally {
    await arsenal.close();
  }
});
