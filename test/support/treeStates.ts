import fc from 'fast-check';
import type { Explanation } from '../../src/domain/explanation.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { operationKinds, operationStates, type OperationView } from '../../src/domain/operation.ts';
import type { RegionState } from '../../src/domain/regionState.ts';
import { usualArrangement, type Arrangement } from '../../src/tree/arrangement.ts';
import type { AccountState, TreeState } from '../../src/tree/treeState.ts';
import { anyInstance, anyText, plain } from './instances.ts';

/** The account of `instanceWith` and `operationWith`. */
export const accountId = '100000000001';

/** One account about which nothing is known; name only the fields that matter. */
export function accountWith(fields: Partial<AccountState> = {}): AccountState {
  return { accountId, label: 'main', source: '', regions: [], refreshing: new Set(), ...fields };
}

interface Short extends TreeState {
  /** Those of the only account. */
  readonly regions: readonly RegionState[];
  readonly refreshing: ReadonlySet<string>;
}

/** Signed in with one account, nothing known, nothing going on; name only the fields that matter. */
export function stateWith(fields: Partial<Short> = {}): TreeState {
  const { regions = [], refreshing = new Set(), ...others } = fields;
  return {
    signedIn: true,
    simulator: false,
    accounts: [accountWith({ regions, refreshing })],
    operations: [],
    arrangement: usualArrangement,
    now: new Date(2025, 10, 24, 3, 4).getTime(),
    ...others,
  };
}

/** A state with these instances in one region, arranged in this way. */
export function listOf(instances: readonly Instance[], arrangement: Partial<Arrangement> = {}): TreeState {
  return stateWith({
    regions: [{ region: 'ap-guangzhou', instances }],
    arrangement: { ...usualArrangement, ...arrangement },
  });
}

/** A create that the service accepted. */
export function operationWith(fields: Partial<OperationView> = {}): OperationView {
  return {
    id: 'op-1',
    kind: 'create',
    accountId,
    offering: 'serverless',
    name: 'newshop',
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    state: 'working',
    startedAt: new Date(2025, 10, 24, 3, 2).getTime(),
    ...fields,
  };
}

const anyExplanation: fc.Arbitrary<Explanation> = fc.record(
  {
    kind: fc.constantFrom('credentials', 'network', 'service'),
    meaning: anyText,
    cause: anyText,
    next: fc.constant([]),
    serviceWords: anyText,
    requestId: anyText,
  },
  { requiredKeys: ['kind', 'meaning', 'next'], ...plain },
);

const anyTime = fc.integer({ min: -10, max: 200_000_000 });

/** Any operation at all, on instances that may be there. */
export const anyOperation: fc.Arbitrary<OperationView> = fc.record(
  {
    id: fc.constantFrom('op-1', 'op-2', 'op-3', '\u202Eop'),
    kind: fc.constantFrom(...operationKinds),
    accountId: fc.constantFrom(accountId, '2', ''),
    offering: fc.constantFrom('serverless', 'provisioned', 'of-tomorrow'),
    name: anyText,
    region: anyText,
    zone: anyText,
    state: fc.constantFrom(...operationStates),
    startedAt: anyTime,
    dueAt: anyTime,
    endedAt: anyTime,
    instanceId: fc.oneof(fc.constantFrom('', 'postgres-1'), anyText),
    requestId: anyText,
    subject: anyText,
    percent: fc.nat(100),
    candidates: fc.array(anyText, { maxLength: 2 }),
    explanation: anyExplanation,
  },
  { requiredKeys: ['id', 'kind', 'accountId', 'offering', 'name', 'region', 'zone', 'state', 'startedAt'], ...plain },
);

const anyListed = fc.oneof(
  anyInstance,
  fc.tuple(anyInstance, fc.constantFrom('postgres-1', '')).map(([instance, id]) => ({ ...instance, id })),
);

const anyAccount: fc.Arbitrary<AccountState> = fc.record(
  {
    accountId: fc.constantFrom(accountId, '2', ''),
    label: anyText,
    source: anyText,
    problem: anyExplanation,
    regions: fc.uniqueArray(
      fc.record(
        {
          region: fc.constantFrom('ap-guangzhou', 'ap-beijing', '__proto__', '', '\u202Eap'),
          instances: fc.array(anyListed, { maxLength: 4 }),
          refreshedAt: fc.nat(),
          failure: anyExplanation,
        },
        { requiredKeys: ['region', 'instances'], ...plain },
      ),
      { selector: (one) => one.region, maxLength: 3 },
    ),
    refreshing: fc.array(fc.constantFrom('ap-guangzhou', 'ap-beijing', 'eu-frankfurt')).map((names) => new Set(names)),
  },
  { requiredKeys: ['accountId', 'label', 'source', 'regions', 'refreshing'], ...plain },
);

const anyArrangement: fc.Arbitrary<Arrangement> = fc.record(
  {
    groupBy: fc.oneof(
      fc.constantFrom('nothing', 'region', 'account', 'project', 'status'),
      fc.record({ tag: anyText }, plain),
    ),
    sortBy: fc.constantFrom('name', 'created', 'status'),
    filter: fc.oneof(fc.constantFrom('', ' ', 'a', 'a='), anyText),
  },
  plain,
);

/** Any state at all, with ids that collide and texts that mislead. */
export const anyState: fc.Arbitrary<TreeState> = fc.record(
  {
    signedIn: fc.boolean(),
    simulator: fc.boolean(),
    accounts: fc.uniqueArray(anyAccount, { selector: (one) => one.accountId, maxLength: 3 }),
    operations: fc.array(anyOperation, { maxLength: 5 }),
    arrangement: anyArrangement,
    projects: fc.array(fc.tuple(fc.nat(3), anyText)).map((pairs) => new Map(pairs)),
    now: anyTime,
  },
  { requiredKeys: ['signedIn', 'simulator', 'accounts', 'operations', 'arrangement', 'now'], ...plain },
);
