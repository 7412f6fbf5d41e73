import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regionsToAsk } from '../../../src/instances/regionsToAsk.ts';
import { instanceWith } from '../../support/instances.ts';

const sources = {
  chosen: undefined,
  documented: ['ap-shanghai', 'ap-beijing'],
  preferred: 'ap-tokyo',
  known: [
    { region: 'ap-seoul', instances: [instanceWith()] },
    { region: 'ap-jakarta', instances: [] },
    { region: 'ap-beijing', instances: [instanceWith()] },
  ],
  underWay: ['ap-bangkok', 'ap-tokyo'],
};

test('without a choice every region counts where something may be, each once', () => {
  const expected = ['ap-shanghai', 'ap-beijing', 'ap-tokyo', 'ap-seoul', 'ap-bangkok'];
  assert.deepEqual(regionsToAsk(sources), expected);
  assert.deepEqual(regionsToAsk({ ...sources, preferred: undefined, underWay: [] }), [
    ...['ap-shanghai', 'ap-beijing', 'ap-seoul'],
  ]);
});

test('a choice of the person is kept to, and to where something is under way', () => {
  assert.deepEqual(regionsToAsk({ ...sources, chosen: ['ap-tokyo'] }), ['ap-tokyo', 'ap-bangkok']);
});
