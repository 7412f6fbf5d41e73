import { type Door, openDoor } from './door.ts';
import { type Instance, type InstanceBook, isProvisioned } from './instance.ts';
import type { DatabaseHost, RunningDatabase } from './postgres.ts';

/** Which of its public addresses. */
export type Family = 'ipv4' | 'ipv6';

/** The PostgreSQLs and the public addresses of the instances. Without PostgreSQL there is nothing to do, and it is done. */
export interface Servers {
  /** Makes the database of an instance; a read-only replica has none of its own. */
  make(instance: Instance): Promise<void>;
  /** Resolves when it accepts connections, at the port that is then in the book. */
  start(id: string): Promise<void>;
  stop(id: string): Promise<void>;
  /** Opens a public address and says so in the book. */
  openDoor(id: string, family: Family): Promise<void>;
  /** Opens those that the instance has, or was about to get. */
  reopenDoors(id: string): Promise<void>;
  closeDoor(id: string, family: Family): Promise<void>;
  closeDoors(id: string): Promise<void>;
  /** Ends what belongs to the instance and removes its data. */
  remove(id: string): Promise<void>;
  /** Ends all of them and leaves the data. */
  end(): Promise<void>;
}

export interface ServersParts {
  readonly book: InstanceBook;
  /** Absent where there is no PostgreSQL: instances then run without an address. */
  readonly databases: DatabaseHost | undefined;
  readonly warn: (message: string) => void;
}

export function createServers({ book, databases, warn }: ServersParts): Servers {
  const running = new Map<string, RunningDatabase>();
  const doors = new Map<string, Door>();
  const key = (id: string, family: Family): string => `${id}/${family}`;

  /** Its own database; a replica shares the one of its primary. */
  function ownHost(id: string): DatabaseHost | undefined {
    return primaryOf(book.find(id)) === undefined ? databases : undefined;
  }

  async function start(id: string): Promise<void> {
    const instance = book.find(id);
    const host = ownHost(id);
    if (instance === undefined || host === undefined) return;
    const database = await host.start(id, instance.port);
    running.set(id, database);
    await book.update(id, { port: database.port });
    void database.ended.then(() => {
      // Gone from the map first when it is we who stop it.
      if (running.get(id) !== database) return undefined;
      running.delete(id);
      warn(`${id}: its PostgreSQL has ended by itself`);
      return book.update(id, { status: 'offline' }).catch((error: unknown) => {
        warn(`${id}: ${String(error)}`);
      });
    });
  }

  async function stop(id: string): Promise<void> {
    const database = running.get(id);
    running.delete(id);
    await database?.stop();
  }

  async function open(id: string, family: Family): Promise<void> {
    const instance = book.find(id);
    const target = portOf(instance, book);
    if (instance === undefined || target === 0) return;
    if (family === 'ipv4') {
      const door = await openDoor(target, '127.0.0.1', instance.publicPort);
      doors.set(key(id, family), door);
      await book.update(id, { publicStatus: 'opened', publicPort: door.port });
    } else {
      const door = await openDoor(target, '::1', instance.provision?.ipv6Port ?? 0);
      doors.set(key(id, family), door);
      await book.updateProvision(id, { ipv6Status: 'opened', ipv6Port: door.port });
    }
  }

  async function close(name: string): Promise<void> {
    const door = doors.get(name);
    doors.delete(name);
    await door?.close();
  }

  async function closeDoors(id: string): Promise<void> {
    await close(key(id, 'ipv4'));
    await close(key(id, 'ipv6'));
  }

  return {
    async make(instance) {
      if (primaryOf(instance) === undefined) await databases?.create(instance);
    },
    start,
    stop,
    openDoor: open,
    async reopenDoors(id) {
      const instance = book.find(id);
      const isOpen = (status: string | undefined): boolean => status === 'opening' || status === 'opened';
      if (isOpen(instance?.publicStatus)) await open(id, 'ipv4');
      if (isOpen(instance?.provision?.ipv6Status)) await open(id, 'ipv6');
    },
    closeDoor: (id, family) => close(key(id, family)),
    closeDoors,
    async remove(id) {
      await closeDoors(id);
      await stop(id);
      await ownHost(id)?.destroy(id);
    },
    async end() {
      await Promise.all([...doors.keys()].map(close));
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

/** Id of the primary of a read-only replica. */
function primaryOf(instance: Instance | undefined): string | undefined {
  return instance === undefined || !isProvisioned(instance) ? undefined : instance.provision.primaryId || undefined;
}

/** The port where the database of the instance answers: its own, or of its primary; 0 where there is none. */
export function portOf(instance: Instance | undefined, book: Pick<InstanceBook, 'find'>): number {
  const primary = primaryOf(instance);
  return (primary === undefined ? instance : book.find(primary))?.port ?? 0;
}
