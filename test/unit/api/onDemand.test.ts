import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloudOnDemand } from '../../../src/api/onDemand.ts';
import { NotSignedInError } from '../../../src/domain/errors.ts';

const account = '100000000001';
const signal = new AbortController().signal;

test('nothing is loaded until the first call, and then once', async () => {
  let loads = 0;
  const closed: string[] = [];
  const none = (): Promise<never> => Promise.reject(new Error('not asked'));
  const list = (): Promise<[]> => Promise.resolve([]);
  const cloud = createCloudOnDemand(() => {
    loads += 1;
    return Promise.resolve({
      instances: () => ({
        list,
        create: none,
        findByName: none,
        findById: none,
        access: none,
        delete: none,
        openPublicAccess: none,
        closePublicAccess: none,
        request: () => ({ action: '', version: '', region: '', body: {} }),
      }),
      catalog: () => ({ regions: none, vpcs: none, subnets: none, projects: none, tagKeys: none, tagValues: none }),
      identify: none,
      assumeRole: none,
      explain: () => ({ kind: 'input', meaning: 'from the catalogue', next: [] }),
      close: () => Promise.resolve(void closed.push('closed')),
    });
  });
  assert.equal(cloud.explain(new NotSignedInError()).kind, 'credentials');
  assert.equal(cloud.explain(new Error('odd')).meaning, 'odd');
  await cloud.close();
  assert.equal(loads, 0);

  await Promise.all([cloud.instances(account).list('a', signal), cloud.instances(account).list('b', signal)]);
  assert.equal(loads, 1);
  assert.equal(cloud.explain(new Error('odd')).meaning, 'from the catalogue');
  await cloud.close();
  assert.deepEqual(closed, ['closed']);
});
