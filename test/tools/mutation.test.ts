import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MutantResult } from '@stryker-mutator/api/core';
import { after, collect, describe, test as collected } from './mutation/nodeTest.ts';
import { scores } from './mutation/scores.ts';
import { noticedOnly } from './mutation/tried.ts';
import { wordsIgnorer } from './mutation/words.ts';

test('tests are collected with the names of their groups, and run as often as wanted', async () => {
  const done: string[] = [];
  const { cases, after: last } = await collect(() => {
    after(() => done.push('file ends'));
    collected('alone', { timeout: 1 }, (t) => {
      t.after(() => done.push('after'));
      done.push(t.name);
    });
    describe('group', () => {
      collected('inner', () => Promise.reject(new Error('no')));
    });
    collected('left out', { skip: 'not here' }, () => undefined);
    return Promise.resolve();
  });

  assert.deepEqual(
    cases.map(({ name, skipped }) => [name, skipped]),
    [
      ['alone', false],
      ['group > inner', false],
      ['left out', true],
    ],
  );
  await cases[0]?.run();
  await cases[0]?.run();
  assert.deepEqual(done, ['alone', 'after', 'alone', 'after']);
  await assert.rejects(async () => cases[1]?.run(), /no/);
  assert.equal(last.length, 1);
});

test('the share is of those that tests could notice, for each folder and in all', () => {
  const result = (fileName: string, status: MutantResult['status']): MutantResult => ({
    ...{ id: '1', fileName, status, mutatorName: 'Some', replacement: 'a\n  b' },
    location: { start: { line: 3, column: 4 }, end: { line: 3, column: 5 } },
  });
  const { lines, share } = scores([
    ...[result('src/api/a.ts', 'Killed'), result('src/api/a.ts', 'Timeout'), result('src/api/a.ts', 'NoCoverage')],
    ...[result('src/domain/b.ts', 'Survived'), result('src/domain/b.ts', 'Ignored')],
  ]);
  assert.equal(share, 50);
  assert.deepEqual(lines, [
    'src/api/a.ts:3:4 Some -> a b',
    'src/domain/b.ts:3:4 Some -> a b',
    'src/api: 66.7 % (1 killed, 1 timed out, 0 survived, 1 not reached, 0 broken, 0 left alone)',
    'src/domain: 0.0 % (0 killed, 0 timed out, 1 survived, 0 not reached, 0 broken, 1 left alone)',
    'all: 50.0 % (1 killed, 1 timed out, 1 survived, 1 not reached, 0 broken, 1 left alone)',
  ]);
});

test('a sentence is left alone, and what is put into it is not', () => {
  const word = (name: string) => ({ type: 'Identifier', name });
  const text = { type: 'StringLiteral' };
  const blank = { type: 'StringLiteral' };
  const call = (object: string, property: string) => ({
    callee: { type: 'MemberExpression', object: word(object), property: word(property) },
    arguments: [text, blank],
  });
  const ignored = (node: object, parent: object) => wordsIgnorer.shouldIgnore({ node, parent }) !== undefined;
  assert.ok(ignored(text, call('l10n', 't')));
  assert.ok(ignored(text, call('log', 'warn')));
  assert.ok(!ignored(blank, call('l10n', 't')));
  assert.ok(!ignored(text, call('other', 't')));
  assert.ok(!ignored(text, { callee: word('log'), arguments: [text] }));
  assert.ok(!ignored(text, { type: 'ArrayExpression' }));
});

test('what was not noticed in an earlier run is tried again, and what is not tried keeps its results', () => {
  const mutants = ['Killed', 'Survived', 'Timeout', 'NoCoverage', 'Ignored'].map((status, id) => ({ id, status }));
  const report = (a: object, b: object) => ({ schemaVersion: '1', files: { a, b } });
  const file = { language: 'typescript', source: 'a', mutants };
  const text = noticedOnly(JSON.stringify(report(file, file)), (path) => path === 'a');
  assert.deepEqual(JSON.parse(text), report({ ...file, mutants: [mutants[0], mutants[4]] }, file));
});
