import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createFrames } from './frames.ts';
import { toTroubleError, TroubleError } from './trouble.ts';

/**
 * A connection that is there already, in the form that pg takes for one that it makes itself.
 *
 * pg reads answers inside its listeners and throws where an answer is malformed, which would end the whole process;
 * here such an error ends the connection instead.
 */
export function createWire(socket: Socket): Duplex {
  const frames = createFrames();
  const wire = new Duplex({
    read() {
      socket.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      socket.write(chunk, done);
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  // Its last resort: pg listens too while it is interested.
  wire.on('error', () => undefined);

  socket.on('data', (bytes) => {
    try {
      for (const message of frames.take(bytes)) if (!wire.push(message)) socket.pause();
    } catch {
      wire.destroy(new TroubleError({ kind: 'garbage' }));
    }
  });
  socket.once('end', () => {
    wire.push(null);
  });
  socket.once('error', (error) => {
    wire.destroy(error);
  });
  socket.once('close', () => {
    wire.destroy();
  });

  return Object.assign(wire, {
    emit(event: string | symbol, ...values: unknown[]): boolean {
      try {
        return Duplex.prototype.emit.call(wire, event, ...values);
      } catch {
        wire.destroy(new TroubleError({ kind: 'garbage' }));
        return true;
      }
    },
    setNoDelay: () => undefined,
    /** What pg calls to connect and then waits for. */
    connect() {
      process.nextTick(() => wire.emit('connect'));
    },
  });
}

/** The error that ended a wire, where there was one. */
export function endOf(wire: Duplex): Error | undefined {
  return wire.errored === null ? undefined : toTroubleError(wire.errored);
}
