import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import { durationWords } from '../domain/duration.ts';
import { hasEnded, type OperationView } from '../domain/operation.ts';
import { plainText } from '../domain/plainText.ts';
import { operationContext } from './contextValues.ts';
import type { TreeModel } from './elements.ts';
import { operationFacts } from './facts.ts';
import { dotted, factLine, pair, spoken, type NodeView } from './nodeView.ts';
import type { FactNode } from './nodes.ts';
import { operationIcon } from './operationIcon.ts';
import { operationTitle } from './operationTitle.ts';
import { operationWords } from './operationWords.ts';
import { durationStep } from './ticks.ts';
import { elapsedWords } from './timeWords.ts';
import type { ViewHeader } from './viewHeader.ts';

/** All that the view "Activity" shows. */
export interface ActivityState {
  /** Of every account that is shown. */
  readonly operations: readonly OperationView[];
  /** What the accounts are called, by their id; absent while only one is shown. */
  readonly accounts?: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A row of the view "Activity". */
export type ActivityNode =
  | {
      readonly kind: 'operation';
      readonly id: string;
      readonly operation: OperationView;
      /** What is said of its time. */
      readonly time: string;
      /** Its account, where several are shown. */
      readonly account?: string;
    }
  | FactNode;

/** The view "Activity" as data. Rows are found by the id of their operation. */
export function createActivityModel(state: () => ActivityState): TreeModel<ActivityNode> {
  return {
    // Thirty days of one person's work are no long list.
    roots: () => activityNodes(state()),
    childrenOf: (node) => (node.kind === 'operation' ? factNodes(node) : []),
    same: isDeepStrictEqual,
    isList: () => false,
    locate(operationId) {
      const nodes = activityNodes(state());
      const index = nodes.findIndex((node) => node.kind === 'operation' && node.operation.id === operationId);
      const node = nodes[index];
      return node === undefined ? undefined : [{ node, index }];
    },
  };
}

/** What is not over stands on top; then the newest first. */
export function activityNodes({ operations, accounts, now }: ActivityState): ActivityNode[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return [...byId.values()]
    .sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)) || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1))
    .map((operation) => ({
      kind: 'operation',
      id: `operation/${operation.id}`,
      operation,
      time: timeOf(operation, now),
      ...(accounts === undefined ? {} : { account: accounts.get(operation.accountId) ?? operation.accountId }),
    }));
}

function timeOf({ kind, state, startedAt, dueAt, endedAt }: OperationView, now: number): string {
  if (state === 'scheduled') {
    const left = Math.max(0, (dueAt ?? now) - now);
    return l10n.t(
      'in {0}',
      kind === 'closePublic' ? durationWords(left) : elapsedWords(Math.ceil(left / 1_000) * 1_000),
    );
  }
  if (endedAt !== undefined) return elapsedWords(endedAt - startedAt);
  return elapsedWords(Math.floor((now - startedAt) / durationStep) * durationStep);
}

function factNodes({ id, operation }: { readonly id: string; readonly operation: OperationView }): FactNode[] {
  return operationFacts(operation).map((fact) => ({ kind: 'fact', id: `${id}/${fact.name}`, fact }));
}

/** How a row of the view "Activity" looks and reads. */
export function describeActivity(node: ActivityNode): NodeView {
  if (node.kind === 'fact') return { id: node.id, contextValue: node.kind, ...pair(node.fact.label, node.fact.value) };
  const { id, operation, time, account = '' } = node;
  const { state, explanation } = operation;
  const label = operationTitle(operation);
  const words = plainText(operationWords(operation));
  // What a narrow view cuts off is the end.
  const standing = state === 'scheduled' ? [time, words] : [words, time];
  return {
    id,
    contextValue: operationContext(operation),
    label,
    description: dotted(...standing, plainText(account)),
    tooltip: [label, ...operationFacts(operation).map(factLine)].join('\n'),
    icon: operationIcon(state),
    collapsible: 'collapsed',
    accessibilityLabel: spoken(label, words, time, plainText(explanation?.meaning ?? ''), plainText(account)),
  };
}

export function activityHeader(): ViewHeader {
  return { title: l10n.t('Activity') };
}
