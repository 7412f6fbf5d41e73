import { type InstanceBook, isProvisioned } from './instance.ts';
import type { PublicStatus, Size } from './provision.ts';
import type { Family, Servers } from './servers.ts';
import type { TaskPlan } from './tasks.ts';

/** One step of a work. It takes its time, and then does something or nothing. */
export interface WorkStep {
  readonly name: string;
  readonly run?: () => Promise<void>;
  /** The task waits for its time of switching. */
  readonly waits?: boolean;
}

/** Work in steps on an instance that runs. */
export interface Work extends Omit<TaskPlan, 'steps'> {
  /** Writes down that it has begun. */
  readonly begin: (id: string) => Promise<void>;
  readonly steps: (id: string) => readonly WorkStep[];
}

export interface Resize {
  readonly size: Size;
  /** 1 at once, 2 at the time given, 3 in the maintenance window; both of these pass as a wait of two steps. */
  readonly switchTag: number;
  /** `HH:MM:SS`, or empty. */
  readonly switchTime: string;
}

/** What can be done with an instance that runs. */
export interface Works {
  openPublic(family: Family): Work;
  closePublic(family: Family): Work;
  readonly restart: Work;
  resize(resize: Resize): Work;
  /** The end of a resize. */
  applySize(id: string, size: Size): Promise<void>;
}

export interface WorksParts {
  readonly book: InstanceBook;
  readonly servers: Servers;
  readonly now: () => number;
}

export function createWorks({ book, servers, now }: WorksParts): Works {
  /** What is said of a public address, and the status of the instance with it. */
  async function setPublic(id: string, family: Family, publicStatus: PublicStatus, status: string): Promise<void> {
    if (family === 'ipv6') await book.updateProvision(id, { ipv6Status: publicStatus });
    await book.update(id, { status, ...(family === 'ipv4' ? { publicStatus } : {}) });
  }

  /** An instance that tells of its tasks is looked at first; a serverless one has the one step. */
  function checked(id: string, step: WorkStep): WorkStep[] {
    const instance = book.find(id);
    return instance !== undefined && isProvisioned(instance) ? [{ name: 'Check instance' }, step] : [step];
  }

  function applySize(id: string, size: Size): Promise<void> {
    return book.updateProvision(id, { ...size, resizeTo: undefined, updatedAt: now() });
  }

  return {
    openPublic: (family) => ({
      type: 'OpenExtranetAccess',
      begin: (id) => setPublic(id, family, 'opening', 'job running'),
      steps: (id) =>
        checked(id, {
          name: 'Open public address',
          run: async () => {
            await servers.openDoor(id, family);
            await book.update(id, { status: 'running' });
          },
        }),
    }),

    closePublic: (family) => ({
      type: 'CloseExtranetAccess',
      begin: (id) => setPublic(id, family, 'closing', 'job running'),
      steps: (id) =>
        checked(id, {
          name: 'Close public address',
          run: async () => {
            await servers.closeDoor(id, family);
            await setPublic(id, family, 'closed', 'running');
          },
        }),
    }),

    restart: {
      type: 'RestartInstance',
      begin: (id) => book.update(id, { status: 'restarting' }),
      steps: (id) => [
        { name: 'Check instance' },
        {
          name: 'Stop database',
          run: async () => {
            await servers.closeDoors(id);
            await servers.stop(id);
          },
        },
        { name: 'Start database', run: () => servers.start(id) },
        {
          name: 'Restore connections',
          run: async () => {
            await servers.reopenDoors(id);
            await book.update(id, { status: 'running' });
          },
        },
      ],
    },

    resize: ({ size, switchTag, switchTime }) => ({
      type: 'ModifyInstanceSpec',
      switchTag,
      switchTime,
      async begin(id) {
        await book.updateProvision(id, { resizeTo: size });
        await book.update(id, { status: 'expanding' });
      },
      steps(id) {
        const become = (status: string) => (): Promise<void> => book.update(id, { status });
        const waits = switchTag > 1;
        return [
          { name: 'Prepare resources' },
          { name: 'Synchronize data', run: become(waits ? 'waitSwitch' : 'switching') },
          ...(waits
            ? [
                { name: 'Wait for switch', waits },
                { name: 'Wait for switch', waits, run: become('switching') },
              ]
            : []),
          {
            name: 'Switch',
            run: async () => {
              await applySize(id, size);
              await book.update(id, { status: 'running' });
            },
          },
        ];
      },
    }),

    applySize,
  };
}
