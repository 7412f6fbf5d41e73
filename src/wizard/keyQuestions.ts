import * as l10n from '@vscode/l10n';
import { roleRule, secretIdRule, secretKeyRule, tokenRule } from '../domain/keyRules.ts';
import type { KeySource } from '../domain/profile.ts';
import { profileNameRule } from '../domain/profileName.ts';
import { Secret } from '../domain/secret.ts';
import type { Reply } from './engine.ts';
import type { Question, Row } from './question.ts';

/** The answers of a sign-in. Absent or empty: not needed. */
export interface KeyAnswers {
  /** `typed`: the keys are entered here. */
  readonly where: 'simulator' | 'typed' | KeySource;
  readonly secretId: string;
  readonly secretKey: Secret;
  readonly token: Secret;
  readonly role: string;
  readonly name: string;
}

/** A place beside this editor that keys can come from. */
export interface SourceChoice {
  readonly source: KeySource;
  /** Such as `tccli profile "dev"`. */
  readonly label: string;
}

export interface KeyQuestionOptions {
  /** Address of a simulator that runs beside the editor. */
  readonly simulator: string | undefined;
  readonly sources: readonly SourceChoice[];
  /** Asks where the keys come from even when there is one way only, and for a role and a name. */
  readonly all: boolean;
  /** Names of the profiles that there are. */
  readonly taken: readonly string[];
  /** Page of the account's API keys. */
  readonly keysPage: string;
  openLink(url: string): Promise<void>;
  /** What was refused, said where it was answered. */
  readonly problem: { readonly key: keyof KeyAnswers; readonly words: string } | undefined;
}

/** What a sign-in asks: where the keys come from, the keys themselves, and for a further profile a role and a name. */
export function keyQuestions(options: KeyQuestionOptions): readonly Question<KeyAnswers>[] {
  const { all, taken, keysPage } = options;
  const typed = (answers: Partial<KeyAnswers>): boolean => answers.where === undefined || answers.where === 'typed';
  const offersWays = all || options.simulator !== undefined || options.sources.length > 0;
  const problemAt = (key: keyof KeyAnswers): { problem?: string } =>
    options.problem?.key === key ? { problem: options.problem.words } : {};
  /** After the last question of a short sign-in, or on to role and name. */
  const last = (values: Partial<KeyAnswers>): Reply<KeyAnswers> =>
    all ? { kind: 'answer', values } : { kind: 'finish', values };

  return [
    {
      key: 'where',
      title: l10n.t('Where'),
      shows: () => offersWays,
      holds: () => true,
      prompt: () => ({
        kind: 'pick',
        placeholder: l10n.t('Choose where the keys come from'),
        source: { rows: () => wayRows(options, last) },
      }),
    },
    {
      key: 'secretId',
      title: 'SecretId',
      shows: typed,
      holds: (answers) => answers.secretId !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('SecretId of an API key of your Tencent Cloud account ({0})', keysPage),
        placeholder: 'AKID…',
        value: answers.secretId ?? '',
        rule: secretIdRule,
        ...problemAt('secretId'),
        answer: (text) => ({ kind: 'answer', values: { secretId: text.trim() } }),
      }),
    },
    {
      key: 'secretKey',
      title: 'SecretKey',
      shows: typed,
      holds: (answers) => answers.secretKey !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        secret: true,
        prompt: l10n.t('SecretKey of the same API key. It is kept in the secret storage of your editor only.'),
        placeholder: '',
        value: answers.secretKey?.reveal() ?? '',
        rule: secretKeyRule,
        ...problemAt('secretKey'),
        answer: (text) => ({ kind: 'answer', values: { secretKey: new Secret(text.trim()) } }),
      }),
    },
    {
      key: 'token',
      title: l10n.t('Token'),
      shows: typed,
      holds: () => true,
      prompt: (answers) => ({
        kind: 'text',
        secret: true,
        prompt: l10n.t('Token of temporary keys. Leave it empty for ordinary keys.'),
        placeholder: l10n.t('Empty for ordinary keys'),
        value: answers.token?.reveal() ?? '',
        rule: tokenRule,
        ...problemAt('token'),
        answer: (text) => last({ token: new Secret(text.trim()) }),
      }),
    },
    {
      key: 'role',
      title: l10n.t('Role'),
      shows: () => all,
      holds: () => true,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('Role to assume with these keys. Leave it empty to work with the keys themselves.'),
        placeholder: 'qcs::cam::uin/…:roleName/…',
        value: answers.role ?? '',
        rule: roleRule,
        ...problemAt('role'),
        answer: (text) => ({ kind: 'answer', values: { role: text.trim() } }),
      }),
    },
    {
      key: 'name',
      title: l10n.t('Name'),
      shows: () => all,
      holds: () => true,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('Name of the profile. Leave it empty to use the number of the account.'),
        placeholder: l10n.t('Empty for the number of the account'),
        value: answers.name ?? proposedName(answers.where, taken),
        rule: (text) => (text.trim() === '' ? undefined : profileNameRule(taken)(text)),
        ...problemAt('name'),
        answer: (text) => ({ kind: 'finish', values: { name: text.trim() } }),
      }),
    },
  ];
}

function wayRows(
  { simulator, sources, all, keysPage, openLink, problem }: KeyQuestionOptions,
  last: (values: Partial<KeyAnswers>) => Reply<KeyAnswers>,
): Row<KeyAnswers>[] {
  const refused: Row<KeyAnswers>[] =
    problem?.key === 'where'
      ? [{ icon: 'error', label: problem.words, pinned: true, choose: { kind: 'nothing' } }]
      : [];
  const simulated: Row<KeyAnswers>[] =
    simulator === undefined || all
      ? []
      : [
          {
            icon: 'beaker',
            label: l10n.t('Use the local simulator'),
            description: simulator,
            detail: l10n.t('Test keys, nothing is billed'),
            choose: { kind: 'reply', reply: { kind: 'finish', values: { where: 'simulator' } } },
          },
        ];
  return [
    ...refused,
    ...simulated,
    {
      icon: 'key',
      label: l10n.t('Enter the API keys of an account'),
      choose: { kind: 'reply', reply: { kind: 'answer', values: { where: 'typed' } } },
    },
    ...sources.map(({ source, label }): Row<KeyAnswers> => ({
      icon: 'file-symlink-file',
      label,
      choose: { kind: 'reply', reply: last({ where: source }) },
    })),
    {
      icon: 'link-external',
      label: l10n.t('Open the page of your API keys'),
      choose: { kind: 'act', act: () => openLink(keysPage) },
    },
  ];
}

/** The command line's own name for it, where that is still free. */
function proposedName(where: KeyAnswers['where'] | undefined, taken: readonly string[]): string {
  if (typeof where !== 'object' || where.kind !== 'tccli') return '';
  return taken.includes(where.profile) ? '' : where.profile;
}
