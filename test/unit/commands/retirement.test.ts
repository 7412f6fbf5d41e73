import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recheckRetirement } from '../../../src/commands/recheckRetirement.ts';
import { retirementGuide } from '../../../src/commands/retirementGuide.ts';
import type { Site } from '../../../src/domain/credentials.ts';
import { ServiceError } from '../../../src/domain/errors.ts';
import type { Explanation } from '../../../src/domain/explanation.ts';
import { memoryMessages } from '../../support/memory.ts';
import { memoryDesk } from '../../support/world.ts';

const explanation: Explanation = {
  kind: 'retired',
  meaning: 'This action has been taken offline.',
  cause: 'Withdrawn since 2025.',
  next: ['reportRequestId'],
  serviceWords: 'ActionOffline: gone',
  requestId: 'req-1',
};

function guided(
  press: readonly string[],
  more: { site?: Site | undefined; usable?: boolean; simulated?: boolean } = {},
) {
  const messages = memoryMessages(press);
  const done: string[] = [];
  const guide = retirementGuide({
    retirements: { note: ({ offering }, { requestId }) => Promise.resolve(void done.push(`${offering} ${requestId}`)) },
    accountId: () => '1000',
    desk: memoryDesk(messages),
    otherSite: () => ('site' in more ? more.site : 'international'),
    useSite: (site) => Promise.resolve((done.push(site), more.usable ?? true)),
    simulator: () => (more.simulated === true ? undefined : () => Promise.resolve(void done.push('simulator'))),
  });
  return { messages, done, ask: () => guide('serverless', 'demo', explanation) };
}

test('the guide says what happened and since when, with the words of the service, and three ways on', async () => {
  const { messages, done, ask } = guided([]);
  assert.deepEqual(await ask(), { kind: 'stop' });
  assert.deepEqual(done, ['serverless req-1'], 'it is remembered');
  assert.match(
    messages.shown.join(),
    /Cannot create "demo": .*offline\. Withdrawn since 2025\. .*ActionOffline: gone.*req-1 \[Create as Pay-as-you-go, Try Other Site, Try Simulator\]/,
  );
  assert.doesNotMatch(messages.shown.join(), /support/, 'it is no mishap that support could mend');
});

test('each way leads on', async () => {
  assert.deepEqual(await guided(['Create as Pay-as-you-go']).ask(), { kind: 'heir', offering: 'provisioned' });
  const site = guided(['Try Other Site']);
  assert.deepEqual(await site.ask(), { kind: 'again' });
  assert.deepEqual(site.done, ['serverless req-1', 'international']);
  const refused = guided(['Try Other Site'], { usable: false });
  assert.deepEqual(await refused.ask(), { kind: 'stop' });
  const simulator = guided(['Try Simulator']);
  assert.deepEqual(await simulator.ask(), { kind: 'elsewhere' });
  assert.deepEqual(simulator.done, ['serverless req-1', 'simulator']);
});

test('in the simulator there is neither another site nor another simulator', async () => {
  const { messages, ask } = guided([], { site: undefined, simulated: true });
  await ask();
  assert.match(messages.shown.join(), /\[Create as Pay-as-you-go, Copy Request ID\]/);
});

function rechecking(list: () => Promise<never[]>) {
  const messages = memoryMessages();
  const done: string[] = [];
  const recheck = recheckRetirement({
    accountId: () => '1000',
    service: () => ({ list }),
    retirements: {
      note: (_owner, { requestId }) => Promise.resolve(void done.push(`noted ${requestId}`)),
      forget: ({ offering }) => Promise.resolve(void done.push(`forgot ${offering}`)),
    },
    explain: (error) =>
      error.message.includes('Offline') ? explanation : { kind: 'network', meaning: error.message, next: [] },
    messages,
    signal: new AbortController().signal,
  });
  return { messages, done, recheck };
}

test('a kind that answers again is no longer called withdrawn', async () => {
  const { recheck, done, messages } = rechecking(() => Promise.resolve([]));
  await recheck('serverless');
  assert.deepEqual(done, ['forgot serverless']);
  assert.match(messages.shown.join(), /answers for this kind again: Serverless/);
});

test('a kind that is still withdrawn is noted anew; another failure changes nothing', async () => {
  const facts = { action: 'D', region: 'r', code: 'ActionOffline', message: 'gone', requestId: 'req-2' };
  const still = rechecking(() => Promise.reject(new ServiceError(facts)));
  await still.recheck('serverless');
  assert.deepEqual(still.done, ['noted req-1']);
  assert.match(still.messages.shown.join(), /still says/);
  const down = rechecking(() => Promise.reject(new Error('down')));
  await assert.rejects(down.recheck('serverless'), /down/);
  assert.deepEqual(down.done, []);
});
