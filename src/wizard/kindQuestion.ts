import * as l10n from '@vscode/l10n';
import { findOffering } from '../domain/offerings/offerings.ts';
import type { Answers } from './answers.ts';
import { kinds } from './kinds.ts';
import type { PickPrompt, Question, Row } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { answering, shorten } from './rows.ts';

/** The kind that is made when nobody says otherwise: the one of the settings, or the first that is not withdrawn. */
export function usualKind({ settings, retirement }: Pick<QuestionOptions, 'settings' | 'retirement'>): string {
  const ids = kinds.map(({ offering }) => offering.id);
  const [first = ''] = ids;
  return settings.create.kind ?? ids.find((id) => retirement(id) === undefined) ?? first;
}

/** The first question, unless the settings answer it; a kind that the service has withdrawn says so. */
export function kindQuestion(options: QuestionOptions): Question<Answers> {
  const { settings, retirement, recheck } = options;
  return {
    key: 'kind',
    title: l10n.t('Kind of instance'),
    shows: () => settings.create.kind === undefined,
    holds: ({ offering }) => offering !== undefined && findOffering(offering) !== undefined,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose the kind of instance'),
      source: {
        rows: () =>
          kinds.map(({ offering: { id, label, pitch } }): Row<Answers> => {
            const retired = retirement(id);
            const row: Row<Answers> = {
              label,
              detail: pitch,
              active: id === (answers.offering ?? usualKind(options)),
              choose: answering<Answers>({ offering: id }),
            };
            if (retired === undefined) return row;
            return {
              ...row,
              icon: 'warning',
              description: l10n.t('withdrawn, as the service said on {0}', dayWords(retired.at)),
              detail: shorten([retired.serviceWords, retired.requestId].filter((part) => part !== '').join(' · '), 240),
              buttons: [
                {
                  icon: 'sync',
                  tooltip: l10n.t('Check again'),
                  choose: { kind: 'act', act: () => recheck(id) },
                },
              ],
            };
          }),
      },
    }),
  };
}

/** A day of local time, in the one order that reads the same in every language. */
function dayWords(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** First of all rows but the reason why what is typed cannot be used: Enter must not go on over that. */
function inFront(row: Row<Answers>, rows: readonly Row<Answers>[]): readonly Row<Answers>[] {
  const [first, ...others] = rows;
  return first?.pinned === true && first.choose.kind === 'nothing' ? [first, row, ...others] : [row, ...rows];
}

/** The way of the expert: with a full set of defaults, the first row of the first question leads straight to the review. */
export function withDefaults(question: Question<Answers>, options: QuestionOptions): Question<Answers> {
  const { settings, retirement } = options;
  const candidates =
    settings.create.kind === undefined ? kinds : kinds.filter(({ offering }) => offering.id === settings.create.kind);
  const kind = candidates.find((candidate) => candidate.defaultsOf(options) !== undefined);
  if (kind === undefined) return question;
  const { id, label } = kind.offering;
  return {
    ...question,
    prompt(answers) {
      const prompt = question.prompt(answers);
      if (prompt.kind !== 'pick' || !('rows' in prompt.source)) return prompt;
      const values: Partial<Answers> = { ...kind.defaultsOf(options), offering: id };
      const plan = kind.planOf(values, settings.create);
      const parts =
        plan === undefined ? [] : [plan.name, plan.zone, plan.version, plan.rental?.specCode ?? plan.charset];
      const row: Row<Answers> = {
        icon: 'rocket',
        label: l10n.t('Create with my defaults'),
        description: [label, ...parts].join(' · '),
        // Back leads to what was chosen, not to a short cut past it; and nobody runs into what is withdrawn by Enter.
        active: !question.holds(answers) && retirement(id) === undefined,
        choose: { kind: 'reply', reply: { kind: 'jump', values } },
      };
      const { source } = prompt;
      const withRow: PickPrompt<Answers> = {
        ...prompt,
        source: { ...source, rows: (text) => inFront(row, source.rows(text)) },
      };
      return withRow;
    },
  };
}
