import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createFrames } from '../../../src/database/frames.ts';
import { errorMessage, loggedIn, message } from './support.ts';

const sound = [
  loggedIn,
  errorMessage('28P01', 'no'),
  message('R', '\0\0\0\x0aSCRAM-SHA-256\0\0'),
  message('S', 'server_version\x0010.4\0'),
  message('N', '\0'),
  message('C', 'SELECT 1\0'),
  message('A', '\0\0\0\x01channel\0payload\0'),
  message('T', `\0\x01name\0${'\0'.repeat(18)}`),
  message('D', '\0\x01\0\0\0\x011'),
];

test('whole messages come out as they went in, however they were cut on the way', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sound)), fc.array(fc.nat(40)), (messages, cuts) => {
      const all = Buffer.concat(messages);
      const frames = createFrames();
      const out: Buffer[] = [];
      let at = 0;
      for (const cut of [...cuts, all.length]) {
        out.push(...frames.take(all.subarray(at, at + cut)));
        at += cut;
      }
      assert.deepEqual(Buffer.concat(out), all);
    }),
  );
});

for (const [type, content] of [
  ['E', 'abc'],
  ['E', 'SFATAL\0'],
  ['E', ''],
  ['N', 'Mno'],
  ['S', 'name\0value'],
  ['S', 'name\0'],
  ['C', 'SELECT 1'],
  ['A', '\0\0\0\x01channel\0'],
  ['R', '\0\0\0\x0aSCRAM-SHA-256\0'],
  ['T', '\0\x01name'],
  ['T', '\0\x02name\0'],
  ['T', ''],
] as const) {
  test(`${type} with ${JSON.stringify(content)} is refused: what it lists has no end`, () => {
    assert.throws(() => createFrames().take(message(type, content)), RangeError);
    assert.throws(() => createFrames().take(Buffer.concat([message(type, content), loggedIn])), RangeError);
  });
}

test('a message shorter than its own head, or longer than any answer, is refused before it is there', () => {
  for (const length of [0, 3, 1024 * 1024, 0xffffffff]) {
    const bytes = message('Z', 'I');
    bytes.writeUInt32BE(length, 1);
    assert.throws(() => createFrames().take(bytes), RangeError);
  }
});
