import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Tag } from '../../../src/domain/tag.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import type { Row, RowSource } from '../../../src/wizard/question.ts';
import type { TagEditor } from '../../../src/wizard/tagQuestion.ts';
import { parseTag, tagRows } from '../../../src/wizard/tagQuestion.ts';
import { drawn } from '../../support/scriptedPrompter.ts';

function editor(tags: readonly Tag[], keys: readonly string[] = [], values: readonly string[] = []): TagEditor {
  return { tags, keys, values: [], editing: undefined, valuesOf: () => Promise.resolve(values) };
}

function find(source: RowSource<Answers>, text: string, label: string): Row<Answers> {
  const row = source(text).find((candidate) => candidate.label.includes(label));
  assert.ok(
    row !== undefined,
    `no row ${label} in ${source(text)
      .map((one) => one.label)
      .join(' | ')}`,
  );
  return row;
}

function stay({ choose }: Row<Answers>): { rows: RowSource<Answers>; text: string } {
  assert.ok(choose.kind === 'stay');
  return choose;
}

function tagsOf(source: RowSource<Answers>): readonly Tag[] {
  const { choose } = find(source, '', source('')[0]?.label ?? '');
  assert.ok(choose.kind === 'reply' && choose.reply.kind === 'answer');
  return choose.reply.values.tags ?? [];
}

test('key=value adds a tag', () => {
  const added = stay(find(tagRows(editor([])), 'env=prod', 'Add env = prod'));
  assert.equal(added.text, '');
  assert.deepEqual(tagsOf(added.rows), [{ key: 'env', value: 'prod' }]);
});

test('a known key is proposed, and with it the values that the account uses', async () => {
  const { choose } = find(tagRows(editor([], ['team'], ['db', 'web'])), '', 'team');
  assert.ok(choose.kind === 'load');
  assert.equal(choose.text, 'team=');
  const rows = await choose.source.load(new AbortController().signal);
  assert.deepEqual(tagsOf(stay(find(rows, 'team=', 'Add team = web')).rows), [{ key: 'team', value: 'web' }]);
  assert.deepEqual(rows('team=d').map(drawn), ['$(add) Add team = d', '$(add) Add team = db']);
  assert.deepEqual(choose.source.failed(new Error('no'))('team=x').map(drawn), ['$(add) Add team = x']);
});

test('a key that is there is refused with the reason', () => {
  const rows = tagRows(editor([{ key: 'env', value: 'prod' }]));
  assert.match(rows('env=test')[0]?.label ?? '', /The key "env" is there already/);
  assert.match(rows('env')[0]?.label ?? '', /The key "env" is there already/);
});

test('a tag can be changed, and a change that is given up leaves it as it was', () => {
  const rows = tagRows(editor([{ key: 'env', value: 'prod' }]));
  const editing = stay(find(rows, '', 'env = prod'));
  assert.equal(editing.text, 'env=prod');
  assert.deepEqual(tagsOf(stay(find(editing.rows, 'env=test', 'Add env = test')).rows), [
    { key: 'env', value: 'test' },
  ]);
  assert.deepEqual(tagsOf(editing.rows), [{ key: 'env', value: 'prod' }]);
});

test('a tag can be removed', () => {
  const row = find(tagRows(editor([{ key: 'env', value: 'prod' }])), '', 'env = prod');
  const remove = row.buttons?.[0]?.choose;
  assert.ok(remove?.kind === 'stay');
  assert.deepEqual(tagsOf(remove.rows), []);
});

test('empty parts, control characters and over-long text are refused', () => {
  for (const text of ['=x', 'k=', ' =x', 'k\u0000=v', 'k=v\u202e', `${'k'.repeat(128)}=v`, `k=${'v'.repeat(256)}`]) {
    const parsed = parseTag(text, []);
    assert.ok(parsed !== undefined && 'problem' in parsed, text);
  }
});

test('whatever is typed gives at least one row, and never a tag twice', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 12 }), (texts) => {
      let source = tagRows(editor([], ['env']));
      for (const text of texts) {
        const rows = source(text);
        assert.ok(rows.length > 0);
        const { choose } = rows[0] ?? { choose: { kind: 'nothing' } };
        if (choose.kind === 'stay') source = choose.rows;
      }
      const keys = tagsOf(source).map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length);
    }),
  );
});
