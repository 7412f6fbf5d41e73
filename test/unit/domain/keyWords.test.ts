import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemWords, renewalWords, sourceWords } from '../../../src/domain/keyWords.ts';
import type { KeySource } from '../../../src/domain/profile.ts';

const tccli = (profile: string): KeySource => ({ kind: 'tccli', profile });

test('a source is named in words, with its profile', () => {
  assert.equal(sourceWords(tccli('dev')), 'from tccli profile "dev"');
  assert.equal(sourceWords({ kind: 'sdkFile' }), 'from the SDK credentials file');
});

test('each source says how its keys are renewed', () => {
  const kinds = ['stored', 'environment', 'sdkFile', 'cvmRole'] as const;
  const words = [tccli('dev'), ...kinds.map((kind) => ({ kind }))].map(renewalWords);
  assert.equal(new Set(words).size, words.length);
});

test('the command that renews names the profile, unless it is the usual one', () => {
  assert.match(renewalWords(tccli('dev')), /"tccli auth login --profile dev".*"tccli sso login --profile dev"/);
  assert.match(renewalWords(tccli('default')), /"tccli auth login"/);
  assert.match(renewalWords(tccli('my $(dev)')), /"tccli auth login --profile 'my \$\(dev\)'"/);
  assert.match(renewalWords(tccli("a'; b")), /"tccli auth login --profile 'a; b'"/);
});

test('a problem is one sentence, with what it is about', () => {
  assert.equal(problemWords({ kind: 'incomplete', what: 'secretKey' }), 'secretKey is missing.');
  assert.equal(
    problemWords({ kind: 'expired', at: new Date(2023, 10, 4, 9, 5).getTime() }),
    'The keys expired at 2023-11-04 09:05.',
  );
});

test('names from the disk make no links and no line breaks', () => {
  const words = sourceWords(tccli('[x](command:y)\n\u202Ez'));
  assert.equal(words, 'from tccli profile "[x] (command:y) z"');
});
