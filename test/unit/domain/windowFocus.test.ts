import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError } from '../../../src/domain/errors.ts';
import { whenFocused } from '../../../src/domain/windowFocus.ts';

function windowWith(focused: boolean) {
  const listeners = new Set<() => void>();
  return {
    listeners,
    focused: () => focused,
    onDidFocus(listener: () => void) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

test('a window that has the focus is not waited for', async () => {
  const window = windowWith(true);
  await whenFocused(window, new AbortController().signal);
  assert.equal(window.listeners.size, 0);
});

test('a window without the focus is waited for until it gets it, and then no longer listened to', async () => {
  const window = windowWith(false);
  let came = false;
  const waiting = whenFocused(window, new AbortController().signal).then(() => {
    came = true;
  });
  await new Promise(setImmediate);
  assert.ok(!came);
  for (const listener of window.listeners) listener();
  await waiting;
  assert.ok(came);
  assert.equal(window.listeners.size, 0);
});

test('who no longer waits is not kept waiting', async () => {
  const window = windowWith(false);
  const ending = new AbortController();
  const waiting = whenFocused(window, ending.signal);
  ending.abort();
  await assert.rejects(waiting, CancelledError);
  assert.equal(window.listeners.size, 0);
  await assert.rejects(whenFocused(windowWith(true), ending.signal), CancelledError);
});
