import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemWords, profileWords, renewalWords, sourceWords } from '../../../src/domain/keyWords.ts';
import type { KeySource, Profile } from '../../../src/domain/profile.ts';

const tccli = (profile: string): KeySource => ({ kind: 'tccli', profile });

test('a source is named in words, with its profile', () => {
  assert.equal(sourceWords(tccli('dev')), 'from tccli profile "dev"');
  assert.equal(sourceWords({ kind: 'sdkFile' }), 'from the SDK credentials file');
  assert.equal(sourceWords({ kind: 'stored' }), 'kept in this editor');
  assert.equal(sourceWords({ kind: 'environment' }), 'from environment variables');
  assert.equal(sourceWords({ kind: 'cvmRole' }), 'from the CVM role');
});

test('a profile reads with its source, its role, and until when its keys hold', () => {
  const at = (day: number, hour: number, minute: number) => new Date(2023, 10, day, hour, minute).getTime();
  const words = (profile: Pick<Profile, 'source' | 'role'>, expiresAt?: number) =>
    profileWords({ id: 'p', name: 'p', accountId: '1', userId: '2', ...profile }, expiresAt, at(4, 9, 5));
  const role = { roleArn: 'qcs::cam::uin/1:roleName/dba', sessionName: 's' };

  assert.equal(words({ source: { kind: 'stored' } }), '');
  assert.equal(words({ source: { kind: 'stored' }, role }), 'role dba');
  assert.equal(words({ source: { kind: 'cvmRole' } }, at(4, 14, 20)), 'from the CVM role, expires 14:20');
  assert.equal(
    words({ source: tccli('dev'), role }, at(5, 4, 0)),
    'from tccli profile "dev", role dba, expires 2023-11-05 04:00',
  );
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
  assert.equal(problemWords({ kind: 'missing' }), 'There are no keys.');
  assert.equal(
    problemWords({ kind: 'unreadable', what: 'a.json' }),
    'a.json cannot be read, or is not as it should be.',
  );
  assert.equal(problemWords({ kind: 'notLoggedIn' }), 'Nobody is logged in.');
  assert.equal(
    problemWords({ kind: 'otherAccount', accountId: '100000000002' }),
    'The keys belong to another account, 100000000002.',
  );
});

test('names from the disk make no links and no line breaks', () => {
  const words = sourceWords(tccli('[x](command:y)\n\u202Ez'));
  assert.equal(words, 'from tccli profile "[x] (command:y) z"');
});
