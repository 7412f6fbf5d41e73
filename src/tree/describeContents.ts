import * as l10n from '@vscode/l10n';
import type { Database, ServerAccount } from '../domain/contents.ts';
import { plainText } from '../domain/plainText.ts';
import type { ContentsNode, FolderNode, PlaceholderNode } from './contentsNodes.ts';
import { problemLook } from './describeTrouble.ts';
import { dotted, spinner, spoken, type NodeView } from './nodeView.ts';

type Look = Omit<NodeView, 'id' | 'contextValue'>;

/** How a row for what an instance holds looks and reads. */
export function describeContents(node: ContentsNode): Look {
  switch (node.kind) {
    case 'databases':
      return folderLook(l10n.t('Databases'), node, 'database');
    case 'accounts':
      return folderLook(l10n.t('Accounts'), node, 'account');
    case 'database':
      return databaseLook(node.database);
    case 'account':
      return accountLook(node.account);
    case 'placeholder':
      return placeholderLook(node);
  }
}

function folderLook(label: string, { listed }: FolderNode, icon: string): Look {
  const count = listed.kind === 'rows' ? String(listed.rows.length) : '';
  return {
    label,
    description: count,
    icon: { id: icon },
    collapsible: 'collapsed',
    accessibilityLabel: spoken(label, count),
  };
}

function databaseLook({ name, owner = '', encoding = '' }: Database): Look {
  return rowLook(name, 'database', [owner === '' ? '' : l10n.t('owner {0}', owner), encoding]);
}

function accountLook({ name, type, ready, remark = '' }: ServerAccount): Look {
  return rowLook(name, 'account', [accountTypeWords(type), ready ? '' : l10n.t('being changed')], remark);
}

/** The type of an account in words; one that no document lists is returned as it came. */
function accountTypeWords(type: string): string {
  switch (type) {
    case 'normal':
      return l10n.t('ordinary account');
    case 'tencentDBSuper':
      return l10n.t('administrator');
    default:
      return type;
  }
}

function rowLook(name: string, icon: string, about: readonly string[], remark = ''): Look {
  const label = plainText(name);
  const words = about.map(plainText);
  return {
    label,
    description: dotted(...words),
    tooltip: [label, dotted(...words), plainText(remark)].filter((line) => line !== '').join('\n'),
    icon: { id: icon },
    collapsible: 'none',
    accessibilityLabel: spoken(label, ...words, plainText(remark)),
  };
}

function placeholderLook({ listed }: PlaceholderNode): Look {
  switch (listed.kind) {
    case 'loading':
      return { ...bareLook(l10n.t('Loading…')), icon: spinner };
    case 'rows':
      return bareLook(l10n.t('None'));
    case 'failed':
      return problemLook(l10n.t('Could not be listed'), listed.explanation, {
        command: 'tencentdbPostgres.refreshContents',
      });
  }
}

function bareLook(label: string): Look {
  return { label, collapsible: 'none', accessibilityLabel: label };
}
