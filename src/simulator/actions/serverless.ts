import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { applyFilters, filterSchema, type FilterRule } from '../filters.ts';
import { type Instance, type InstanceBook, isProvisioned } from '../instance.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import type { RateLimit } from '../rateLimit.ts';
import { checkedPlan, type CreateParameters, createSchema } from './createPlan.ts';
import { wireInstance } from './wireInstance.ts';

/** What the actions work on. */
export interface ServerlessParts {
  readonly book: InstanceBook;
  readonly lifecycle: Lifecycle;
  /** Of the create action. */
  readonly createLimit: RateLimit;
  /** The host that instances give as their private address; absent where there is no database behind them. */
  readonly privateHost: string | undefined;
  readonly now: () => number;
  /** An id for an instance. */
  readonly newId: () => string;
  /** So many random lower-case letters and digits. */
  readonly randomText: (length: number) => string;
}

const describeSchema = z.strictObject({
  Filter: z.array(filterSchema).optional(),
  Limit: z.int().min(0).optional(),
  Offset: z.int().min(0).optional(),
  OrderBy: z.string().optional(),
  OrderByType: z.string().optional(),
});

const oneSchema = z.strictObject({ DBInstanceId: z.string().optional(), DBInstanceName: z.string().optional() });

/** The documents give no figures for paging; these are those of the sibling actions. */
const usualPage = 20;
const largestPage = 100;

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** The five serverless actions, which know of serverless instances only. */
export function serverlessActions(parts: ServerlessParts): [string, Action][] {
  const { book, lifecycle } = parts;
  const instancesOf = (account: string): Instance[] => book.of(account).filter((instance) => !isProvisioned(instance));

  async function create(parameters: CreateParameters, call: Call): Promise<Fields> {
    if (!parts.createLimit.take()) {
      throw new ApiError('RequestLimitExceeded', 'Your request exceeds the limit of 20 a second for this action.');
    }
    const plan = checkedPlan(parameters, call.region);
    if (instancesOf(call.key.account).some((instance) => instance.name === plan.name)) {
      throw new ApiError('InvalidParameter.InstanceNameExist', 'The instance name already exists.');
    }
    const id = parts.newId();
    await lifecycle.create({
      ...plan,
      id,
      account: call.key.account,
      status: 'applying',
      region: call.region,
      createdAt: parts.now(),
      user: `tencentdb_${parts.randomText(7)}`,
      password: parts.randomText(20),
      database: `tencentdb_${parts.randomText(7)}`,
      port: 0,
      publicStatus: 'initing',
      publicPort: 0,
    });
    return { DBInstanceId: id };
  }

  function describe(parameters: z.output<typeof describeSchema>, call: Call): Fields {
    const { OrderBy: by = 'CreateTime', OrderByType: direction = 'asc' } = parameters;
    if (by !== 'CreateTime') throw new ApiError(badValue, 'OrderBy takes only CreateTime.');
    if (direction !== 'asc' && direction !== 'desc') throw new ApiError(badValue, 'OrderByType takes asc or desc.');
    const inRegion = instancesOf(call.key.account).filter((instance) => instance.region === call.region);
    const found = applyFilters(inRegion, parameters.Filter ?? [], filterRules, badValue);
    if (direction === 'desc') found.reverse();
    const limit = parameters.Limit === undefined || parameters.Limit === 0 ? usualPage : parameters.Limit;
    const offset = parameters.Offset ?? 0;
    return {
      TotalCount: found.length,
      DBInstanceSet: found
        .slice(offset, offset + Math.min(limit, largestPage))
        .map((instance) => wireInstance(instance, parts.privateHost)),
    };
  }

  function find(parameters: z.output<typeof oneSchema>, call: Call): Instance {
    const { DBInstanceId: id = '', DBInstanceName: name = '' } = parameters;
    if (id === '' && name === '') {
      throw new ApiError('MissingParameter', 'One of the parameters `DBInstanceId` and `DBInstanceName` is required.');
    }
    const instance = instancesOf(call.key.account).find(
      (candidate) => candidate.region === call.region && (id === '' ? candidate.name === name : candidate.id === id),
    );
    if (instance === undefined) {
      throw new ApiError('ResourceNotFound.InstanceNotFoundError', 'The instance does not exist.');
    }
    return instance;
  }

  return [
    ['CreateServerlessDBInstance', action(createSchema, create)],
    ['DescribeServerlessDBInstances', action(describeSchema, describe)],
    [
      'DeleteServerlessDBInstance',
      action(oneSchema, async (parameters, call) => {
        const instance = find(parameters, call);
        require(instance, instance.status === 'running' || instance.status === 'offline');
        await lifecycle.remove(instance.id);
        return {};
      }),
    ],
    [
      'OpenServerlessDBExtranetAccess',
      action(oneSchema, async (parameters, call) => {
        const instance = find(parameters, call);
        require(instance, instance.status === 'running' && instance.publicStatus !== 'opened');
        if (parts.privateHost === undefined) {
          throw new ApiError('FailedOperation.FailedOperationError', 'This simulator runs without PostgreSQL.');
        }
        await lifecycle.openPublic(instance.id);
        return {};
      }),
    ],
    [
      'CloseServerlessDBExtranetAccess',
      action(oneSchema, async (parameters, call) => {
        const instance = find(parameters, call);
        require(instance, instance.status === 'running' && instance.publicStatus === 'opened');
        await lifecycle.closePublic(instance.id);
        return {};
      }),
    ],
  ];
}

const filterRules: ReadonlyMap<string, FilterRule<Instance>> = new Map([
  ['db-instance-id', { values: (instance: Instance) => [instance.id] }],
  ['db-instance-name', { values: (instance: Instance) => [instance.name] }],
  ['db-tag-key', { values: (instance: Instance) => instance.tags.map((tag) => tag.key) }],
]);

function require(instance: Instance, allowed: boolean): void {
  if (allowed) return;
  throw new ApiError(
    'OperationDenied.InstanceStatusLimitOpError',
    `The status of the instance does not allow this: ${instance.status}, public access ${instance.publicStatus}.`,
  );
}
