import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClearingClipboard } from '../../../src/domain/clearingClipboard.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { memoryLog } from '../../support/memory.ts';

const password = new Secret('Copied-Pass-1');

/** A clipboard, and a time that passes when the test says so. */
function desk(options: { readonly clearAfter?: number } = {}) {
  const waits: { readonly milliseconds: number; readonly pass: () => Promise<void> }[] = [];
  const held = { text: 'before', refuses: false };
  const log = memoryLog();
  const clipboard = createClearingClipboard({
    system: {
      read: () => (held.refuses ? Promise.reject(new Error(`no, not ${held.text}`)) : Promise.resolve(held.text)),
      write: (text) => {
        held.text = text;
        return Promise.resolve();
      },
    },
    clearAfter: () => options.clearAfter ?? 60_000,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
        waits.push({
          milliseconds,
          pass: async () => {
            resolve();
            // What follows reads and then writes.
            for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
          },
        });
      }),
    log,
  });
  return { clipboard, held, waits, log };
}

test('a secret is cleared when its time is up, and how long that is, is told', async () => {
  const { clipboard, held, waits } = desk();
  assert.equal(await clipboard.write(password), 60_000);
  assert.equal(held.text, 'Copied-Pass-1');
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [60_000],
  );
  await waits[0]?.pass();
  assert.equal(held.text, '');
});

test('what somebody else copied meanwhile stays, and ends of lines make no difference', async () => {
  const { clipboard, held, waits } = desk();
  await clipboard.write(password);
  held.text = 'something else';
  await waits[0]?.pass();
  assert.equal(held.text, 'something else');

  await clipboard.write(new Secret('{\n  "password": "Copied-Pass-1"\n}'));
  held.text = held.text.replaceAll('\n', '\r\n');
  await waits[1]?.pass();
  assert.equal(held.text, '');
});

test('a later copy begins the time anew, and one of other text ends it', async () => {
  const { clipboard, held, waits } = desk();
  await clipboard.write(password);
  await clipboard.write(password);
  await waits[0]?.pass();
  assert.equal(held.text, 'Copied-Pass-1', 'the first time counts no more');
  await waits[1]?.pass();
  assert.equal(held.text, '');

  await clipboard.write(password);
  assert.equal(await clipboard.write('a request id'), 0);
  await waits[2]?.pass();
  assert.equal(held.text, 'a request id');
});

test('0 seconds clear never', async () => {
  const { clipboard, held, waits } = desk({ clearAfter: 0 });
  assert.equal(await clipboard.write(password), 0);
  assert.equal(waits.length, 0);
  await clipboard.dispose();
  assert.equal(held.text, 'Copied-Pass-1');
});

test('at the end of the window what is still due is cleared at once', async () => {
  const { clipboard, held } = desk();
  await clipboard.write(password);
  await clipboard.dispose();
  assert.equal(held.text, '');
  held.text = 'something else';
  await clipboard.dispose();
  assert.equal(held.text, 'something else');
});

test('a clipboard that cannot be read is left alone, and the log says so without what is on it', async () => {
  const { clipboard, held, waits, log } = desk();
  await clipboard.write(password);
  held.refuses = true;
  await waits[0]?.pass();
  assert.equal(held.text, 'Copied-Pass-1');
  assert.deepEqual(log.lines, ['Clipboard could not be cleared: Error']);
});

test('any other text goes without the secrets in it, unless it is exact', async () => {
  const { clipboard, held } = desk();
  await clipboard.write('{"words": "Copied-Pass-1 is too simple"}');
  assert.equal(held.text, '{"words": "*** is too simple"}');
  await clipboard.write('postgresql://Copied-Pass-1@host', 'exact');
  assert.equal(held.text, 'postgresql://Copied-Pass-1@host');
});
