import type { CreatePlan } from '../domain/createPlan.ts';
import type { Explanation } from '../domain/explanation.ts';
import { errorKinds, nextSteps, planFields } from '../domain/explanation.ts';
import type { OperationState } from '../domain/operation.ts';
import type { Tag } from '../domain/tag.ts';
import type { Fields } from '../domain/record.ts';
import { list, number, oneOf, optional, record, text } from './fields.ts';
import type { Operation } from './operation.ts';

const version = 1;

const states: readonly OperationState[] = ['sending', 'settling', 'making', 'failed', 'unsettled'];

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
    return { kind: 'operation', operation: operationOf(from) };
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : String(error) };
  }
}

function operationOf(from: Fields): Operation {
  return {
    id: text(from['id'], 'id'),
    accountId: text(from['accountId'], 'accountId'),
    plan: planOf(from['plan']),
    state: oneOf(states)(from['state'], 'state'),
    startedAt: number(from['startedAt'], 'startedAt'),
    ...optional(from, 'instanceId', text, 'operation'),
    ...optional(from, 'requestId', text, 'operation'),
    ...optional(from, 'explanation', explanationOf, 'operation'),
  };
}

function planOf(value: unknown): CreatePlan {
  const from = record(value, 'plan');
  return {
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
  };
}
