import fc from 'fast-check';
import type { Explanation } from '../../src/domain/explanation.ts';
import type { OperationView } from '../../src/domain/operation.ts';
import type { TreeState } from '../../src/tree/nodes.ts';
import { anyInstance, anyText, plain } from './instances.ts';

/** Signed in, nothing known, nothing going on; name only the fields that matter. */
export function stateWith(fields: Partial<TreeState> = {}): TreeState {
  return { signedIn: true, simulator: false, regions: [], operations: [], refreshing: new Set(), ...fields };
}

/** A create that the service accepted. */
export function operationWith(fields: Partial<OperationView> = {}): OperationView {
  return {
    id: 'op-1',
    name: 'newshop',
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    state: 'making',
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

const anyOperation: fc.Arbitrary<OperationView> = fc.record(
  {
    id: fc.constantFrom('op-1', 'op-2', '\u202Eop'),
    name: anyText,
    region: anyText,
    zone: anyText,
    state: fc.constantFrom('sending', 'settling', 'making', 'failed', 'unsettled'),
    startedAt: fc.nat(),
    instanceId: anyText,
    requestId: anyText,
    explanation: anyExplanation,
  },
  { requiredKeys: ['id', 'name', 'region', 'zone', 'state', 'startedAt'], ...plain },
);

/** Any state at all, with ids that collide and texts that mislead. */
export const anyState: fc.Arbitrary<TreeState> = fc.record(
  {
    signedIn: fc.boolean(),
    simulator: fc.boolean(),
    regions: fc.uniqueArray(
      fc.record(
        {
          region: fc.constantFrom('ap-guangzhou', 'ap-beijing', '__proto__', '', '\u202Eap'),
          instances: fc.array(anyInstance, { maxLength: 4 }),
          refreshedAt: fc.nat(),
          failure: anyExplanation,
        },
        { requiredKeys: ['region', 'instances'], ...plain },
      ),
      { selector: (one) => one.region, maxLength: 3 },
    ),
    operations: fc.array(anyOperation, { maxLength: 4 }),
    refreshing: fc.array(fc.constantFrom('ap-guangzhou', 'ap-beijing', 'eu-frankfurt')).map((names) => new Set(names)),
  },
  plain,
);
