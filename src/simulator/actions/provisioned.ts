import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { applyFilters, filterSchema, type FilterRule } from '../filters.ts';
import { type InstanceBook, isProvisioned, type ProvisionedInstance } from '../instance.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import { findProvisioned } from './provisionedInstance.ts';
import { wireProvisioned } from './wireProvisioned.ts';

export interface ProvisionedParts {
  readonly book: InstanceBook;
  /** The host that instances give as their private address; absent where there is no database behind them. */
  readonly privateHost: string | undefined;
}

const describeSchema = z.strictObject({
  Filters: z.array(filterSchema).optional(),
  Limit: z.int().optional(),
  Offset: z.int().optional(),
  OrderBy: z.string().optional(),
  OrderByType: z.string().optional(),
});

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** What is there: the reads of provisioned instances, the recycle bin among them. */
export function provisionedActions({ book, privateHost }: ProvisionedParts): [string, Action][] {
  const wire = (instance: ProvisionedInstance): Fields => wireProvisioned(instance, book, privateHost);

  const filterRules: ReadonlyMap<string, FilterRule<ProvisionedInstance>> = new Map<
    string,
    FilterRule<ProvisionedInstance>
  >([
    ['db-instance-id', { values: (instance) => [instance.id] }],
    ['db-instance-name', { values: (instance) => [instance.name], fuzzy: true }],
    ['db-project-id', { values: (instance) => [String(instance.projectId)] }],
    ['db-pay-mode', { values: ({ provision }) => [provision.chargeType === 'PREPAID' ? 'prepaid' : 'postpaid'] }],
    ['db-tag-key', { values: (instance) => instance.tags.map((tag) => tag.key) }],
    ['db-private-ip', { values: () => (privateHost === undefined ? [] : [privateHost]) }],
    ['db-public-address', { values: ({ publicStatus }) => (publicStatus === 'opened' ? ['127.0.0.1'] : []) }],
    ['db-dedicated-cluster-id', { values: () => [] }],
  ]);

  function describe(parameters: z.output<typeof describeSchema>, call: Call): Fields {
    const { OrderBy: by = 'CreateTime', OrderByType: direction = 'asc' } = parameters;
    const { Limit: asked = 0, Offset: offset = 0 } = parameters;
    if (asked < 0 || asked > 100) throw new ApiError(badValue, 'Limit is 0 to 100.');
    if (offset < 0) throw new ApiError(badValue, 'Offset begins with 0.');
    const compare = orders.get(by);
    if (compare === undefined) throw new ApiError(badValue, `OrderBy takes ${[...orders.keys()].join(', ')}.`);
    if (direction !== 'asc' && direction !== 'desc') throw new ApiError(badValue, 'OrderByType takes asc or desc.');
    const inRegion = book
      .of(call.key.account)
      .filter(isProvisioned)
      .filter((instance) => instance.region === call.region);
    const found = applyFilters(inRegion, parameters.Filters ?? [], filterRules, badValue).sort(compare);
    if (direction === 'desc') found.reverse();
    return {
      TotalCount: found.length,
      DBInstanceSet: found.slice(offset, offset + (asked === 0 ? 10 : asked)).map(wire),
    };
  }

  return [
    ['DescribeDBInstances', action(describeSchema, describe)],
    [
      'DescribeDBInstanceAttribute',
      action(z.strictObject({ DBInstanceId: z.string() }), ({ DBInstanceId: id }, call) => ({
        DBInstance: wire(findProvisioned(book, id, call)),
      })),
    ],
  ];
}

const orders: ReadonlyMap<string, (a: ProvisionedInstance, b: ProvisionedInstance) => number> = new Map([
  ['DBInstanceId', by((instance) => instance.id)],
  ['CreateTime', by((instance) => instance.createdAt)],
  ['Name', by((instance) => instance.name)],
  ['EndTime', by(({ provision }) => provision.expiresAt)],
]);

function by(key: (instance: ProvisionedInstance) => string | number) {
  return (a: ProvisionedInstance, b: ProvisionedInstance): number => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
