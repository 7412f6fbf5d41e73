import * as l10n from '@vscode/l10n';
import type { Rule } from '../domain/createPlan.ts';
import { Secret } from '../domain/secret.ts';
import type { Question } from './question.ts';
import { answering } from './rows.ts';

/** The answer that these questions gather. */
export interface PasswordAnswers {
  readonly newPassword:
    | { readonly kind: 'generated'; readonly password: Secret }
    /** Not repeated yet, or not even typed, while these are absent. */
    | { readonly kind: 'typed'; readonly password?: Secret; readonly repeated?: true };
}

/** The password, once it is generated, or typed twice. */
export function passwordOf({ newPassword }: Partial<PasswordAnswers>): Secret | undefined {
  if (newPassword === undefined) return undefined;
  return newPassword.kind === 'generated' || newPassword.repeated === true ? newPassword.password : undefined;
}

/**
 * How to come to a password: have one generated, or type it twice. The keys are `password`, `typedPassword` and
 * `repeatedPassword`.
 * @param forWhat whose password it is, for the first of them
 */
export function passwordQuestions(options: {
  forWhat(answers: Partial<PasswordAnswers>): string;
  readonly rule: Rule;
  generate(): Secret;
}): readonly Question<PasswordAnswers>[] {
  const { forWhat, rule, generate } = options;
  const isTyped = ({ newPassword }: Partial<PasswordAnswers>): boolean => newPassword?.kind === 'typed';
  const typed = ({ newPassword }: Partial<PasswordAnswers>): Secret | undefined =>
    newPassword?.kind === 'typed' ? newPassword.password : undefined;
  return [
    {
      key: 'password',
      title: l10n.t('Password'),
      holds: ({ newPassword }) => newPassword !== undefined,
      prompt: (answers) => ({
        kind: 'pick',
        placeholder: forWhat(answers),
        source: {
          rows: () => [
            {
              icon: 'sparkle',
              label: l10n.t('Generate one'),
              description: l10n.t('20 characters, kept in the secret storage of your editor'),
              active: !isTyped(answers),
              choose: answering<PasswordAnswers>({ newPassword: { kind: 'generated', password: generate() } }),
            },
            {
              icon: 'edit',
              label: l10n.t('Type one'),
              description: l10n.t('Twice, and kept there as well'),
              active: isTyped(answers),
              // Whoever chooses this wants to type: what was typed before has to be confirmed again.
              choose: answering<PasswordAnswers>({ newPassword: { kind: 'typed' } }),
            },
          ],
        },
      }),
    },
    {
      key: 'typedPassword',
      title: l10n.t('Password'),
      shows: isTyped,
      holds: (answers) => typed(answers) !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        secret: true,
        prompt: l10n.t('8 to 32 characters, better 12: lower-case and upper-case letters, digits and signs'),
        placeholder: '',
        value: typed(answers)?.reveal() ?? '',
        rule,
        answer: (text) => ({ kind: 'answer', values: { newPassword: { kind: 'typed', password: new Secret(text) } } }),
      }),
    },
    {
      key: 'repeatedPassword',
      title: l10n.t('Repeat the password'),
      shows: isTyped,
      holds: (answers) => passwordOf(answers) !== undefined,
      prompt: (answers) => {
        const first = typed(answers) ?? new Secret('');
        return {
          kind: 'text',
          secret: true,
          prompt: l10n.t('The same password again'),
          placeholder: '',
          value: '',
          rule: (text) => (first.reveal() === text ? undefined : l10n.t('This is not the password typed before.')),
          answer: () => ({
            kind: 'answer',
            values: { newPassword: { kind: 'typed', password: first, repeated: true } },
          }),
        };
      },
    },
  ];
}
