import * as l10n from '@vscode/l10n';
import { statusGroup } from '../domain/status.ts';
import type { GroupBy } from './arrangement.ts';
import { instanceStatusWords, offeringWords, projectWords } from './facts.ts';
import { compareTexts, type Member } from './members.ts';
import { operationWords } from './operationWords.ts';
import { accountLabel, type TreeState } from './treeState.ts';

/** Members that have something in common. */
export interface Group {
  /** Unique among the groups of one arrangement, and without a slash. */
  readonly key: string;
  /** Localized, or a text of the service as it came. */
  readonly label: string;
  /** More about it; empty for nothing. */
  readonly note: string;
  /** In the order in which they were given. */
  readonly members: readonly Member[];
}

interface Heading {
  readonly key: string;
  readonly label: string;
  readonly note?: string;
  /** Groups stand by rank, then by label. */
  readonly rank?: number;
}

/** After all that have the thing in question. */
const last = 9;

/**
 * Puts members together. Every account that is shown has its group, unless a filter is set; other groups have members.
 * @param members in the order that they keep within their group
 */
export function groupsOf(state: TreeState, members: readonly Member[], by: Exclude<GroupBy, 'nothing'>): Group[] {
  const groups = new Map<string, Heading & { readonly members: Member[] }>();
  function groupOf(heading: Heading): Member[] {
    const known = groups.get(heading.key);
    if (known !== undefined) return known.members;
    const group = { ...heading, members: [] };
    groups.set(heading.key, group);
    return group.members;
  }

  if (by === 'account' && state.arrangement.filter.trim() === '') {
    for (const { accountId } of state.accounts) groupOf(accountHeading(state, accountId));
  }
  for (const member of members) groupOf(headingOf(state, member, by)).push(member);

  return [...groups.values()]
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareTexts(a.label, b.label) || (a.key < b.key ? -1 : 1))
    .map(({ key, label, note = '', members: own }) => ({ key, label, note, members: own }));
}

function headingOf(state: TreeState, member: Member, by: Exclude<GroupBy, 'nothing'>): Heading {
  const { accountId, region, offering } = member.kind === 'instance' ? member.instance : member.operation;
  switch (by) {
    case 'kind':
      return { key: `kind:${escaped(offering)}`, label: offeringWords(offering) };
    case 'region':
      return { key: `region:${escaped(region)}`, label: region };
    case 'account':
      return accountHeading(state, accountId);
    case 'project':
      return projectHeading(state, member.kind === 'instance' ? member.instance.projectId : undefined);
    case 'status':
      return statusHeading(member);
    default:
      return tagHeading(member, by.tag);
  }
}

function accountHeading(state: TreeState, accountId: string): Heading {
  const source = state.accounts.find((account) => account.accountId === accountId)?.source ?? '';
  return { key: `account:${escaped(accountId)}`, label: accountLabel(state, accountId), note: source };
}

function projectHeading(state: TreeState, projectId: number | undefined): Heading {
  if (projectId === undefined) return { key: 'project:', label: l10n.t('No project given'), rank: last };
  return { key: `project:${String(projectId)}`, label: projectWords(projectId, state.projects) };
}

const ranks = { making: 1, busy: 2, usable: 3, unknown: 4, binned: 5, gone: 6 };

function statusHeading(member: Member): Heading {
  if (member.kind === 'operation') {
    const { kind, state } = member.operation;
    return { key: `operation:${state}`, label: operationWords({ kind, state }) };
  }
  const { status } = member.instance;
  return {
    key: `status:${escaped(status.trim().toLowerCase())}`,
    label: instanceStatusWords(status),
    rank: ranks[statusGroup(status)],
  };
}

function tagHeading(member: Member, key: string): Heading {
  const tag = member.kind === 'instance' ? member.instance.tags.find((one) => one.key === key) : undefined;
  if (tag === undefined) return { key: 'tag', label: l10n.t('Without tag "{0}"', key), rank: last };
  return { key: `tag:${escaped(tag.value)}`, label: tag.value === '' ? l10n.t('Empty value') : tag.value };
}

/** The key becomes part of the id of a row, and a slash stands between the parts of one. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('/', '%2F');
}
