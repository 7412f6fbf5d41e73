import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';
import { isOpen, isReplica, type Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import { statusGroup } from '../domain/status.ts';
import { contextValue, createOf } from './contextValues.ts';
import { describeContents } from './describeContents.ts';
import { describeTrouble } from './describeTrouble.ts';
import { doingWords, type ChangingKind } from './doingWords.ts';
import { addressLabel, addressWords, instanceFacts, instanceStatusWords, operationFacts } from './facts.ts';
import { countOf } from './members.ts';
import {
  dotted,
  factLine,
  labelled,
  pair,
  requestIdLine,
  spinner,
  spoken,
  type Icon,
  type NodeView,
} from './nodeView.ts';
import type { GroupNode, InstanceNode, MoreNode, OperationNode, TreeNode } from './nodes.ts';
import { operationIcon } from './operationIcon.ts';
import { operationWords } from './operationWords.ts';
import type { Access, Standing } from './standing.ts';
import { elapsedWords } from './timeWords.ts';

type Look = Omit<NodeView, 'id' | 'contextValue'>;

/** How a row of the view "Instances" looks and reads. */
export function describeNode(node: TreeNode): NodeView {
  return { id: node.id, contextValue: contextValue(node), ...lookOf(node) };
}

function lookOf(node: TreeNode): Look {
  switch (node.kind) {
    case 'instance':
      return instanceLook(node);
    case 'operation':
      return operationLook(node);
    case 'group':
      return groupLook(node);
    case 'more':
      return moreLook(node);
    case 'fact':
      return pair(node.fact.label, node.fact.value);
    case 'address':
      return {
        ...pair(addressLabel(node.address), addressWords(node.address)),
        icon: { id: isOpen(node.address) ? 'plug' : 'debug-disconnect' },
      };
    case 'tags':
      return { ...pair(l10n.t('Tags'), String(node.tags.length)), collapsible: 'collapsed' };
    case 'tag':
      return { ...pair(node.tag.key, node.tag.value), icon: { id: 'tag' } };
    case 'databases':
    case 'accounts':
    case 'database':
    case 'account':
    case 'placeholder':
      return describeContents(node);
    case 'accountProblem':
    case 'failure':
    case 'loading':
      return describeTrouble(node);
  }
}

function instanceLook({ instance, operations, standing, place, project }: InstanceNode): Look {
  const label = plainText(instance.name) || plainText(instance.id);
  const words = [...standingWords(instance, standing), ...place].map(plainText);
  const requestId = instance.createRequestId === undefined ? createOf(operations)?.requestId : undefined;
  return {
    label,
    description: dotted(...words),
    tooltip: [
      label,
      ...instanceFacts(instance, project).map(factLine),
      ...instance.addresses.map((address) => labelled(addressLabel(address), addressWords(address))),
      ...instance.tags.map((tag) => l10n.t('Tag {0}', labelled(tag.key, tag.value))),
      ...(requestId === undefined ? [] : [requestIdLine(requestId)]),
    ].join('\n'),
    icon: instanceIcon(instance.status, standing),
    collapsible: 'collapsed',
    accessibilityLabel: spoken(label, ...words),
  };
}

/** The status or what is done about it, what else it is and is done to it, and public access where it is open or changes. */
function standingWords(instance: Instance, standing: Standing): string[] {
  const { deletion, access } = standing;
  switch (deletion.kind) {
    case 'scheduled':
      return [l10n.t('Deleting in {0}', elapsedWords(deletion.dueIn))];
    case 'deleting':
      return [operationWords({ kind: 'delete', state: 'working' })];
    case 'unsettled':
      return [
        ...doneWords(instance, standing),
        operationWords({ kind: 'delete', state: 'unsettled' }),
        accessWords(access),
      ];
    case 'none':
      return [...doneWords(instance, standing), accessWords(access)];
  }
}

/** Changes of the instance as a whole: what the service says of its status meanwhile says no more. */
const statusChanges: ReadonlySet<ChangingKind> = new Set<ChangingKind>(['restart', 'resize', 'isolate', 'restore']);

function doneWords(instance: Instance, { doing }: Standing): string[] {
  const { status } = instance;
  const whole = doing.filter(({ kind }) => statusChanges.has(kind));
  const parts = doing.filter(({ kind }) => !statusChanges.has(kind));
  // That it waits until its time of switching is news.
  const told = whole.length > 0 && status.trim().toLowerCase() !== 'waitswitch';
  return [
    ...whole.map(doingWords),
    ...(told ? [] : [instanceStatusWords(status)]),
    ...(isReplica(instance) ? [l10n.t('read-only replica')] : []),
    ...parts.map(doingWords),
  ];
}

function accessWords(access: Access): string {
  switch (access.kind) {
    case 'closed':
      return '';
    case 'open':
      return l10n.t('public');
    case 'timed':
      return access.dueIn === 0
        ? l10n.t('public access is about to close')
        : l10n.t('public for another {0}', durationWords(access.dueIn));
    case 'stillOpen':
      return l10n.t('public access could not be closed');
    case 'changing':
      return l10n.t('public access is changing');
    case 'opening':
      return l10n.t('opening public access');
    case 'closing':
      return l10n.t('closing public access');
  }
}

function operationLook({ operation, place }: OperationNode): Look {
  const label = plainText(operation.name);
  const words = [operationWords(operation), ...place].map(plainText);
  return {
    label,
    description: dotted(...words),
    tooltip: [label, ...operationFacts(operation).map(factLine)].join('\n'),
    icon: operationIcon(operation.state),
    collapsible: 'collapsed',
    accessibilityLabel: spoken(label, ...words),
  };
}

function groupLook({ group }: GroupNode): Look {
  const label = plainText(group.label);
  const note = plainText(group.note);
  const count = countOf(group.members);
  const counted = count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
  return {
    label,
    description: dotted(String(count), note),
    tooltip: [labelled(label, counted), ...(note === '' ? [] : [note])].join('\n'),
    collapsible: group.members.length === 0 ? 'none' : 'collapsed',
    accessibilityLabel: spoken(label, counted, note),
  };
}

function moreLook({ next, left }: MoreNode): Look {
  const label = l10n.t('Show {0} more', next);
  const notShown = l10n.t('{0} not shown', left);
  return {
    label,
    description: notShown,
    tooltip: l10n.t('The list is long. A filter or groups make it shorter.'),
    icon: { id: 'ellipsis' },
    collapsible: 'none',
    command: { id: 'tencentdbPostgres.showMore', title: label },
    accessibilityLabel: spoken(label, notShown),
  };
}

function instanceIcon(status: string, { deletion, access, doing }: Standing): Icon {
  if (deletion.kind === 'scheduled' || deletion.kind === 'deleting')
    return { id: 'trash', color: 'disabledForeground' };
  if (access.kind === 'opening' || access.kind === 'closing' || doing.length > 0) return spinner;
  switch (statusGroup(status)) {
    case 'making':
    case 'busy':
      return spinner;
    case 'usable':
      return { id: 'database', color: 'charts.green' };
    case 'binned':
      return { id: 'trash' };
    case 'gone':
      return { id: 'circle-slash', color: 'disabledForeground' };
    case 'unknown':
      return { id: 'question', color: 'list.warningForeground' };
  }
}
