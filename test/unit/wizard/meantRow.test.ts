import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meantRow } from '../../../src/wizard/meantRow.ts';
import type { Row } from '../../../src/wizard/question.ts';
import { alsoTyped, problemRow } from '../../../src/wizard/rows.ts';

const row = (label: string, facts: Partial<Row<object>> = {}): Row<object> => ({
  label,
  choose: { kind: 'nothing' },
  ...facts,
});

const noVpc = row('$(circle-slash) No VPC', { description: 'The classic network' });
const known = row('vpc-1a2b3c4d', { description: 'default · 10.0.0.0/16' });
const networks = alsoTyped<object>(() => [noVpc, known], {
  rule: (text) => (text.startsWith('vpc-') ? undefined : 'A VPC ID looks like vpc-1a2b3c4d.'),
  values: () => ({}),
});

test('of what is typed fast, Enter means the row that takes it, not the first of the list, which is hidden', () => {
  const before = problemRow<object>('A VPC ID looks like vpc-1a2b3c4d.').label;
  assert.equal(meantRow(networks('vpc-0000aaaa'), 'vpc-0000aaaa', before)?.label, 'Use "vpc-0000aaaa"');
  assert.equal(meantRow(networks('vpc-0000aaaa'), 'vpc-0000aaaa', noVpc.label)?.label, 'Use "vpc-0000aaaa"');
  assert.equal(meantRow(networks('vpc-0000aaaa'), 'vpc-0000aaaa', undefined)?.label, 'Use "vpc-0000aaaa"');
});

test('the row that had the focus keeps it as long as it is shown', () => {
  assert.equal(meantRow(networks(''), '', known.label), networks('')[1]);
  assert.equal(meantRow(networks('VPC-1a'), 'VPC-1a', known.label)?.label, known.label);
  assert.equal(meantRow(networks('10.0'), '10.0', noVpc.label)?.label, known.label);
});

test('a text is found in label, description and detail, and spaces around it do not count', () => {
  const rows = [row('a'), row('b', { description: 'Second' }), row('c', { detail: 'Third of all' })];
  assert.equal(meantRow(rows, ' second ', 'a'), rows[1]);
  assert.equal(meantRow(rows, 'OF ALL', undefined), rows[2]);
  assert.equal(meantRow(rows, 'nothing like it', 'a'), undefined);
  assert.equal(meantRow([], '', 'a'), undefined);
});
