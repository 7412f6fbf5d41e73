import fc from 'fast-check';
import type { CreatePlan } from '../../src/domain/createPlan.ts';
import { errorKinds, nextSteps, planFields } from '../../src/domain/explanation.ts';
import type { Explanation } from '../../src/domain/explanation.ts';
import { changeKinds, operationStates } from '../../src/domain/operation.ts';
import type { CreateOperation, InstanceOperation, Operation } from '../../src/instances/operation.ts';
import type { Rental } from '../../src/domain/rental.ts';
import { anyText, plain } from './instances.ts';

export const demoPlan: CreatePlan = {
  offering: 'serverless',
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  name: 'demo',
  version: '10.4',
  charset: 'UTF8',
  tags: [],
};

/** A confirmed create, as the journal takes it. */
export const demoCreate = {
  kind: 'create',
  accountId: '1000',
  offering: 'serverless',
  name: 'demo',
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  plan: demoPlan,
  state: 'sending',
} as const;

/** A confirmed deletion, likewise; name only the fields that matter. */
export function demoDelete(fields: Partial<Omit<InstanceOperation, 'id' | 'startedAt' | 'endedAt'>> = {}) {
  return {
    kind: 'delete',
    accountId: '1000',
    offering: 'serverless',
    name: 'demo',
    region: 'ap-shanghai',
    zone: 'ap-shanghai-2',
    instanceId: 'postgres-1',
    state: 'sending',
    ...fields,
  } as const;
}

const anyRental: fc.Arbitrary<Rental> = fc.record(
  {
    specCode: anyText,
    cpu: fc.nat(),
    memoryGb: fc.nat(),
    storageGb: fc.nat(),
    storageType: anyText,
    standbyZone: anyText,
    securityGroupIds: fc.array(anyText, { maxLength: 2 }),
    adminName: anyText,
    deletionProtection: fc.boolean(),
    prepaidMonths: fc.nat(),
  },
  {
    requiredKeys: ['specCode', 'storageGb', 'storageType', 'securityGroupIds', 'adminName', 'deletionProtection'],
    ...plain,
  },
);

const anyPlan: fc.Arbitrary<CreatePlan> = fc.record(
  {
    offering: anyText,
    rental: anyRental,
    region: anyText,
    zone: anyText,
    name: anyText,
    version: anyText,
    charset: anyText,
    projectId: fc.nat(),
    network: fc.record({ vpcId: anyText, subnetId: anyText }, plain),
    tags: fc.array(fc.record({ key: anyText, value: anyText }, plain), { maxLength: 2 }),
  },
  { requiredKeys: ['offering', 'region', 'zone', 'name', 'version', 'charset', 'tags'], ...plain },
);

const anyExplanation: fc.Arbitrary<Explanation> = fc.record(
  {
    kind: fc.constantFrom(...errorKinds),
    meaning: anyText,
    cause: anyText,
    next: fc.subarray([...nextSteps]),
    field: fc.constantFrom(...planFields),
    serviceWords: anyText,
    requestId: anyText,
    setting: anyText,
  },
  { requiredKeys: ['kind', 'meaning', 'next'], ...plain },
);

const view = {
  id: fc.uuid(),
  accountId: anyText,
  offering: anyText,
  subject: anyText,
  ipv6: fc.boolean(),
  taskId: fc.nat(),
  percent: fc.nat(100),
  clockAhead: fc.integer(),
  orders: fc.array(anyText, { maxLength: 2 }),
  name: anyText,
  region: anyText,
  zone: anyText,
  state: fc.constantFrom(...operationStates),
  startedAt: fc.nat(),
  dueAt: fc.nat(),
  endedAt: fc.nat(),
  instanceId: anyText,
  requestId: anyText,
  candidates: fc.array(anyText, { maxLength: 2 }),
  explanation: anyExplanation,
};

const anyCreate: fc.Arbitrary<CreateOperation> = fc.record(
  {
    ...view,
    kind: fc.constant('create' as const),
    plan: anyPlan,
    earlier: fc.array(anyText, { maxLength: 2 }),
    ruledOut: fc.array(anyText, { maxLength: 2 }),
  },
  {
    requiredKeys: ['id', 'kind', 'accountId', 'offering', 'name', 'region', 'zone', 'state', 'startedAt', 'plan'],
    ...plain,
  },
);

const anyInstanceOperation: fc.Arbitrary<InstanceOperation> = fc.record(
  { ...view, kind: fc.constantFrom(...changeKinds), before: anyText },
  {
    requiredKeys: ['id', 'kind', 'accountId', 'offering', 'name', 'region', 'zone', 'state', 'startedAt', 'instanceId'],
    ...plain,
  },
);

export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(anyCreate, anyInstanceOperation);
