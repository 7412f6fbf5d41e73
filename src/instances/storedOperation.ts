import type { CreatePlan } from '../domain/createPlan.ts';
import type { Explanation } from '../domain/explanation.ts';
import { errorKinds, nextSteps, planFields } from '../domain/explanation.ts';
import { operationKinds, operationStates } from '../domain/operation.ts';
import type { Rental } from '../domain/rental.ts';
import type { Tag } from '../domain/tag.ts';
import type { Fields } from '../domain/record.ts';
import { list, number, offeringIn, oneOf, optional, record, text, texts, truth } from './fields.ts';
import type { Operation } from './operation.ts';

const version = 2;

/** What a stored value turned out to be; `problem` holds none of the content. */
export type DecodedOperation =
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable'; readonly problem: string };

export function encodeOperation(operation: Operation): unknown {
  return { version, ...operation };
}

/** Never throws. */
export function decodeOperation(value: unknown): DecodedOperation {
  try {
    const from = record(value, 'operation');
    const written = number(from['version'], 'version');
    if (written > version) return { kind: 'newer' };
    return { kind: 'operation', operation: operationOf(written === 1 ? upgraded(from) : from) };
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Version 1 knew creates only, said `making` where it is `working` now, and had name and place in the plan alone. */
function upgraded(from: Fields): Fields {
  const { name, region, zone } = record(from['plan'], 'plan');
  const state = from['state'] === 'making' ? 'working' : from['state'];
  return { ...from, kind: 'create', name, region, zone, state };
}

function operationOf(from: Fields): Operation {
  const view = {
    id: text(from['id'], 'id'),
    accountId: text(from['accountId'], 'accountId'),
    offering: offeringIn(from, 'operation'),
    name: text(from['name'], 'name'),
    region: text(from['region'], 'region'),
    zone: text(from['zone'], 'zone'),
    state: oneOf(operationStates)(from['state'], 'state'),
    startedAt: number(from['startedAt'], 'startedAt'),
    ...optional(from, 'dueAt', number, 'operation'),
    ...optional(from, 'endedAt', number, 'operation'),
    ...optional(from, 'instanceId', text, 'operation'),
    ...optional(from, 'requestId', text, 'operation'),
    ...optional(from, 'subject', text, 'operation'),
    ...optional(from, 'ipv6', truth, 'operation'),
    ...optional(from, 'taskId', number, 'operation'),
    ...optional(from, 'percent', number, 'operation'),
    ...optional(from, 'clockAhead', number, 'operation'),
    ...optional(from, 'orders', texts, 'operation'),
    ...optional(from, 'candidates', texts, 'operation'),
    ...optional(from, 'explanation', explanationOf, 'operation'),
  };
  const kind = oneOf(operationKinds)(from['kind'], 'kind');
  return kind === 'create'
    ? {
        ...view,
        kind,
        plan: planOf(from['plan']),
        ...optional(from, 'earlier', texts, 'operation'),
        ...optional(from, 'ruledOut', texts, 'operation'),
      }
    : {
        ...view,
        kind,
        instanceId: text(from['instanceId'], 'instanceId'),
        ...optional(from, 'before', text, 'operation'),
      };
}

function planOf(value: unknown): CreatePlan {
  const from = record(value, 'plan');
  return {
    offering: offeringIn(from, 'plan'),
    region: text(from['region'], 'plan.region'),
    zone: text(from['zone'], 'plan.zone'),
    name: text(from['name'], 'plan.name'),
    version: text(from['version'], 'plan.version'),
    charset: text(from['charset'], 'plan.charset'),
    ...optional(from, 'projectId', number, 'plan'),
    ...optional(
      from,
      'network',
      (network, path) => {
        const fields = record(network, path);
        return {
          vpcId: text(fields['vpcId'], `${path}.vpcId`),
          subnetId: text(fields['subnetId'], `${path}.subnetId`),
        };
      },
      'plan',
    ),
    tags: list(from['tags'], 'plan.tags', (tag, path): Tag => {
      const fields = record(tag, path);
      return { key: text(fields['key'], `${path}.key`), value: text(fields['value'], `${path}.value`) };
    }),
    ...optional(from, 'rental', rentalOf, 'plan'),
  };
}

function rentalOf(value: unknown, path: string): Rental {
  const from = record(value, path);
  return {
    specCode: text(from['specCode'], `${path}.specCode`),
    ...optional(from, 'cpu', number, path),
    ...optional(from, 'memoryGb', number, path),
    storageGb: number(from['storageGb'], `${path}.storageGb`),
    storageType: text(from['storageType'], `${path}.storageType`),
    ...optional(from, 'standbyZone', text, path),
    securityGroupIds: texts(from['securityGroupIds'], `${path}.securityGroupIds`),
    adminName: text(from['adminName'], `${path}.adminName`),
    deletionProtection: truth(from['deletionProtection'], `${path}.deletionProtection`),
    ...optional(from, 'prepaidMonths', number, path),
  };
}

function explanationOf(value: unknown, path: string): Explanation {
  const from = record(value, path);
  return {
    kind: oneOf(errorKinds)(from['kind'], `${path}.kind`),
    meaning: text(from['meaning'], `${path}.meaning`),
    ...optional(from, 'cause', text, path),
    next: list(from['next'], `${path}.next`, oneOf(nextSteps)),
    ...optional(from, 'field', oneOf(planFields), path),
    ...optional(from, 'serviceWords', text, path),
    ...optional(from, 'requestId', text, path),
    ...optional(from, 'setting', text, path),
  };
}
