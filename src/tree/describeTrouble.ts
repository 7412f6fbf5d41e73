import * as l10n from '@vscode/l10n';
import type { Explanation } from '../domain/explanation.ts';
import { plainText } from '../domain/plainText.ts';
import { explanationFacts } from './facts.ts';
import {
  errorIcon,
  factLine,
  labelled,
  requestIdLine,
  spinner,
  spoken,
  warningIcon,
  type Icon,
  type NodeView,
} from './nodeView.ts';
import type { LoadingNode, TroubleNode } from './trouble.ts';

type Look = Omit<NodeView, 'id' | 'contextValue'>;

const refresh = 'tencentdbPostgres.refresh';

/** How a row of trouble looks and reads. A click on it tries again. */
export function describeTrouble(node: TroubleNode | LoadingNode): Look {
  switch (node.kind) {
    case 'accountProblem':
      return problemLook(l10n.t('No keys for {0}', plainText(node.label)), node.explanation, {
        icon: warningIcon,
        command: refresh,
      });
    case 'failure':
      return problemLook(failureLabel(node.regions, node.account), node.explanation, {
        details: regionLines(node.regions),
        command: refresh,
      });
    case 'loading': {
      const label =
        node.region === undefined ? l10n.t('Loading instances…') : l10n.t('Refreshing {0}…', plainText(node.region));
      return { label, icon: spinner, collapsible: 'none', accessibilityLabel: label };
    }
  }
}

/**
 * A row that says what failed and why. A click on it runs the command, which tries again.
 * @param label of this program, in plain text
 */
export function problemLook(
  label: string,
  explanation: Explanation,
  {
    details = [],
    icon = errorIcon,
    command,
  }: { readonly details?: readonly string[]; readonly icon?: Icon; readonly command: string },
): Look {
  const advice = l10n.t('Select this row to try again.');
  const meaning = plainText(explanation.meaning);
  const { requestId } = explanation;
  return {
    label,
    description: meaning,
    tooltip: [
      label,
      ...details,
      ...explanationFacts(explanation).map(factLine),
      ...(requestId === undefined ? [] : [requestIdLine(requestId)]),
      advice,
    ].join('\n'),
    icon,
    collapsible: 'none',
    command: { id: command, title: l10n.t('Try again') },
    accessibilityLabel: spoken(label, meaning, plainText(explanation.cause ?? ''), advice),
  };
}

/** Several names would push the reason out of a row of usual width. */
function failureLabel(regions: readonly string[], account: string | undefined): string {
  const [region = ''] = regions;
  if (account === undefined) {
    return regions.length > 1
      ? l10n.t('Could not refresh {0} regions', regions.length)
      : l10n.t('Could not refresh {0}', plainText(region));
  }
  const whose = plainText(account);
  return regions.length > 1
    ? l10n.t('Could not refresh {0} regions of {1}', regions.length, whose)
    : l10n.t('Could not refresh {0} of {1}', plainText(region), whose);
}

function regionLines(regions: readonly string[]): string[] {
  return regions.length > 1 ? [labelled(l10n.t('Regions'), regions.join(', '))] : [];
}
