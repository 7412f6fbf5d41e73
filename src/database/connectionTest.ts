import type { InstanceAccess } from '../domain/instance.ts';
import { isOpen } from '../domain/instance.ts';
import type { Now, Sleep } from '../domain/ports.ts';
import type { Secret } from '../domain/secret.ts';
import type { StepRow } from '../domain/windowPorts.ts';
import { diagnose } from './diagnosis.ts';
import type { Circumstances } from './diagnosis.ts';
import { createDoctor } from './doctor.ts';
import type { Limits, StepName, StepState } from './doctor.ts';
import { openWay } from './encryption.ts';
import type { DoctorTarget, Probes } from './probes.ts';
import { login } from './session.ts';
import { dial, resolveName } from './socket.ts';
import { isWorking, reportText, resultRows, stepRows } from './testSheet.ts';
import type { TestChoice, TestedAddress } from './testSheet.ts';

/** The real ones. */
export const networkProbes: Probes = {
  resolve: resolveName,
  async connect(endpoint, signal) {
    (await dial(endpoint, signal)).destroy();
  },
  async encrypt(endpoint, signal) {
    const { socket, encryption } = await openWay(endpoint, signal);
    socket.destroy();
    return encryption;
  },
  login,
};

/** Long enough for the far side of the world, and for a SYN that is lost twice. */
export const usualLimits: Limits = {
  resolve: 5_000,
  connect: 5_000,
  encrypt: 5_000,
  login: 10_000,
  query: 5_000,
  version: 5_000,
  latency: 10_000,
};

/** What to test, and with which password. */
export interface TestSubject {
  readonly access: InstanceAccess;
  /** The one that the person has set; absent where the service's copy is used. */
  readonly ownPassword?: Secret;
}

/** Rows to show, and which of them is to be read now. */
export type ShowSteps = (rows: readonly StepRow<TestChoice>[], focus: number) => void;

export interface TestOutcome {
  /** True when one can connect by at least one address. */
  readonly works: boolean;
  readonly rows: readonly StepRow<TestChoice>[];
  /** The row with the result. */
  readonly focus: number;
  /** Plain text without secrets. */
  readonly report: string;
}

/**
 * Tests every open address of an instance, the public one first: it is the one that works from anywhere.
 * Rejects with `CancelledError` when the signal aborts.
 */
export type TestAddresses = (subject: TestSubject, show: ShowSteps, signal: AbortSignal) => Promise<TestOutcome>;

export function createConnectionTest(deps: {
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
  readonly probes?: Probes;
  readonly limits?: Limits;
}): TestAddresses {
  const { sleep, now, clock, probes = networkProbes, limits = usualLimits } = deps;
  const examine = createDoctor({ probes, limits, sleep, clock });

  return async (subject, show, signal) => {
    const circumstances = circumstancesOf(subject);
    const tested: TestedAddress[] = targetsOf(subject).map((target) => ({ target, steps: new Map() }));
    const refresh = (): void => {
      const { rows, focus } = stepRows(tested);
      show(rows, focus);
    };
    refresh();
    for (const [at, { target }] of tested.entries()) {
      const steps = new Map<StepName, StepState>();
      const examination = await examine(
        target,
        (step, state) => {
          steps.set(step, state);
          tested[at] = { target, steps };
          refresh();
        },
        signal,
      );
      const diagnosis = diagnose(target, examination, circumstances);
      tested[at] = { target, steps, ...(diagnosis === undefined ? {} : { diagnosis }) };
      refresh();
    }
    const { rows } = stepRows(tested);
    return {
      works: tested.some(isWorking),
      rows: [...rows, ...resultRows(tested)],
      focus: rows.length,
      report: reportText(subject.access.instance, tested, new Date(now())),
    };
  };
}

/** Empty when an address, an account with a password or a database is still missing. */
function targetsOf({ access, ownPassword }: TestSubject): DoctorTarget[] {
  const account = access.accounts[0];
  const database = access.databases[0];
  const password = ownPassword ?? account?.password;
  if (account === undefined || password === undefined || database === undefined) return [];
  return access.instance.addresses
    .filter(isOpen)
    .toSorted((a, b) => Number(b.kind === 'public') - Number(a.kind === 'public'))
    .map(({ kind, host, port }) => ({
      kind,
      host,
      port,
      user: account.user,
      password,
      database,
    }));
}

function circumstancesOf({ access, ownPassword }: TestSubject): Circumstances {
  const { status, vpcId = '', addresses } = access.instance;
  const open = addresses.find(({ kind }) => kind === 'public');
  return {
    status,
    vpcId,
    ownPassword: ownPassword !== undefined,
    publicAccess:
      open === undefined
        ? 'closed'
        : isOpen(open)
          ? 'open'
          : /^(opening|closing)$/i.test(open.status)
            ? 'changing'
            : 'closed',
  };
}
