import * as l10n from '@vscode/l10n';
import { durationWords } from '../domain/duration.ts';
import { isOpen, type Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import { statusGroup } from '../domain/status.ts';
import { contextValue, createOf } from './contextValues.ts';
import { addressLabel, addressWords, instanceFacts, instanceStatusWords, operationFacts } from './facts.ts';
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
import { describeTrouble } from './describeTrouble.ts';
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

/** The status, what is done about it, and public access where it is open or changes. */
function standingWords({ status }: Instance, { deletion, access }: Standing): string[] {
  switch (deletion.kind) {
    case 'scheduled':
      return [l10n.t('Deleting in {0}', elapsedWords(deletion.dueIn))];
    case 'deleting':
      return [operationWords('delete', 'working')];
    case 'unsettled':
      return [instanceStatusWords(status), operationWords('delete', 'unsettled'), accessWords(access)];
    case 'none':
      return [instanceStatusWords(status), accessWords(access)];
  }
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
  const words = [operationWords(operation.kind, operation.state), ...place].map(plainText);
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
  const count = group.members.length;
  const counted = count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
  return {
    label,
    description: dotted(String(count), note),
    tooltip: [labelled(label, counted), ...(note === '' ? [] : [note])].join('\n'),
    collapsible: count === 0 ? 'none' : 'collapsed',
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

function instanceIcon(status: string, { deletion, access }: Standing): Icon {
  if (deletion.kind === 'scheduled' || deletion.kind === 'deleting')
    return { id: 'trash', color: 'disabledForeground' };
  if (access.kind === 'opening' || access.kind === 'closing') return spinner;
  switch (statusGroup(status)) {
    case 'making':
    case 'busy':
      return spinner;
    case 'usable':
      return { id: 'database', color: 'charts.green' };
    case 'gone':
      return { id: 'circle-slash', color: 'disabledForeground' };
    case 'unknown':
      return { id: 'question', color: 'list.warningForeground' };
  }
}
