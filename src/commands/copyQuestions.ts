import * as l10n from '@vscode/l10n';
import type { ConnectionFormat } from '../domain/connectionFormats.ts';
import { connectionFormats } from '../domain/connectionFormats.ts';
import type { Targets } from '../domain/connectTarget.ts';
import { preferred } from '../domain/connectTarget.ts';
import type { CopyChoice } from '../domain/copyChoice.ts';
import { reachWords } from '../domain/reachability.ts';
import type { Question, Row, RowSource } from '../wizard/question.ts';
import { recentFirst, shorten } from '../wizard/rows.ts';

/**
 * With or without password, unless that was answered once, and then the form. In the list of forms both password and
 * address can be changed.
 * @param which `password`: nothing but that question
 */
export function copyQuestions(targets: Targets, which: 'password' | 'all'): readonly Question<CopyChoice>[] {
  const onlyQuestion = which === 'password';
  const passwordRow = (label: string, detail: string, withPassword: boolean): Row<CopyChoice> => ({
    label,
    detail,
    choose: { kind: 'reply', reply: { kind: onlyQuestion ? 'finish' : 'answer', values: { withPassword } } },
  });
  const password: Question<CopyChoice> = {
    key: 'password',
    title: l10n.t('Password'),
    shows: (choice) => choice.withPassword === undefined,
    holds: (choice) => choice.withPassword !== undefined,
    prompt: () => ({
      kind: 'pick',
      placeholder: l10n.t('This is asked once. You can change it under "Copy Connection String As...".'),
      source: {
        rows: () => [
          passwordRow(l10n.t('With the password'), l10n.t('Programs that watch the clipboard can read it'), true),
          passwordRow(l10n.t('Without the password'), l10n.t('You will be asked for it when you connect'), false),
        ],
      },
    }),
  };
  const format: Question<CopyChoice> = {
    key: 'format',
    title: l10n.t('Form'),
    holds: () => false,
    prompt: (choice) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose a form'),
      source: { rows: formRows(targets, choice, choice.format) },
    }),
  };
  return onlyQuestion ? [password] : [password, format];
}

/** @param last the form that was used last, which comes first */
function formRows(targets: Targets, choice: Partial<CopyChoice>, last: string | undefined): RowSource<CopyChoice> {
  const withPassword = choice.withPassword ?? true;
  const target = preferred(targets, choice.address);
  const row = (format: ConnectionFormat): Row<CopyChoice> => ({
    label: format.label,
    heading: l10n.t('Forms'),
    description: descriptionOf(format, withPassword, last),
    // The text as it will be, but never with the password in it: screens are shared.
    detail: shorten(String(format.write(target, false)).replace(/\s+/g, ' '), 100),
    choose: { kind: 'reply', reply: { kind: 'finish', values: { ...choice, withPassword, format: format.id } } },
  });
  const change = (
    values: Partial<CopyChoice>,
    { icon, label }: Required<Pick<Row<CopyChoice>, 'icon' | 'label'>>,
    detail?: string,
  ): Row<CopyChoice> => ({
    icon,
    label,
    heading: l10n.t('Change'),
    pinned: true,
    ...(detail === undefined ? {} : { detail }),
    choose: { kind: 'stay', rows: formRows(targets, { ...choice, ...values }, last), text: '', values },
  });

  // The rows of each change hold those of the next one, so they are made when they are shown.
  return () => [
    ...recentFirst(connectionFormats(), last === undefined ? [] : [last], ({ id }) => id).map(row),
    change(
      { withPassword: !withPassword },
      { icon: 'key', label: withPassword ? l10n.t('Leave the password out') : l10n.t('Include the password') },
    ),
    ...targets
      .filter(({ address }) => address !== target.address)
      .map(({ address, host, port, reach }) =>
        change(
          { address },
          address === 'public'
            ? { icon: 'globe', label: l10n.t('Use the public address {0}:{1}', host, port) }
            : { icon: 'lock', label: l10n.t('Use the private address {0}:{1}', host, port) },
          reachWords(reach),
        ),
      ),
  ];
}

function descriptionOf(
  { id, holdsPassword }: ConnectionFormat,
  withPassword: boolean,
  last: string | undefined,
): string {
  const password = holdsPassword && withPassword ? l10n.t('password included') : l10n.t('without password');
  return id === last ? `${password} · ${l10n.t('used last')}` : password;
}
