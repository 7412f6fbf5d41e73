import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createConnectionTest, usualLimits } from '../../../src/database/connectionTest.ts';
import type { TestOutcome } from '../../../src/database/connectionTest.ts';
import type { Encryption, Probes } from '../../../src/database/probes.ts';
import type { Trouble } from '../../../src/database/trouble.ts';
import { TroubleError } from '../../../src/database/trouble.ts';
import type { Instance, NetworkAddress } from '../../../src/domain/instance.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { instanceWith } from '../../support/instances.ts';
import { password } from './support.ts';

const inVpc: NetworkAddress = { kind: 'private', host: '10.0.0.4', port: 5432, status: 'opened' };
const open: NetworkAddress = { kind: 'public', host: 'db.example', port: 62_001, status: 'opened' };
const closed: NetworkAddress = { kind: 'public', host: '', port: 0, status: 'initing' };

/** Where a probe fails, and with what; the others pass. */
interface Broken {
  readonly resolve?: Trouble;
  readonly connect?: Trouble;
  readonly encrypt?: Trouble;
  readonly login?: Trouble;
  readonly query?: Trouble;
  /** Only at this host. */
  readonly at?: string;
  readonly encryption?: Encryption;
  readonly ip?: string;
}

function probesWith(broken: Broken): Probes {
  const pass = <T>(host: string, trouble: Trouble | undefined, value: T): Promise<T> =>
    trouble !== undefined && (broken.at ?? host) === host
      ? Promise.reject(new TroubleError(trouble))
      : Promise.resolve(value);
  const ipOf = (host: string): string => (host === open.host ? '203.0.113.9' : host);
  return {
    resolve: (host) => pass(host, broken.resolve, [broken.ip ?? ipOf(host)]),
    connect: ({ host }) => pass(host, broken.connect, undefined),
    encrypt: ({ host }) => pass(host, broken.encrypt, broken.encryption),
    login: ({ host }) =>
      pass(host, broken.login, {
        query: (text) => pass(host, broken.query, text === 'select 1' ? '1' : '17.2'),
        end: () => undefined,
      }),
  };
}

async function tested(
  broken: Broken,
  options: { instance?: Partial<Instance>; addresses?: readonly NetworkAddress[]; own?: boolean } = {},
): Promise<TestOutcome & { words: string[]; shown: string[][] }> {
  const shown: string[][] = [];
  const test = createConnectionTest({
    sleep: () => new Promise(() => undefined),
    now: () => 0,
    clock: () => 0,
    probes: probesWith(broken),
    limits: usualLimits,
  });
  const instance = instanceWith({ vpcId: 'vpc-1', ...options.instance, addresses: options.addresses ?? [open] });
  const outcome = await test(
    {
      access: { instance, accounts: [{ user: 'u', password: new Secret(password) }], databases: ['d'] },
      ...(options.own === true ? { ownPassword: new Secret(password) } : {}),
    },
    (rows, focus) => {
      shown.push([rows[focus]?.label ?? '', ...rows.map(({ tone }) => tone)]);
    },
    new AbortController().signal,
  );
  return { ...outcome, shown, words: outcome.rows.map(({ label }) => label) };
}

const values = ({ rows }: TestOutcome) => rows.map(({ value }) => value).filter((value) => value !== undefined);
const result = ({ rows, focus }: TestOutcome) => rows[focus];

test('steps are ticked as they pass, and the one that runs is the one to be read', async () => {
  const { shown, rows } = await tested({});
  assert.deepEqual(shown[0], ['Name resolution', ...Array.from({ length: 7 }, () => 'waiting')]);
  assert.deepEqual(shown[3], ['TCP connection', 'passed', 'running', ...Array.from({ length: 5 }, () => 'waiting')]);
  assert.deepEqual(rows.slice(0, 2), [
    {
      heading: 'Public address db.example:62001',
      tone: 'passed',
      label: 'Name resolution',
      description: 'passed in 0.0 ms: 203.0.113.9 (internet)',
    },
    {
      heading: 'Public address db.example:62001',
      tone: 'passed',
      label: 'TCP connection',
      description: 'passed in 0.0 ms',
    },
  ]);
});

test('a connection that works is said to, with version and latency', async () => {
  const outcome = await tested({});
  assert.ok(outcome.works);
  assert.equal(result(outcome)?.label, 'The connection to db.example:62001 works.');
  assert.equal(outcome.words[outcome.focus + 1], 'PostgreSQL 17.2, 0.0 ms a round trip.');
  assert.deepEqual(values(outcome), ['testAgain', 'copyReport']);
});

describe('encryption', () => {
  const encryption: Encryption = { protocol: 'TLSv1.3', subject: 'db', issuer: 'ca', validTo: 'May 1 2030' };
  for (const [tone, words, found] of [
    ['noted', /not offered/, undefined],
    ['passed', /: TLSv1\.3$/, encryption],
    ['noted', /not trusted \(SELF_SIGNED\)/, { ...encryption, distrust: 'SELF_SIGNED' }],
  ] as const) {
    test(`${tone}: ${String(words)}`, async () => {
      const outcome = await tested(found === undefined ? {} : { encryption: found });
      const row = outcome.rows.find(({ label }) => label === 'Encryption (TLS)');
      assert.equal(row?.tone, tone);
      assert.match(row.description ?? '', words);
      assert.equal(row.detail, found === undefined ? undefined : 'Certificate of db, by ca, valid to May 1 2030');
      assert.ok(outcome.works);
    });
  }
});

describe('a private address that cannot be reached', () => {
  for (const kind of ['timeout', 'unreachable', 'refused', 'closed'] as const) {
    test(`(${kind}) is said to lie inside its VPC, and public access is offered`, async () => {
      const outcome = await tested({ connect: { kind } }, { addresses: [inVpc, closed] });
      assert.ok(!outcome.works);
      assert.equal(result(outcome)?.tone, 'failed');
      assert.equal(result(outcome)?.label, 'The private address 10.0.0.4:5432 cannot be reached from here.');
      assert.ok(
        outcome.words.includes('It works from machines in vpc-1, or in a network that is joined to it.'),
        'one line of the list holds each sentence',
      );
      assert.deepEqual(values(outcome), ['openPublicAccess', 'testAgain', 'copyReport']);
    });
  }

  test('is no trouble where the public address works, which is tested first', async () => {
    const outcome = await tested({ connect: { kind: 'timeout' }, at: inVpc.host }, { addresses: [inVpc, open] });
    assert.ok(outcome.works);
    assert.equal(outcome.rows[0]?.heading, 'Public address db.example:62001');
    assert.match(result(outcome)?.label ?? '', /db\.example:62001 works/);
    const other = outcome.rows.find(({ label }) => label.includes('cannot be reached'));
    assert.equal(other?.tone, 'noted');
    assert.ok(outcome.words.includes('From here, use the public address.'));
    assert.deepEqual(values(outcome), ['testAgain', 'copyReport']);
  });

  test('offers nothing while public access is changing', async () => {
    const opening = { ...closed, status: 'opening' };
    const outcome = await tested({ connect: { kind: 'timeout' } }, { addresses: [inVpc, opening] });
    assert.ok(outcome.words.includes('Public access is being changed.'));
    assert.deepEqual(values(outcome), ['testAgain', 'copyReport']);
  });

  test('is something else when it is on this machine', async () => {
    const outcome = await tested({ connect: { kind: 'refused' }, ip: '127.0.0.1' }, { addresses: [inVpc, closed] });
    assert.match(result(outcome)?.label ?? '', /Nothing accepts connections/);
    assert.deepEqual(values(outcome), ['testAgain', 'copyReport']);
  });

  test('is something else once somebody has spoken there', async () => {
    const outcome = await tested({ encrypt: { kind: 'garbage' } }, { addresses: [inVpc, closed] });
    assert.match(result(outcome)?.label ?? '', /does not speak as PostgreSQL does/);
    assert.ok(!values(outcome).includes('openPublicAccess'));
  });
});

test('each trouble has words of its own at each step, and no steps after it', async () => {
  const table: readonly (readonly [Broken, RegExp])[] = [
    [{ resolve: { kind: 'unknownName' } }, /name db\.example is not known/],
    [{ resolve: { kind: 'nameServer' } }, /name server .* no answer about db\.example/],
    [{ resolve: { kind: 'timeout' } }, /name server .* no answer about db\.example/],
    [{ connect: { kind: 'timeout' } }, /no answer from db\.example:62001/],
    [{ connect: { kind: 'unreachable' } }, /no way from here/],
    [{ connect: { kind: 'refused' } }, /Nothing accepts connections/],
    [{ encrypt: { kind: 'timeout' } }, /says nothing/],
    [{ encrypt: { kind: 'closed' } }, /cut off/],
    [{ encrypt: { kind: 'encryption' } }, /offers encryption, and then it fails/],
    [{ login: { kind: 'database' } }, /no database "d"/],
    [{ login: { kind: 'denied' } }, /does not let the user "u" in/],
    [{ login: { kind: 'full' } }, /no more connections/],
    [{ login: { kind: 'starting' } }, /starting up or shutting down/],
    [{ login: { kind: 'server' } }, /error before anybody is logged in/],
    [{ query: { kind: 'server' } }, /answers a query with an error/],
    [{ query: { kind: 'timeout' } }, /query gets no answer in time/],
    [{ login: { kind: 'other' } }, /not known here/],
  ];
  for (const [broken, words] of table) {
    const outcome = await tested(broken);
    assert.match(result(outcome)?.label ?? '', words);
    assert.equal(outcome.rows[outcome.focus - 1]?.tone, 'failed', 'the last step is the one that failed');
    assert.ok(!outcome.works);
  }
});

test('a refused password leads to setting the one for connections, whose ever it was', async () => {
  const broken: Broken = { login: { kind: 'password', code: '28P01', serverWords: 'no $(error)\nentry' } };
  for (const [own, words] of [
    [true, /password that you set/],
    [false, /password of the user "u"/],
  ] as const) {
    const outcome = await tested(broken, { own });
    assert.match(result(outcome)?.label ?? '', words);
    assert.equal(outcome.rows[outcome.focus - 1]?.description, 'failed after 0.0 ms: wrong password (28P01)');
    assert.deepEqual(values(outcome), ['setPassword', 'testAgain', 'copyReport']);
    assert.ok(outcome.words.includes('The server said: no $(error) entry'));
  }
});

test('an instance that is not ready is said to be so first', async () => {
  const outcome = await tested({ connect: { kind: 'refused' } }, { instance: { status: 'restarting' } });
  assert.equal(outcome.words[outcome.focus + 1], 'The instance is not ready for connections: Restarting.');
});

test('the report says everything but the password', async () => {
  const { report } = await tested(
    { login: { kind: 'password', code: '28P01' } },
    { instance: { name: 'shop', id: 'postgres-aaaa1111', region: 'ap-guangzhou' } },
  );
  assert.equal(
    report,
    `Connection test of shop (postgres-aaaa1111)
ap-guangzhou, 1970-01-01T00:00:00.000Z

Public address db.example:62001
  User u, database d
  Name resolution: passed in 0.0 ms: 203.0.113.9 (internet)
  TCP connection: passed in 0.0 ms
  Encryption (TLS): passed in 0.0 ms: not offered, so what is sent can be read on the way
  Login: failed after 0.0 ms: wrong password (28P01)

The server refuses the password of the user "u". The service knows the first password only. If it was changed in the database, set the new one.`,
  );
});
