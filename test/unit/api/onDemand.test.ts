import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cloud } from '../../../src/api/cloud.ts';
import { createCloudOnDemand } from '../../../src/api/onDemand.ts';
import { NotSignedInError } from '../../../src/domain/errors.ts';
import type { Catalog, InstanceService, Management } from '../../../src/domain/ports.ts';

const owner = { accountId: '100000000001', offering: 'some-kind' };
const signal = new AbortController().signal;
const none = (): Promise<never> => Promise.reject(new Error('not asked'));

const instances: InstanceService = {
  list: () => Promise.resolve([]),
  create: none,
  clockAhead: none,
  findCreated: none,
  findNamed: none,
  findByName: none,
  findById: none,
  access: none,
  delete: none,
  openPublicAccess: none,
  closePublicAccess: none,
  request: () => ({ action: 'Create', version: '', region: '', body: {} }),
};

const management: Management = {
  rename: none,
  restart: none,
  isolate: none,
  restore: none,
  setDeletionProtection: none,
  resize: none,
  resizePrice: none,
  accounts: none,
  createAccount: none,
  deleteAccount: none,
  resetPassword: none,
  databases: none,
  createDatabase: none,
  deleteDatabase: none,
  securityGroups: none,
  task: () => Promise.resolve(undefined),
};

const catalog: Catalog = {
  regions: none,
  zones: none,
  versions: none,
  classes: none,
  price: none,
  vpcs: () => Promise.resolve([]),
  subnets: none,
  securityGroups: none,
  projects: none,
  tagKeys: none,
  tagValues: none,
};

function createCloudOf(parts: Partial<Cloud>): Cloud {
  return {
    instances: () => instances,
    management: () => management,
    catalog: () => catalog,
    identify: none,
    assumeRole: none,
    explain: () => ({ kind: 'input', meaning: 'from the catalogue', next: [] }),
    close: () => Promise.resolve(),
    ...parts,
  };
}

test('nothing is loaded until the first call, and then once', async () => {
  let loads = 0;
  const closed: string[] = [];
  const cloud = createCloudOnDemand(() => {
    loads += 1;
    return Promise.resolve(createCloudOf({ close: () => Promise.resolve(void closed.push('closed')) }));
  });
  assert.equal(cloud.explain(new NotSignedInError()).kind, 'credentials');
  assert.equal(cloud.explain(new Error('odd')).meaning, 'odd');
  await cloud.close();
  assert.equal(loads, 0);

  await Promise.all([cloud.instances(owner).list('a', signal), cloud.management(owner).task('b', 1, signal)]);
  await cloud.catalog(owner.accountId).vpcs('c', signal);
  assert.equal(loads, 1);
  assert.equal(cloud.explain(new Error('odd')).meaning, 'from the catalogue');
  await cloud.close();
  assert.deepEqual(closed, ['closed']);
});

test('every call goes through the door as it is: to the same owner, with the same words, and back', async () => {
  const asked: unknown[] = [];
  const found = { region: 'r', name: 'n', available: true };
  const refusal = new Error('refused');
  const cloud = createCloudOnDemand(() =>
    Promise.resolve(
      createCloudOf({
        instances: (whose) => ({ ...instances, list: (...call) => (asked.push(whose, ...call), Promise.resolve([])) }),
        management: (whose) => ({
          ...management,
          restart: (...call) => (asked.push(whose, ...call), Promise.reject(refusal)),
        }),
        catalog: (whose) => ({
          ...catalog,
          regions: (...call) => (asked.push(whose, ...call), Promise.resolve([found])),
        }),
      }),
    ),
  );
  assert.deepEqual(await cloud.instances(owner).list('a', signal), []);
  await assert.rejects(cloud.management(owner).restart('b', 'postgres-1', signal), refusal);
  // A method stands for itself, as those of the real ones do.
  const { regions } = cloud.catalog(owner.accountId);
  assert.deepEqual(await regions(signal), [found]);
  assert.deepEqual(asked, [owner, 'a', signal, owner, 'b', 'postgres-1', signal, owner.accountId, signal]);
});

test('a service behind the door can be handed through a promise', async () => {
  const cloud = createCloudOnDemand(() => Promise.resolve(createCloudOf({})));
  const service = await Promise.resolve(cloud.instances(owner));
  assert.deepEqual(await service.list('a', signal), []);
});

test('a kind without that service is refused when it is called, not before', async () => {
  const cloud = createCloudOnDemand(() =>
    Promise.resolve(
      createCloudOf({
        management: () => {
          throw new Error('This kind cannot be managed');
        },
      }),
    ),
  );
  await assert.rejects(cloud.management(owner).restart('a', 'postgres-1', signal), /cannot be managed/);
});

test('a request for reading is that of the kind that the plan names', async () => {
  const kinds: string[] = [];
  const cloud = createCloudOnDemand(() =>
    Promise.resolve(
      createCloudOf({
        instances: ({ offering }) => {
          kinds.push(offering);
          return instances;
        },
      }),
    ),
  );
  const plan = { offering: 'of-the-plan', region: '', zone: '', name: '', version: '', charset: '', tags: [] };
  assert.equal((await cloud.request('1', plan)).action, 'Create');
  assert.deepEqual(kinds, ['of-the-plan']);
});
