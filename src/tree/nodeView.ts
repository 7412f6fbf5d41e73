import * as l10n from '@vscode/l10n';
import { isOpen, type Instance } from '../domain/instance.ts';
import type { OperationState } from '../domain/operation.ts';
import { plainText } from '../domain/plainText.ts';
import { statusGroup } from '../domain/status.ts';
import {
  addressLabel,
  addressWords,
  explanationFacts,
  instanceFacts,
  instanceStatusWords,
  operationFacts,
  operationWords,
  type Fact,
} from './facts.ts';
import { contextValue, type TreeNode } from './nodes.ts';

/** Everything that a row shows. All of it is plain text, never Markdown: much of it comes from the service. */
export interface NodeView {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: Icon;
  readonly contextValue: string;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  readonly command?: NodeCommand;
  /** The row for a screen reader. */
  readonly accessibilityLabel: string;
}

export interface Icon {
  /** Name of a codicon. */
  readonly id: string;
  /** Id of a theme color. */
  readonly color?: string;
}

/** What a click on the row runs. */
export interface NodeCommand {
  readonly id: string;
  readonly title: string;
}

const spinner: Icon = { id: 'loading~spin' };

/** How a row looks and reads. */
export function describeNode(node: TreeNode): NodeView {
  const same = { id: node.id, contextValue: contextValue(node) };
  switch (node.kind) {
    case 'instance': {
      const { instance, operation } = node;
      const label = plainText(instance.name) || plainText(instance.id);
      const status = plainText(instanceStatusWords(instance.status));
      const requestId = operation?.requestId;
      return {
        ...same,
        label,
        description: dotted(status, plainText(instance.region)),
        tooltip: lines([
          label,
          ...instanceLines(instance),
          ...(requestId === undefined ? [] : [requestIdLine(requestId)]),
        ]),
        icon: instanceIcon(instance.status),
        collapsible: 'collapsed',
        accessibilityLabel: spoken(label, status, plainText(instance.region)),
      };
    }
    case 'operation': {
      const { operation } = node;
      const label = plainText(operation.name);
      const words = operationWords(operation.state);
      return {
        ...same,
        label,
        description: dotted(words, plainText(operation.region)),
        tooltip: lines([label, ...operationFacts(operation).map(factLine)]),
        icon: operationIcon(operation.state),
        collapsible: 'collapsed',
        accessibilityLabel: spoken(label, words, plainText(operation.region)),
      };
    }
    case 'fact':
      return { ...same, ...pair(node.fact.label, node.fact.value) };
    case 'address':
      return {
        ...same,
        ...pair(addressLabel(node.address), addressWords(node.address)),
        icon: { id: isOpen(node.address) ? 'plug' : 'debug-disconnect' },
      };
    case 'tag':
      return { ...same, ...pair(node.tag.key, node.tag.value), icon: { id: 'tag' } };
    case 'group':
      return { ...same, ...pair(node.label, String(node.children.length)), collapsible: 'collapsed' };
    case 'failure': {
      const { regions, explanation } = node;
      const names = plainText(regions.join(', '));
      // Several names would push the reason out of a row of usual width.
      const several = regions.length > 1;
      const label = several
        ? l10n.t('Could not refresh {0} regions', regions.length)
        : l10n.t('Could not refresh {0}', names);
      const advice = l10n.t('Select this row to try again.');
      const meaning = plainText(explanation.meaning);
      const requestId = explanation.requestId;
      return {
        ...same,
        label,
        description: meaning,
        tooltip: lines([
          label,
          ...(several ? [labelled(l10n.t('Regions'), names)] : []),
          ...explanationFacts(explanation).map(factLine),
          ...(requestId === undefined ? [] : [requestIdLine(requestId)]),
          advice,
        ]),
        icon: { id: 'error', color: 'list.errorForeground' },
        collapsible: 'none',
        command: { id: 'tencentdbPostgres.refresh', title: l10n.t('Try again') },
        accessibilityLabel: spoken(label, meaning, advice),
      };
    }
    case 'loading': {
      const label =
        node.region === undefined ? l10n.t('Loading instances…') : l10n.t('Refreshing {0}…', plainText(node.region));
      return { ...same, label, icon: spinner, collapsible: 'none', accessibilityLabel: label };
    }
  }
}

function instanceIcon(status: string): Icon {
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

function operationIcon(state: OperationState): Icon {
  switch (state) {
    case 'sending':
    case 'settling':
    case 'making':
      return spinner;
    case 'failed':
      return { id: 'error', color: 'list.errorForeground' };
    case 'unsettled':
      return { id: 'warning', color: 'list.warningForeground' };
  }
}

function instanceLines(instance: Instance): string[] {
  return [
    ...instanceFacts(instance).map(factLine),
    ...instance.addresses.map((address) => labelled(addressLabel(address), addressWords(address))),
    ...instance.tags.map((tag) => l10n.t('Tag {0}', labelled(tag.key, tag.value))),
  ];
}

function pair(rawLabel: string, rawValue: string) {
  const label = plainText(rawLabel);
  const value = plainText(rawValue);
  return {
    label,
    description: value,
    tooltip: labelled(label, value),
    collapsible: 'none',
    accessibilityLabel: labelled(label, value),
  } as const;
}

function factLine(fact: Fact): string {
  return labelled(fact.label, fact.value);
}

function requestIdLine(requestId: string): string {
  return labelled(l10n.t('Request ID'), requestId);
}

function labelled(label: string, value: string): string {
  return l10n.t('{0}: {1}', plainText(label), plainText(value));
}

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}

function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function spoken(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
