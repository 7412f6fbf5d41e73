import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusGroup, statusWords } from '../../../src/domain/status.ts';

/** The table of the documentation, as DescribeServerlessDBInstances and DescribeDBInstances have it. */
const statuses = {
  applying: ['making', 'Requested'],
  init: ['making', 'Waiting for initialization'],
  initing: ['making', 'Initializing'],
  cloning: ['making', 'Being cloned'],
  running: ['usable', 'Running'],
  'limited run': ['usable', 'Running with limits'],
  readonly: ['usable', 'Read-only'],
  'job running': ['busy', 'Running a task'],
  migrating: ['busy', 'Migrating'],
  expanding: ['busy', 'Expanding'],
  restarting: ['busy', 'Restarting'],
  waitSwitch: ['busy', 'Waiting to switch over'],
  switching: ['busy', 'Switching over'],
  'primary-switching': ['busy', 'Switching over'],
  'network changing': ['busy', 'Changing the network'],
  upgrading: ['busy', 'Upgrading'],
  'audit-switching': ['busy', 'Changing settings'],
  'log-switching': ['busy', 'Changing settings'],
  'parameter modifying': ['busy', 'Changing settings'],
  'deployment changing': ['busy', 'Changing zones'],
  restoring: ['busy', 'Restoring data'],
  disisolating: ['busy', 'Being restored'],
  isolating: ['binned', 'Moving to the recycle bin'],
  isolated: ['binned', 'In the recycle bin'],
  recycling: ['gone', 'Being deleted'],
  recycled: ['gone', 'Deleted'],
  offlining: ['gone', 'Going offline'],
  offline: ['gone', 'Offline'],
} as const;

test('every status has its group and its words, however it is written', () => {
  for (const [status, [group, words]] of Object.entries(statuses)) {
    for (const written of [status, status.toUpperCase(), ` ${status} `]) {
      assert.equal(statusGroup(written), group, status);
      assert.equal(statusWords(written), words, status);
    }
  }
});

test('a status that nobody knows stands for itself', () => {
  assert.equal(statusGroup('Dancing'), 'unknown');
  assert.equal(statusWords('Dancing'), 'Dancing');
});
