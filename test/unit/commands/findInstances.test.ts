import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findInstances } from '../../../src/commands/findInstances.ts';
import { CancelledError } from '../../../src/domain/errors.ts';
import type { RegionState } from '../../../src/domain/regionState.ts';
import { instanceWith } from '../../support/instances.ts';
import { memoryLog, memoryMessages } from '../../support/memory.ts';

function world(options: { chosen?: string[]; listed?: Error | string[]; states?: readonly RegionState[] } = {}) {
  const { listed = ['a', 'b'], states = [] } = options;
  const messages = memoryMessages();
  const asked: (readonly string[])[] = [];
  const finding = findInstances({
    catalog: () => ({
      regions: () =>
        listed instanceof Error
          ? Promise.reject(listed)
          : Promise.resolve([
              ...listed.map((region) => ({ region, name: '', available: true })),
              { region: 'closed', name: '', available: false },
            ]),
    }),
    chosen: () => options.chosen,
    known: ['x', 'y'],
    refresher: { refresh: (_account, regions = []) => Promise.resolve(void asked.push(regions)) },
    states: () => states,
    progress: (_title, work) => work(() => undefined),
    messages,
    signal: new AbortController().signal,
    log: memoryLog(),
  });
  return { finding, asked, messages };
}

test('every region of the service that is available is asked, and what was found is summed up', async () => {
  const instance = instanceWith();
  const failure = { kind: 'network', meaning: 'down', next: [] } as const;
  const { finding, asked, messages } = world({
    states: [
      { region: 'a', instances: [instance, { ...instance, id: 'postgres-2' }] },
      { region: 'b', instances: [], failure },
      { region: 'elsewhere', instances: [instance] },
    ],
  });
  await finding.find('1000');
  assert.deepEqual(asked, [['a', 'b']]);
  assert.match(
    messages.shown.join(),
    /info: Instances found: 2, in 1 of 2 regions\. Regions that could not be asked: 1/,
  );
});

test('the regions that were chosen for the account stand before all others', async () => {
  const { finding, asked } = world({ chosen: ['c'] });
  await finding.find('1000');
  assert.deepEqual(asked, [['c']]);
});

test('a list of regions that cannot be had gives way to the known ones; a cancellation does not', async () => {
  const { finding, asked } = world({ listed: new Error('down') });
  await finding.find('1000');
  assert.deepEqual(asked, [['x', 'y']]);
  await assert.rejects(world({ listed: new CancelledError() }).finding.find('1000'), CancelledError);
});

test('after the first sign-in it says little', async () => {
  const nothing = world();
  await nothing.finding.findQuietly('1000');
  assert.deepEqual(nothing.messages.shown, []);
  const something = world({ states: [{ region: 'a', instances: [instanceWith()] }] });
  await something.finding.findQuietly('1000');
  assert.deepEqual(something.messages.shown, ['status: Instances found: 1, in 1 of 2 regions.']);
});
