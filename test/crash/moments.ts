import { createHook } from 'node:async_hooks';
import { Socket } from 'node:net';

/** Tells one moment from the next: from one to the next something went out of this process, or came in. */
export interface Moments {
  /** Grows. */
  now(): number;
  end(): void;
}

/** What goes on inside the process alone. */
const inner: ReadonlySet<string> = new Set(['PROMISE', 'TickObject', 'Microtask', 'Immediate']);

/**
 * Counts whatever Node begins or finishes outside of its own memory: every access to a file, every byte to or from a
 * socket, every timer that has run out. To whoever looks from outside, a process that dies between two points of the
 * same moment is the same as one that dies at either.
 */
export function watchMoments(): Moments {
  let moment = 0;
  const outer = new Set<number>();
  const hook = createHook({
    init(id, type) {
      if (inner.has(type)) return;
      outer.add(id);
      if (type !== 'Timeout') moment += 1;
    },
    before(id) {
      if (outer.has(id)) moment += 1;
    },
  }).enable();
  // A write that the system takes at once leaves no other trace.
  const { _write: write, _writev: writev } = Socket.prototype;
  Socket.prototype._write = function (...values) {
    moment += 1;
    write.apply(this, values);
  };
  if (writev !== undefined) {
    Socket.prototype._writev = function (...values) {
      moment += 1;
      writev.apply(this, values);
    };
  }
  return {
    now: () => moment,
    end() {
      hook.disable();
      Object.assign(Socket.prototype, { _write: write, _writev: writev });
    },
  };
}
