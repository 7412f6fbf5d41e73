import fc from 'fast-check';
import type { KnownContents, Listed } from '../../../src/domain/contents.ts';
import type { TreeState } from '../../../src/tree/treeState.ts';
import { anyText, plain } from '../../support/instances.ts';

function anyListed<T>(row: fc.Arbitrary<T>): fc.Arbitrary<Listed<T>> {
  return fc.oneof(
    fc.constant({ kind: 'loading' } as const),
    fc.record({ kind: fc.constant('rows' as const), rows: fc.array(row, { maxLength: 3 }) }, plain),
    fc.record(
      {
        kind: fc.constant('failed' as const),
        explanation: fc.record(
          { kind: fc.constant('service' as const), meaning: anyText, next: fc.constant([]) },
          plain,
        ),
      },
      plain,
    ),
  );
}

const anyName = fc.oneof(fc.constantFrom('', 'placeholder', 'same'), anyText);

/** What an instance may hold, with names that collide and texts that mislead. */
export const anyContents: fc.Arbitrary<KnownContents> = fc.record(
  {
    accounts: anyListed(
      fc.record(
        {
          name: anyName,
          type: fc.oneof(fc.constantFrom('normal', 'tencentDBSuper'), anyText),
          ready: fc.boolean(),
          remark: anyText,
        },
        { requiredKeys: ['name', 'type', 'ready'], ...plain },
      ),
    ),
    databases: anyListed(
      fc.record({ name: anyName, owner: anyText, encoding: anyText }, { requiredKeys: ['name'], ...plain }),
    ),
  },
  { requiredKeys: [], ...plain },
);

/** The state with every instance holding this. */
export function withContents(state: TreeState, contents: KnownContents): TreeState {
  const ids = state.accounts.flatMap(({ regions }) =>
    regions.flatMap(({ instances }) => instances.map(({ id }) => id)),
  );
  return { ...state, contents: new Map(ids.map((id) => [id, contents])) };
}
