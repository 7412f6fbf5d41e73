import { CancelledError } from './errors.ts';

/** Whether the window is the one that the person is at. */
export interface WindowFocus {
  focused(): boolean;
  onDidFocus(listener: () => void): { dispose(): void };
}

/**
 * Resolves when the window is the one that the person is at: at once, or as soon as they come back. What is said
 * before that may be gone when they do. Rejects with `CancelledError` when the signal aborts.
 */
export async function whenFocused(window: WindowFocus, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new CancelledError();
  if (window.focused()) return;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const listening = window.onDidFocus(() => {
    resolve(undefined);
  });
  const cancel = (): void => {
    reject(new CancelledError());
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await promise;
  } finally {
    listening.dispose();
    signal.removeEventListener('abort', cancel);
  }
}
