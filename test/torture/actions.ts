import type { Cloud } from '../../src/api/cloud.ts';
import type { ChangeOrder } from '../../src/domain/changeOrder.ts';
import type { CreatePlan } from '../../src/domain/createPlan.ts';
import type { Connection } from '../../src/domain/credentials.ts';
import type { Instance } from '../../src/domain/instance.ts';
import type { OperationKind } from '../../src/domain/operation.ts';
import type { Catalog, InstanceService, Management } from '../../src/domain/ports.ts';
import { Secret } from '../../src/domain/secret.ts';
import { subnetsOf } from '../../src/simulator/account.ts';
import type { Rig } from '../support/rig.ts';

/** Ids of the kinds of instance, and what is asked for beside them. */
export type Group = 'serverless' | 'provisioned' | 'catalogue' | 'identity';

/** What reads are about. */
export interface Place {
  readonly accountId: string;
  readonly connection: Connection;
  readonly serverless: Instance;
  readonly provisioned: Instance;
  /** A task of the provisioned instance. */
  readonly taskId: number;
  /** The order that the provisioned instance came by. */
  readonly order: string;
}

interface ActionName {
  readonly group: Group;
  /** Name of the method of the port. */
  readonly method: string;
  /** Tells apart what one method does in several ways. */
  readonly way?: string;
}

/** Asks the service and changes nothing. */
export interface Read extends ActionName {
  readonly effect: 'read';
  ask(cloud: Cloud, place: Place, signal: AbortSignal): Promise<unknown>;
}

/**
 * What there has to be before a write makes sense. `open` and `closed` are about the public address; `oldPassword` is
 * one that was set in an earlier second, as the service tells times in seconds.
 */
export type Needed =
  'nothing' | 'running' | 'protected' | 'binned' | 'account' | 'database' | 'oldPassword' | 'open' | 'closed';

/** Changes something at the service, as one confirmed operation of a window. */
export interface Write extends ActionName {
  readonly group: 'serverless' | 'provisioned';
  readonly effect: 'write';
  readonly kind: OperationKind;
  /** Action of the service, as the request names it. */
  readonly wire: string;
  readonly needs: Needed;
  /** The account whose new password is sent along. */
  readonly brings?: string;
  /**
   * Resolves when the window follows it no longer; rejects when it could not be put on record.
   * @param instance absent where nothing is needed
   */
  confirm(rig: Rig, instance: Instance | undefined): Promise<unknown>;
}

export type Action = Read | Write;

/** `create (serverless)` */
export function titleOf({ group, method, way }: ActionName): string {
  return `${method}${way === undefined ? '' : ` ${way}`} (${group})`;
}

export const account = '100000000001';
export const region = 'ap-guangzhou';
export const planned = 'tortured';
export const adminName = 'dbadmin';
export const extraAccount = 'app';
export const extraDatabase = 'shop';

/** Sent with every order that brings a password; planted, so that it can be looked for. */
export const newPassword = new Secret('Planted-Pass-5');

const subnet = subnetsOf(region).find(({ zone, isDefault }) => zone === 'ap-guangzhou-2' && isDefault);

/** What each kind is made by. */
export const plans: Readonly<Record<'serverless' | 'provisioned', CreatePlan>> = {
  serverless: {
    offering: 'serverless',
    region,
    zone: 'ap-guangzhou-2',
    name: planned,
    version: '10.4',
    charset: 'UTF8',
    tags: [],
  },
  provisioned: {
    offering: 'provisioned',
    region,
    zone: 'ap-guangzhou-3',
    name: planned,
    version: '16',
    charset: 'UTF8',
    network: { vpcId: subnet?.vpcId ?? '', subnetId: subnet?.id ?? '' },
    tags: [],
    rental: {
      specCode: 'pg.it.medium4',
      cpu: 2,
      memoryGb: 4,
      storageGb: 50,
      storageType: 'PHYSICAL_LOCAL_SSD',
      securityGroupIds: [],
      adminName,
      deletionProtection: false,
    },
  },
};

const larger = { cpu: 4, memoryGb: 8, storageGb: 60 };

function instanceRead(
  group: 'serverless' | 'provisioned',
  method: Exclude<keyof InstanceService, 'request'>,
  ask: (service: InstanceService, instance: Instance, place: Place, signal: AbortSignal) => Promise<unknown>,
  way?: string,
): Read {
  return {
    group,
    method,
    ...(way === undefined ? {} : { way }),
    effect: 'read',
    ask: (cloud, place, signal) =>
      ask(cloud.instances({ accountId: place.accountId, offering: group }), place[group], place, signal),
  };
}

function managementRead(
  method: keyof Management,
  ask: (management: Management, place: Place, signal: AbortSignal) => Promise<unknown>,
): Read {
  return {
    group: 'provisioned',
    method,
    effect: 'read',
    ask: (cloud, place, signal) =>
      ask(cloud.management({ accountId: place.accountId, offering: 'provisioned' }), place, signal),
  };
}

function catalogueRead(
  method: keyof Catalog,
  ask: (catalogue: Catalog, place: Place, signal: AbortSignal) => Promise<unknown>,
): Read {
  return {
    group: 'catalogue',
    method,
    effect: 'read',
    ask: (cloud, place, signal) => ask(cloud.catalog(place.accountId), place, signal),
  };
}

const trace = (offering: 'serverless' | 'provisioned') => ({ plan: plans[offering], sentAt: 0 });

const instanceReads = (['serverless', 'provisioned'] as const).flatMap((group) => [
  instanceRead(group, 'list', (service, _instance, _place, signal) => service.list(region, signal)),
  instanceRead(group, 'findByName', (service, { name }, _place, signal) => service.findByName(region, name, signal)),
  instanceRead(group, 'findNamed', (service, { name }, _place, signal) => service.findNamed(region, name, signal)),
  instanceRead(group, 'findById', (service, { id }, _place, signal) => service.findById(region, id, signal)),
  instanceRead(group, 'findCreated', (service, _instance, _place, signal) => service.findCreated(trace(group), signal)),
  instanceRead(group, 'access', (service, { id }, _place, signal) => service.access(region, id, signal)),
]);

const managementReads = [
  managementRead('resizePrice', (management, { provisioned: { id } }, signal) =>
    management.resizePrice(region, id, larger, signal),
  ),
  managementRead('accounts', (management, { provisioned: { id } }, signal) => management.accounts(region, id, signal)),
  managementRead('databases', (management, { provisioned: { id } }, signal) =>
    management.databases(region, id, signal),
  ),
  managementRead('securityGroups', (management, { provisioned: { id } }, signal) =>
    management.securityGroups(region, id, signal),
  ),
  managementRead('task', (management, { taskId }, signal) => management.task(region, taskId, signal)),
];

const { specCode, storageGb, storageType } = plans.provisioned.rental ?? {
  specCode: '',
  storageGb: 0,
  storageType: '',
};
const { zone, version } = plans.provisioned;

const catalogueReads = [
  catalogueRead('regions', (catalogue, _place, signal) => catalogue.regions(signal)),
  catalogueRead('zones', (catalogue, _place, signal) => catalogue.zones(region, signal)),
  catalogueRead('versions', (catalogue, _place, signal) => catalogue.versions(region, signal)),
  catalogueRead('classes', (catalogue, _place, signal) =>
    catalogue.classes(region, { zone, version, storageType }, signal),
  ),
  catalogueRead('price', (catalogue, _place, signal) =>
    catalogue.price({ region, zone, specCode, storageGb, storageType }, signal),
  ),
  catalogueRead('vpcs', (catalogue, _place, signal) => catalogue.vpcs(region, signal)),
  catalogueRead('subnets', (catalogue, _place, signal) => catalogue.subnets(region, subnet?.vpcId ?? '', signal)),
  catalogueRead('securityGroups', (catalogue, _place, signal) => catalogue.securityGroups(region, signal)),
  catalogueRead('projects', (catalogue, _place, signal) => catalogue.projects(region, signal)),
  catalogueRead('tagKeys', (catalogue, _place, signal) => catalogue.tagKeys(region, signal)),
  catalogueRead('tagValues', (catalogue, _place, signal) => catalogue.tagValues(region, 'env', signal)),
];

const role = { roleArn: `qcs::cam::uin/${account}:roleName/torturer`, sessionName: 'torture' };

const identityReads: readonly Read[] = [
  {
    group: 'identity',
    method: 'identify',
    effect: 'read',
    ask: (cloud, { connection }, signal) => cloud.identify(connection, signal),
  },
  {
    group: 'identity',
    method: 'assumeRole',
    effect: 'read',
    ask: (cloud, { connection }, signal) => cloud.assumeRole(connection, role, signal),
  },
];

export const reads: readonly Read[] = [
  ...instanceReads,
  instanceRead(
    'provisioned',
    'findCreated',
    (service, _instance, { order }, signal) =>
      service.findCreated({ ...trace('provisioned'), orders: [order] }, signal),
    'by order',
  ),
  ...managementReads,
  ...catalogueReads,
  ...identityReads,
];

const nothing = (): void => undefined;

function there(instance: Instance | undefined): Instance {
  if (instance === undefined) throw new Error('There is no instance to do this to');
  return instance;
}

function creation(group: Write['group'], wire: string, brings: { readonly brings?: string }): Write {
  return {
    ...{ group, method: 'create', effect: 'write', kind: 'create', wire, needs: 'nothing', ...brings },
    confirm: (rig) => {
      const password = brings.brings === undefined ? {} : { password: newPassword };
      return rig.writes.creation.create(account, { plan: plans[group], ...password }, rig.signal, nothing);
    },
  };
}

function deletion(group: Write['group'], wire: string, needs: Needed): Write {
  return {
    ...{ group, method: 'delete', effect: 'write', kind: 'delete', wire, needs },
    async confirm(rig, instance) {
      const begun = await rig.writes.deletion.begin([there(instance)], 0, rig.signal);
      return Promise.all(begun.map(({ result }) => result));
    },
  };
}

function publicAccess(group: Write['group'], openWire: string, closeWire: string): Write[] {
  return [
    {
      ...{ group, method: 'openPublicAccess', effect: 'write', kind: 'openPublic', wire: openWire, needs: 'closed' },
      confirm: (rig, instance) =>
        rig.writes.publicAccess.open(there(instance), { kind: 'forGood' }, false, rig.signal, nothing),
    },
    {
      ...{ group, method: 'closePublicAccess', effect: 'write', kind: 'closePublic', wire: closeWire, needs: 'open' },
      confirm: (rig, instance) => rig.writes.publicAccess.close(there(instance), false, rig.signal, nothing),
    },
  ];
}

/** @param about what differs from an order to an instance that runs */
function change(
  method: keyof Management,
  wire: string,
  order: ChangeOrder,
  about: { readonly needs?: Needed; readonly way?: string; readonly brings?: string } = {},
): Write {
  return {
    ...{ group: 'provisioned', method, effect: 'write', kind: order.kind, wire, needs: 'running', ...about },
    confirm: (rig, instance) => rig.writes.change.carryOut(there(instance), order, rig.signal, nothing),
  };
}

const database = { name: extraDatabase, owner: adminName };
const newAccount = { name: extraAccount, type: 'normal', password: newPassword } as const;
const protection = 'ModifyDBInstanceDeletionProtection';

export const writes: readonly Write[] = [
  creation('serverless', 'CreateServerlessDBInstance', {}),
  deletion('serverless', 'DeleteServerlessDBInstance', 'running'),
  ...publicAccess('serverless', 'OpenServerlessDBExtranetAccess', 'CloseServerlessDBExtranetAccess'),
  creation('provisioned', 'CreateInstances', { brings: adminName }),
  deletion('provisioned', 'DestroyDBInstance', 'binned'),
  ...publicAccess('provisioned', 'OpenDBExtranetAccess', 'CloseDBExtranetAccess'),
  change('rename', 'ModifyDBInstanceName', { kind: 'rename', name: 'renamed' }),
  change('restart', 'RestartDBInstance', { kind: 'restart' }),
  change('isolate', 'IsolateDBInstances', { kind: 'isolate' }),
  change('restore', 'DisIsolateDBInstances', { kind: 'restore' }, { needs: 'binned' }),
  change('setDeletionProtection', protection, { kind: 'protect' }, { way: 'on' }),
  change('setDeletionProtection', protection, { kind: 'unprotect' }, { way: 'off', needs: 'protected' }),
  change('resize', 'ModifyDBInstanceSpec', { kind: 'resize', size: larger, at: { kind: 'now' } }),
  change('createAccount', 'CreateAccount', { kind: 'createAccount', account: newAccount }, { brings: extraAccount }),
  change('deleteAccount', 'DeleteAccount', { kind: 'deleteAccount', account: extraAccount }, { needs: 'account' }),
  change(
    'resetPassword',
    'ResetAccountPassword',
    { kind: 'resetPassword', account: adminName, password: newPassword },
    { brings: adminName, needs: 'oldPassword' },
  ),
  change('createDatabase', 'CreateDatabase', { kind: 'createDatabase', database }),
  change('deleteDatabase', 'DeleteDatabase', { kind: 'deleteDatabase', database }, { needs: 'database' }),
];

/** Every read and write that the product makes. */
export const actions: readonly Action[] = [...writes, ...reads];
