import * as l10n from '@vscode/l10n';
import { plainText } from '../domain/plainText.ts';
import type { Fact } from './facts.ts';

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

/** What a click on the row runs; the command gets the row as its argument. */
export interface NodeCommand {
  readonly id: string;
  readonly title: string;
}

export const spinner: Icon = { id: 'loading~spin' };
export const errorIcon: Icon = { id: 'error', color: 'list.errorForeground' };
export const warningIcon: Icon = { id: 'warning', color: 'list.warningForeground' };

/** A row of a name and a value. */
export function pair(rawLabel: string, rawValue: string) {
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

export function factLine(fact: Fact): string {
  return labelled(fact.label, fact.value);
}

export function requestIdLine(requestId: string): string {
  return labelled(l10n.t('Request ID'), requestId);
}

export function labelled(label: string, value: string): string {
  return l10n.t('{0}: {1}', plainText(label), plainText(value));
}

/** Parts of a description; empty ones are left out. */
export function dotted(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** The same for a screen reader. */
export function spoken(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
