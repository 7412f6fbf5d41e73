import * as l10n from '@vscode/l10n';
import type { SecurityGroup } from '../../domain/rental.ts';
import { securityGroupRule } from '../../domain/namingRules.ts';
import { adminNameRule } from '../../domain/rentalRules.ts';
import type { Answers } from '../answers.ts';
import { problemOf } from '../commonQuestions.ts';
import { listed } from '../listed.ts';
import type { Choice, Question, Row, RowSource } from '../question.ts';
import type { QuestionOptions } from '../questionOptions.ts';
import { alsoTyped, answering, type Typed } from '../rows.ts';
import { rentalHolds } from './holds.ts';

type Options = Pick<QuestionOptions, 'catalog' | 'recent' | 'trouble' | 'settings'>;

/** Proposed until there is a name that was used before. */
export const usualAdminName = 'dbadmin';

/** Choosing a group adds it or takes it away; the first row goes on with those that are chosen. */
export function securityGroupQuestion({ catalog, trouble }: Options): Question<Answers> {
  return {
    key: 'securityGroups',
    title: l10n.t('Security groups'),
    holds: rentalHolds.securityGroups,
    prompt: (answers) => {
      const { region = '', securityGroups } = answers;
      const chosen =
        securityGroups === undefined || securityGroups === 'default' || securityGroups.region !== region
          ? []
          : securityGroups.ids;
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose security groups of {0}, or type the ID of one', region),
        source: {
          load: async (signal) => groupRows(region, await catalog.securityGroups(region, signal), chosen),
          failed: listed({
            trouble,
            typed: groupTyped(region, chosen),
            before: [groupsDone(region, chosen)],
            load: () => Promise.resolve(() => []),
          }).failed,
        },
      };
    },
  };
}

function groupRows(region: string, groups: readonly SecurityGroup[], chosen: readonly string[]): RowSource<Answers> {
  // What was typed, or chosen and has vanished since, can be taken away as well.
  const strangers = chosen.filter((id) => !groups.some((group) => group.id === id));
  const all: readonly SecurityGroup[] = [...groups, ...strangers.map((id) => ({ id, name: '', isDefault: false }))];
  const toggle = (id: string): Choice<Answers> => {
    const next = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id];
    return { kind: 'stay', rows: groupRows(region, groups, next), text: '', values: groupValues(region, next) };
  };
  const row = ({ id, name, isDefault, note }: SecurityGroup): Row<Answers> => ({
    ...(chosen.includes(id) ? { icon: 'check' } : {}),
    label: id,
    description: [chosen.includes(id) ? l10n.t('chosen') : '', name, isDefault ? l10n.t('default') : '']
      .filter((part) => part !== '')
      .join(' · '),
    ...(note === undefined ? {} : { detail: note }),
    heading: l10n.t('Choose to add or to take away'),
    choose: toggle(id),
  });
  return alsoTyped(() => [groupsDone(region, chosen), ...all.map(row)], groupTyped(region, chosen));
}

function groupsDone(region: string, chosen: readonly string[]): Row<Answers> {
  const values = groupValues(region, chosen);
  return chosen.length === 0
    ? {
        icon: 'arrow-right',
        label: l10n.t('Default group'),
        description: l10n.t('None is sent: the service takes the default group of the account'),
        active: true,
        choose: answering(values),
      }
    : {
        icon: 'check',
        label: l10n.t('Done'),
        description: chosen.join(', '),
        active: true,
        choose: answering(values),
      };
}

function groupValues(region: string, ids: readonly string[]): Partial<Answers> {
  return { securityGroups: ids.length === 0 ? 'default' : { region, ids } };
}

function groupTyped(region: string, chosen: readonly string[]): Typed<Answers> {
  return {
    rule: securityGroupRule,
    values: (id) => groupValues(region, [...new Set([...chosen, id])]),
  };
}

export function adminNameQuestion({ recent, settings }: Options): Question<Answers> {
  return {
    key: 'adminName',
    title: l10n.t('Admin user'),
    holds: rentalHolds.adminName,
    prompt: (answers) => ({
      kind: 'text',
      prompt: l10n.t('Database account that is made with the instance: 1 to 16 letters, digits and "_"'),
      placeholder: usualAdminName,
      value: answers.adminName ?? settings.defaults.adminName ?? recent('adminName')[0] ?? usualAdminName,
      rule: adminNameRule,
      ...problemOf(answers.adminName, adminNameRule),
      answer: (name) => ({ kind: 'answer', values: { adminName: name.trim() } }),
    }),
  };
}

export function protectionQuestion({ settings }: Options): Question<Answers> {
  return {
    key: 'protection',
    title: l10n.t('Deletion protection'),
    holds: rentalHolds.protection,
    prompt: (answers) => {
      const isOn = answers.protection ?? settings.defaults.deletionProtection ?? false;
      return {
        kind: 'pick',
        placeholder: l10n.t('Protect the instance from being deleted?'),
        source: {
          rows: () => [
            {
              label: l10n.t('Off'),
              description: l10n.t('It can be moved to the recycle bin at any time'),
              active: !isOn,
              choose: answering<Answers>({ protection: false }),
            },
            {
              label: l10n.t('On'),
              description: l10n.t('The service keeps it until the protection is switched off'),
              active: isOn,
              choose: answering<Answers>({ protection: true }),
            },
          ],
        },
      };
    },
  };
}
