import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Site } from '../../../src/domain/credentials.ts';
import { createRetirements } from '../../../src/instances/retirements.ts';
import { memoryMemory } from '../../support/world.ts';

const owner = { accountId: '1000', offering: 'old' };
const said = { serviceWords: 'ActionOffline: gone', requestId: 'req-1' };

function world(site?: Site) {
  const place = { site };
  const memory = memoryMemory();
  const open = () => createRetirements({ memory, site: () => place.site, now: () => 5 });
  return { place, open, retirements: open() };
}

test('what the service has withdrawn is known to the next session, with its words', async () => {
  const { retirements, open } = world('mainland');
  await retirements.note(owner, said);
  assert.deepEqual(open().of(owner), { ...owner, ...said, site: 'mainland', at: 5 });
});

test('it is known for that account, kind and site only', async () => {
  const { retirements, place } = world('mainland');
  await retirements.note(owner, said);
  assert.equal(retirements.of({ ...owner, accountId: '2000' }), undefined);
  assert.equal(retirements.of({ ...owner, offering: 'new' }), undefined);
  place.site = 'international';
  assert.equal(retirements.of(owner), undefined);
});

test('a later word takes the place of the earlier one, and can be forgotten', async () => {
  const { retirements } = world('mainland');
  await retirements.note(owner, said);
  await retirements.note({ ...owner, offering: 'new' }, said);
  await retirements.note(owner, { ...said, requestId: 'req-2' });
  assert.equal(retirements.of(owner)?.requestId, 'req-2');
  await retirements.forget(owner);
  assert.equal(retirements.of(owner), undefined);
  assert.notEqual(retirements.of({ ...owner, offering: 'new' }), undefined);
});

test('what the simulator says is forgotten with the session', async () => {
  const { retirements, open } = world();
  await retirements.note(owner, said);
  assert.equal(retirements.of(owner)?.requestId, 'req-1');
  assert.equal(open().of(owner), undefined);
  await retirements.forget(owner);
  assert.equal(retirements.of(owner), undefined);
});

test('anything else that was kept counts as nothing', () => {
  for (const kept of [undefined, 7, [1, {}, { ...owner, at: 1 }, { ...owner, ...said, at: 1, site: 'moon' }]]) {
    const memory = { read: () => kept, write: () => Promise.resolve() };
    assert.equal(createRetirements({ memory, site: () => 'mainland', now: () => 1 }).of(owner), undefined);
  }
});

test('of what was kept, each word that is whole counts and no other', async () => {
  const whole = { ...owner, ...said, site: 'mainland', at: 5 };
  for (const spoilt of [
    { accountId: 7 },
    { offering: 7 },
    { at: '5' },
    { serviceWords: 7 },
    { requestId: 7 },
    { site: 'moon' },
    { site: undefined },
  ]) {
    const kept: Readonly<Record<string, unknown>> = { retirements: [null, 'x', { ...whole, ...spoilt }] };
    const written: unknown[] = [];
    const memory = { read: (name: string) => kept[name], write: (_: string, value: unknown) => save(written, value) };
    const retirements = createRetirements({ memory, site: () => 'mainland', now: () => 5 });
    assert.equal(retirements.of(owner), undefined, JSON.stringify(spoilt));
    await retirements.note({ ...owner, offering: 'new' }, said);
    assert.deepEqual(written, [[{ ...whole, offering: 'new' }]], 'what is not understood is not kept');
  }
  const abroad = { read: () => [{ ...whole, site: 'international' }], write: () => Promise.resolve() };
  assert.deepEqual(createRetirements({ memory: abroad, site: () => 'international', now: () => 5 }).of(owner), {
    ...whole,
    site: 'international',
  });
});

test('what is noted on one site leaves the word of the other', async () => {
  const { retirements, place } = world('mainland');
  await retirements.note(owner, said);
  place.site = 'international';
  await retirements.note(owner, { ...said, requestId: 'req-2' });
  await retirements.forget(owner);
  place.site = 'mainland';
  assert.equal(retirements.of(owner)?.requestId, 'req-1');
});

test('without a site each account and kind has its own word, and nothing is kept', async () => {
  const written: unknown[] = [];
  const memory = { read: () => undefined, write: (_: string, value: unknown) => save(written, value) };
  const retirements = createRetirements({ memory, site: () => undefined, now: () => 5 });
  await retirements.note(owner, said);
  assert.deepEqual(retirements.of(owner), { ...owner, ...said, site: 'mainland', at: 5 });
  assert.equal(retirements.of({ ...owner, accountId: '2000' }), undefined);
  assert.equal(retirements.of({ ...owner, offering: 'new' }), undefined);
  await retirements.forget(owner);
  assert.equal(retirements.of(owner), undefined);
  assert.deepEqual(written, []);
});

function save(written: unknown[], value: unknown): Promise<void> {
  written.push(value);
  return Promise.resolve();
}
