import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignIn } from '../../../src/commands/signIn.ts';
import type { NewProfile } from '../../../src/credentials/session.ts';
import type { Connection, Credentials } from '../../../src/domain/credentials.ts';
import { ServiceError } from '../../../src/domain/errors.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import type { KeySource } from '../../../src/domain/profile.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { KeyAnswers, SourceChoice } from '../../../src/wizard/keyQuestions.ts';
import { memoryLog, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';

const identity = { accountId: '1000', userId: '2', arn: 'arn', type: 'CAMUser' };
const simulator = { endpoint: 'http://127.0.0.1:1', secretId: 'AKIDSIM', secretKey: new Secret('sim-key') };

function world(
  moves: readonly Move[],
  options: {
    refuse?: readonly string[];
    unreachable?: boolean;
    simulator?: boolean;
    sources?: readonly SourceChoice[];
    refusing?: string;
  } = {},
) {
  const person = scriptedPrompter<KeyAnswers>(moves);
  const messages = memoryMessages();
  const log = memoryLog();
  const checked: Connection[] = [];
  const saved: Credentials[] = [];
  const ways: KeySource[] = [];
  const roles: string[] = [];
  const profiles: NewProfile[] = [];
  const used: string[] = [];
  const kept: string[] = [];
  const refusals: Error[] = (options.refuse ?? []).map(
    (code) =>
      new ServiceError({
        action: options.refusing ?? 'GetCallerIdentity',
        region: '',
        code,
        message: 'no',
        requestId: 'r',
      }),
  );
  if (options.unreachable === true) refusals.push(new Error('no network'));
  const { signIn, addProfile } = createSignIn({
    session: {
      state: () => ({ kind: 'signedOut' }),
      add: (profile, keys) => {
        profiles.push(profile);
        if (keys !== undefined) saved.push(keys);
        return Promise.resolve({ ...profile, id: 'p' });
      },
      useSimulator: ({ endpoint }) => Promise.resolve(void used.push(endpoint)),
    },
    kept: (accountId) => void kept.push(accountId),
    identify: (connection) => {
      checked.push(connection);
      const refusal = refusals.shift();
      return refusal === undefined ? Promise.resolve(identity) : Promise.reject(refusal);
    },
    connect: ({ keys, source, role }) => {
      ways.push(source);
      if (role !== undefined) roles.push(role.roleArn);
      return Promise.resolve({
        credentials: keys ?? { secretId: 'AKIDFILE', secretKey: new Secret('file-key') },
        target: { site: 'mainland' },
      });
    },
    sources: () => Promise.resolve(options.sources ?? []),
    target: () => ({ site: 'mainland' }),
    simulator: options.simulator === true ? simulator : undefined,
    ask: (heading, question, answers, position) => person.ask(heading, question, answers, position),
    explain: (error) =>
      error instanceof ServiceError
        ? {
            kind: 'credentials',
            meaning: 'Not accepted.',
            next: ['signIn'],
            serviceWords: `${error.code}: ${error.serviceMessage}`,
          }
        : { kind: 'network', meaning: 'Out of reach.', next: ['retry'] },
    messages,
    waiting: (_title, work) => work(new AbortController().signal),
    openLink: () => Promise.resolve(),
    links: () => consoleLinks('mainland'),
    signal: new AbortController().signal,
    log,
  });
  return { signIn, addProfile, ways, roles, profiles, person, messages, log, checked, saved, used, kept };
}

test('keys are checked with the service before they are kept, and the account is named', async () => {
  const { signIn, checked, saved, kept, messages } = world([{ type: 'AKID1' }, { type: 'key-1' }, { type: '' }]);
  assert.equal(await signIn(), true);
  assert.equal(checked[0]?.credentials.secretId, 'AKID1');
  assert.equal(saved[0]?.secretKey.reveal(), 'key-1');
  assert.equal(saved[0].token, undefined);
  assert.deepEqual(kept, ['1000']);
  assert.match(messages.shown.join(), /Signed in to account 1000/);
});

test('a token makes the keys temporary ones', async () => {
  const { signIn, saved } = world([{ type: 'AKID1' }, { type: 'key-1' }, { type: 'token-1' }]);
  await signIn();
  assert.equal(saved[0]?.token?.reveal(), 'token-1');
});

for (const [code, box] of [
  ['AuthFailure.SecretIdNotFound', 'secretId'],
  ['AuthFailure.SignatureFailure', 'secretKey'],
  ['AuthFailure.TokenFailure', 'token'],
] as const) {
  test(`keys refused with ${code} come back to the box ${box} with everything that was typed`, async () => {
    const moves: readonly Move[] = [{ type: 'AKID1' }, { type: 'key-1' }, { type: 'token-1' }];
    const again = { secretId: ['enter', 'enter', 'enter'], secretKey: ['enter', 'enter'], token: ['enter'] } as const;
    const { signIn, person, saved } = world([...moves, ...again[box]], { refuse: [code] });
    assert.equal(await signIn(), true);
    assert.equal(person.seen[3]?.key, box);
    assert.equal(saved[0]?.secretKey.reveal(), 'key-1');
    assert.equal(saved[0].token?.reveal(), 'token-1');
  });
}

for (const [options, words] of [
  [{ refuse: ['AuthFailure.SignatureFailure'] }, 'The keys were not accepted: Not accepted.'],
  [{ unreachable: true }, 'The keys could not be checked: Out of reach.'],
] as const) {
  test(`the box says "${words}"`, async () => {
    const { signIn, person } = world([{ type: 'AKID1' }, { type: 'key-1' }, { type: '' }, 'escape'], options);
    await signIn();
    assert.equal(person.seen[3]?.problem.slice(0, words.length), words);
  });
}

test('Escape keeps nothing', async () => {
  const { signIn, saved, checked } = world([{ type: 'AKID1' }, 'escape']);
  assert.equal(await signIn(), false);
  assert.deepEqual([saved, checked], [[], []]);
});

test('a running simulator is offered first, and is used with its own address and keys', async () => {
  const { signIn, used, checked, saved } = world([{ choose: 'Use the local simulator' }], { simulator: true });
  assert.equal(await signIn(), true);
  assert.deepEqual(used, ['http://127.0.0.1:1']);
  assert.equal(checked[0]?.target.endpoint, 'http://127.0.0.1:1');
  assert.deepEqual(saved, []);
});

test('no message and no log line holds a key', async () => {
  const { signIn, messages, log } = world(
    [{ type: 'AKID1' }, { type: 'key-1' }, { type: 'token-1' }, 'enter', 'enter'],
    {
      refuse: ['AuthFailure.SignatureFailure'],
    },
  );
  await signIn();
  assert.doesNotMatch([...messages.shown, ...log.lines].join(), /key-1|token-1/);
});

const dev: SourceChoice = { source: { kind: 'tccli', profile: 'dev' }, label: 'tccli profile "dev"' };

test('keys that the command line keeps are offered, checked, and not copied', async () => {
  const { signIn, person, profiles, saved, ways } = world([{ choose: 'tccli profile' }], { sources: [dev] });
  assert.equal(await signIn(), true);
  assert.deepEqual(ways, [dev.source]);
  assert.deepEqual(saved, []);
  assert.deepEqual(profiles, [{ name: '1000', source: dev.source, accountId: '1000', userId: '2', site: 'mainland' }]);
  assert.equal(person.left(), 0);
});

test('a source that is refused comes back with the reason, and another way can be chosen', async () => {
  const { signIn, person, saved } = world(
    [{ choose: 'tccli profile' }, { choose: 'Enter' }, { type: 'AKID1' }, { type: 'key-1' }, { type: '' }],
    { sources: [dev], refuse: ['AuthFailure.TokenFailure'] },
  );
  assert.equal(await signIn(), true);
  const again = person.seen[1];
  assert.equal(again?.key, 'where');
  assert.match(again.rows[0] ?? '', /not accepted/);
  assert.equal(saved[0]?.secretId, 'AKID1');
});

test('a further profile has a role and a name', async () => {
  const role = 'qcs::cam::uin/1000:roleName/dba';
  const { addProfile, profiles, roles, person } = world([{ choose: 'tccli profile' }, { type: role }, 'enter'], {
    sources: [dev],
  });
  assert.equal(await addProfile(), true);
  assert.deepEqual(roles, [role]);
  assert.equal(profiles[0]?.name, 'dev');
  assert.equal(profiles[0].role?.roleArn, role);
  assert.deepEqual(
    person.seen.map(({ key }) => key),
    ['where', 'role', 'name'],
  );
});

test('a role that is refused is said at the box of the role, and what was typed is still there', async () => {
  const role = 'qcs::cam::uin/1000:roleName/dba';
  const { addProfile, person } = world(
    [{ choose: 'Enter' }, { type: 'AKID1' }, { type: 'key-1' }, { type: '' }, { type: role }, { type: '' }, 'escape'],
    { refuse: ['FailedOperation.RoleNotFound'], refusing: 'AssumeRole' },
  );
  assert.equal(await addProfile(), false);
  const last = person.seen.at(-1);
  assert.equal(last?.key, 'role');
  assert.equal(last.value, role);
  assert.match(last.problem, /not accepted|checked/);
});
