import * as z from 'zod';
import type { Management, SwitchTime } from '../../domain/ports.ts';
import type { SecurityGroup } from '../../domain/rental.ts';
import type { Action, Client } from '../client.ts';
import { postgres, present } from '../postgresWire.ts';
import type { ContentsReader } from './contents.ts';
import type { PriceReader } from './price.ts';
import type { TaskReader } from './tasks.ts';
import type { Write } from './writes.ts';

/** The groups of one instance (DescribeDBInstanceSecurityGroups). */
const groupsSchema = z.object({
  SecurityGroupSet: z
    .array(
      z.object({
        SecurityGroupId: z.string().nullish(),
        SecurityGroupName: z.string().nullish(),
        SecurityGroupDescription: z.string().nullish(),
      }),
    )
    .nullish(),
});

const groupsAction: Action<z.infer<typeof groupsSchema>> = {
  ...postgres,
  name: 'DescribeDBInstanceSecurityGroups',
  effect: 'read',
  schema: groupsSchema,
};

export interface ManagementParts {
  readonly client: Client;
  readonly write: Write;
  readonly contents: ContentsReader;
  readonly prices: Pick<PriceReader, 'resizePrice'>;
  readonly tasks: TaskReader;
}

/** The actions on an instance that stands (section "Instance" and "Account" of the API, 409/16761). */
export function createManagement({ client, write, contents, prices, tasks }: ManagementParts): Management {
  return {
    rename: (region, id, name, signal) =>
      write('ModifyDBInstanceName', { region, parameters: { DBInstanceId: id, InstanceName: name }, signal }),
    restart: (region, id, signal) => write('RestartDBInstance', { region, parameters: { DBInstanceId: id }, signal }),
    isolate: (region, id, signal) =>
      write('IsolateDBInstances', { region, parameters: { DBInstanceIdSet: [id] }, signal }),
    // Without a period: what is paid in advance is never renewed from here.
    restore: (region, id, signal) =>
      write('DisIsolateDBInstances', { region, parameters: { DBInstanceIdSet: [id] }, signal }),
    setDeletionProtection: (region, id, on, signal) => {
      const parameters = { DBInstanceId: id, DeletionProtection: on };
      return write('ModifyDBInstanceDeletionProtection', { region, parameters, signal });
    },
    resize: (region, id, { cpu, memoryGb, storageGb }, at, signal) => {
      const size = { Cpu: cpu, Memory: memoryGb, Storage: storageGb };
      const parameters = { DBInstanceId: id, ...size, SwitchTag: switchTags[at.kind] };
      return write('ModifyDBInstanceSpec', { region, parameters, signal });
    },
    resizePrice: prices.resizePrice,
    accounts: contents.accounts,
    createAccount: (region, id, { name, type, password }, signal) => {
      const parameters = { DBInstanceId: id, UserName: name, Type: type, Password: password.reveal() };
      return write('CreateAccount', { region, parameters, signal });
    },
    deleteAccount: (region, id, name, signal) =>
      write('DeleteAccount', { region, parameters: { DBInstanceId: id, UserName: name }, signal }),
    resetPassword: (region, id, account, password, signal) => {
      const parameters = { DBInstanceId: id, UserName: account, Password: password.reveal() };
      return write('ResetAccountPassword', { region, parameters, signal });
    },
    databases: contents.databases,
    createDatabase: (region, id, { name, owner }, signal) => {
      const parameters = { DBInstanceId: id, DatabaseName: name, DatabaseOwner: owner };
      return write('CreateDatabase', { region, parameters, signal });
    },
    deleteDatabase: (region, id, { name }, signal) =>
      write('DeleteDatabase', { region, parameters: { DBInstanceId: id, DatabaseName: name }, signal }),
    async securityGroups(region, id, signal) {
      const { value } = await client.call(groupsAction, { region, parameters: { DBInstanceId: id }, signal });
      return (value.SecurityGroupSet ?? [])
        .map((row): SecurityGroup => ({
          id: row.SecurityGroupId ?? '',
          name: row.SecurityGroupName ?? '',
          // This action does not say it.
          isDefault: false,
          ...present('note', row.SecurityGroupDescription),
        }))
        .filter((group) => group.id !== '');
    },
    task: tasks.task,
  };
}

/** 1 would be a time of the person's own. */
const switchTags: Readonly<Record<SwitchTime['kind'], number>> = { now: 0, maintenanceWindow: 2 };
