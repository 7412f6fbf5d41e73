import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import type { InstanceBook, ProvisionedInstance } from '../instance.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import { checkedResize, periods } from './catalogue.ts';
import { newDealName } from './orders.ts';
import { findProvisioned, requireStatus } from './provisionedInstance.ts';
import { checkInstanceName } from './provisionPlan.ts';

export interface ManageParts {
  readonly book: InstanceBook;
  readonly lifecycle: Lifecycle;
  /** Absent where there is no database behind the instances. */
  readonly privateHost: string | undefined;
  readonly now: () => number;
  readonly newTaskId: () => number;
}

const flag = z.int().min(0).max(1).optional();

const oneSchema = z.strictObject({ DBInstanceId: z.string() });
const publicSchema = z.strictObject({ DBInstanceId: z.string(), IsIpv6: flag });
const setSchema = z.strictObject({ DBInstanceIdSet: z.array(z.string()) });

const resizeSchema = z.strictObject({
  DBInstanceId: z.string(),
  Memory: z.int(),
  Storage: z.int(),
  Cpu: z.int().optional(),
  AutoVoucher: flag,
  VoucherIds: z.array(z.string()).optional(),
  ActivityId: z.int().optional(),
  SwitchTag: z.int().optional(),
  SwitchStartTime: z.string().optional(),
  SwitchEndTime: z.string().optional(),
  SyncModifyParams: z.array(z.strictObject({ Name: z.string(), ExpectedValue: z.string() })).optional(),
});

const restoreSchema = setSchema.extend({
  Period: z.int().optional(),
  AutoVoucher: z.boolean().optional(),
  VoucherIds: z.array(z.string()).optional(),
});

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** What can be done with a provisioned instance. */
export function manageActions(parts: ManageParts): [string, Action][] {
  const { book, lifecycle, now } = parts;

  function allOf(ids: readonly string[], call: Call): ProvisionedInstance[] {
    if (ids.length === 0) throw new ApiError(badValue, 'DBInstanceIdSet is empty.');
    return ids.map((id) => findProvisioned(book, id, call));
  }

  async function isolate({ DBInstanceIdSet: ids }: z.output<typeof setSchema>, call: Call): Promise<Fields> {
    const instances = allOf(ids, call);
    for (const instance of instances) {
      requireStatus(instance, 'running', 'offline');
      if (instance.provision.deletionProtection) {
        throw new ApiError('FailedOperation.LimitOperation', 'The instance has deletion protection enabled.');
      }
    }
    for (const { id } of instances) await lifecycle.isolate(id);
    return {};
  }

  async function restore(parameters: z.output<typeof restoreSchema>, call: Call): Promise<Fields> {
    const instances = allOf(parameters.DBInstanceIdSet, call);
    for (const instance of instances) {
      requireStatus(instance, 'isolated');
      if (instance.provision.chargeType === 'PREPAID' && !periods.includes(parameters.Period ?? 0)) {
        throw new ApiError(badValue, 'Period is a number of months that is sold.');
      }
    }
    for (const { id } of instances) await lifecycle.restore(id);
    return {};
  }

  async function setPublic(
    { DBInstanceId, IsIpv6 }: z.output<typeof publicSchema>,
    call: Call,
    open: boolean,
  ): Promise<Fields> {
    const instance = findProvisioned(book, DBInstanceId, call);
    requireStatus(instance, 'running');
    const { provision, publicStatus, id } = instance;
    const family = IsIpv6 === 1 ? 'ipv6' : 'ipv4';
    if (family === 'ipv6' && !provision.supportsIpv6) {
      throw new ApiError('OperationDenied.InstanceIpv6NotSupportedError', 'The instance does not support IPv6.');
    }
    const isOpen = (family === 'ipv6' ? provision.ipv6Status : publicStatus) === 'opened';
    if (isOpen === open) {
      throw new ApiError(
        'OperationDenied.InstanceStatusLimitOpError',
        `The public address is ${open ? 'open' : 'closed'} already.`,
      );
    }
    if (parts.privateHost === undefined) {
      throw new ApiError('FailedOperation.FailedOperationError', 'This simulator runs without PostgreSQL.');
    }
    return taskFields(await (open ? lifecycle.openPublic(id, family) : lifecycle.closePublic(id, family)));
  }

  async function resize(parameters: z.output<typeof resizeSchema>, call: Call): Promise<Fields> {
    const instance = findProvisioned(book, parameters.DBInstanceId, call);
    const { id, provision } = instance;
    const size = checkedResize(parameters.Memory, parameters.Cpu, parameters.Storage, provision.storageType);
    if (size.storage < provision.storage) {
      throw new ApiError('InvalidParameterValue.InvalidInstanceVolume', 'Storage cannot become less.');
    }
    if (size.specCode === provision.specCode && size.storage === provision.storage) {
      throw new ApiError('FailedOperation.StorageMemoryCheckError', 'The instance is of this size already.');
    }
    const { SwitchTag: tag = 0, SwitchStartTime: from = '', SwitchEndTime: to = '' } = parameters;
    if (tag < 0 || tag > 2) throw new ApiError(badValue, 'SwitchTag is 0, 1 or 2.');
    if (tag === 1 && !(clock.test(from) && clock.test(to))) {
      throw new ApiError(badValue, 'SwitchStartTime and SwitchEndTime are written like 01:00:00.');
    }
    requireStatus(instance, 'running');
    const deal = { name: newDealName(now(), parts.newTaskId), flowId: parts.newTaskId() };
    await book.updateProvision(id, { deals: [...provision.deals, deal] });
    // A task counts one more way of switching: none.
    await lifecycle.resize(id, { size, switchTag: tag + 1, switchTime: tag === 1 ? from : '' });
    return { DealName: deal.name, BillId: newDealName(now(), parts.newTaskId) };
  }

  return [
    [
      'ModifyDBInstanceName',
      action(
        z.strictObject({ DBInstanceId: z.string(), InstanceName: z.string() }),
        async ({ DBInstanceId: id, InstanceName: name }, call) => {
          const instance = findProvisioned(book, id, call);
          checkInstanceName(name);
          requireStatus(instance, 'running', 'job running', 'expanding', 'restarting');
          await book.update(id, { name });
          await book.updateProvision(id, { updatedAt: now() });
          return {};
        },
      ),
    ],
    [
      'ModifyDBInstanceDeletionProtection',
      action(
        z.strictObject({ DBInstanceId: z.string(), DeletionProtection: z.boolean() }),
        async ({ DBInstanceId: id, DeletionProtection: deletionProtection }, call) => {
          requireStatus(findProvisioned(book, id, call), 'running');
          await book.updateProvision(id, { deletionProtection, updatedAt: now() });
          return {};
        },
      ),
    ],
    [
      'RestartDBInstance',
      action(oneSchema, async ({ DBInstanceId: id }, call) => {
        requireStatus(findProvisioned(book, id, call), 'running');
        return taskFields(await lifecycle.restart(id));
      }),
    ],
    ['OpenDBExtranetAccess', action(publicSchema, (parameters, call) => setPublic(parameters, call, true))],
    ['CloseDBExtranetAccess', action(publicSchema, (parameters, call) => setPublic(parameters, call, false))],
    ['ModifyDBInstanceSpec', action(resizeSchema, resize)],
    ['IsolateDBInstances', action(setSchema, isolate)],
    ['DisIsolateDBInstances', action(restoreSchema, restore)],
    [
      'DestroyDBInstance',
      action(oneSchema, async ({ DBInstanceId: id }, call) => {
        requireStatus(findProvisioned(book, id, call), 'isolated');
        await lifecycle.remove(id);
        return {};
      }),
    ],
  ];
}

const clock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

function taskFields(id: number): Fields {
  return { FlowId: id, TaskId: id };
}
