import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearFilter, filterInstances, groupInstances, sortInstances } from '../../../src/commands/arrangeInstances.ts';
import { usualArrangement, type Arrangement } from '../../../src/tree/arrangement.ts';
import { scriptedPrompter, type Move } from '../../support/scriptedPrompter.ts';

function setUp(moves: readonly Move[], start: Partial<Arrangement> = {}) {
  let kept: Arrangement = { ...usualArrangement, ...start };
  let writes = 0;
  const prompter = scriptedPrompter<Arrangement>(moves);
  return {
    prompter,
    kept: () => kept,
    writes: () => writes,
    deps: {
      ask: prompter.ask,
      tagKeys: () => ['env', 'team'],
      arrangement: {
        read: () => kept,
        write: (arrangement: Arrangement) => {
          kept = arrangement;
          writes += 1;
          return Promise.resolve();
        },
      },
    },
  };
}

test('the grouping is chosen among what instances have, the tags in use included', async () => {
  const { deps, kept, prompter } = setUp([{ choose: 'team' }], { filter: 'shop' });
  await groupInstances(deps)();
  assert.deepEqual(kept(), { ...usualArrangement, groupBy: { tag: 'team' }, filter: 'shop' });
  assert.deepEqual(prompter.seen[0]?.rows, [
    'Nothing',
    'Kind of instance',
    'Region',
    'Account',
    'Project',
    'Status',
    'env',
    'team',
  ]);
});

test('any other tag key may be typed', async () => {
  const { deps, kept } = setUp([{ choose: 'Use', typed: 'cost center' }]);
  await groupInstances(deps)();
  assert.deepEqual(kept().groupBy, { tag: 'cost center' });
});

test('the grouping at hand is proposed, and a tag that no instance has any more is still offered', async () => {
  const { deps, kept, prompter } = setUp(['enter'], { groupBy: { tag: 'gone' } });
  await groupInstances(deps)();
  assert.deepEqual(kept().groupBy, { tag: 'gone' });
  assert.ok(prompter.seen[0]?.rows.includes('gone'));
});

test('the order is chosen', async () => {
  const { deps, kept } = setUp([{ choose: 'newest first' }], { groupBy: 'region' });
  await sortInstances(deps)();
  assert.deepEqual(kept(), { ...usualArrangement, groupBy: 'region', sortBy: 'created' });
});

test('the filter begins with the one at hand, is kept without spaces around it, and goes when it is emptied', async () => {
  const { deps, kept, prompter } = setUp([{ type: ' shop env=prod ' }, 'enter', { type: '' }], { filter: 'api' });
  await filterInstances(deps)();
  assert.equal(kept().filter, 'shop env=prod');
  await filterInstances(deps)();
  assert.deepEqual(
    prompter.seen.map(({ value }) => value),
    ['api', 'shop env=prod'],
  );
  await filterInstances(deps)();
  assert.equal(kept().filter, '');
});

test('clearing the filter leaves the rest as it is', async () => {
  const { deps, kept } = setUp([], { filter: 'shop', sortBy: 'status' });
  await clearFilter(deps)();
  assert.deepEqual(kept(), { ...usualArrangement, sortBy: 'status' });
});

test('Escape changes nothing', async () => {
  const { deps, writes } = setUp(['escape', 'escape', 'escape']);
  await groupInstances(deps)();
  await sortInstances(deps)();
  await filterInstances(deps)();
  assert.equal(writes(), 0);
});
