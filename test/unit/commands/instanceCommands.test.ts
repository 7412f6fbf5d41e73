import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announceReady } from '../../../src/commands/announceReady.ts';
import { openConsole } from '../../../src/commands/openConsole.ts';
import { refreshInstance } from '../../../src/commands/refreshInstance.ts';
import { startSimulator, stopSimulator } from '../../../src/commands/simulator.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryMessages } from '../../support/memory.ts';

const signal = new AbortController().signal;
const instance: Instance = {
  id: 'postgres-1',
  accountId: '1',
  offering: 'serverless',
  name: 'demo',
  status: 'running',
  region: 'r',
  zone: 'z',
  addresses: [{ kind: 'private', host: '10.0.0.1', port: 5432, status: 'opened' }],
  tags: [],
};

test('refreshing one instance replaces it, or takes it away when the service lists it no more', async () => {
  const put: string[] = [];
  const removed: string[] = [];
  const messages = memoryMessages();
  const registry = {
    put: (_account: string, { status }: Instance) => void put.push(status),
    remove: (_account: string, id: string) => void removed.push(id),
  };
  const refresh = (found: Instance | undefined) =>
    refreshInstance({
      service: () => ({ findById: () => Promise.resolve(found) }),
      registry,
      messages,
      signal,
    })(instance);
  await refresh({ ...instance, status: 'offline' });
  await refresh(undefined);
  assert.deepEqual([put, removed], [['offline'], ['postgres-1']]);
});

test('the console opens on the list of instances; the simulator has none', async () => {
  const opened: string[] = [];
  const messages = memoryMessages();
  const open = (simulated: boolean) =>
    openConsole({
      openLink: (url) => Promise.resolve(void opened.push(url)),
      links: () => consoleLinks('mainland'),
      simulated: () => simulated,
      messages,
    })();
  await open(false);
  await open(true);
  assert.deepEqual(opened, ['https://console.cloud.tencent.com/postgres']);
  assert.match(messages.shown.join(), /no console/);
});

test('the ready message offers what one does next and does it', async () => {
  const done: string[] = [];
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  for (const [label, simulated] of [
    ['Copy Connection String', false],
    ['Show in Tree', false],
    ['Open Console', false],
    ['Open Console', true],
  ] as const) {
    await announceReady({
      messages: memoryMessages([label]),
      copy: note('copy'),
      reveal: note('reveal'),
      console: note('console'),
      simulated: () => simulated,
    })(instance);
  }
  assert.deepEqual(done, ['copy', 'reveal', 'console']);
});

test('the simulator is used once it answers, and leads to the first create', async () => {
  const used: string[] = [];
  let created = 0;
  const address = { endpoint: 'http://127.0.0.1:1', secretId: 'a', secretKey: new Secret('b') };
  await startSimulator({
    start: () => Promise.resolve(address),
    identify: ({ target }) => {
      assert.equal(target.endpoint, address.endpoint);
      return Promise.resolve({ accountId: '1', userId: '', arn: '', type: '' });
    },
    target: () => ({ site: 'mainland', endpoint: 'https://elsewhere' }),
    session: { useSimulator: ({ endpoint }) => Promise.resolve(void used.push(endpoint)) },
    messages: memoryMessages(['Create Instance']),
    progress: (_title, work) => work(() => undefined),
    create: () => Promise.resolve(void (created += 1)),
    signal,
  })();
  assert.deepEqual([used, created], [['http://127.0.0.1:1'], 1]);
});

test('stopping the simulator leaves it before its process ends', async () => {
  const order: string[] = [];
  await stopSimulator({
    session: { leaveSimulator: () => Promise.resolve(void order.push('leave')) },
    stop: () => Promise.resolve(void order.push('stop')),
    messages: memoryMessages(),
  })();
  assert.deepEqual(order, ['leave', 'stop']);
});
