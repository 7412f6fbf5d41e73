import type { CreatePlan } from '../domain/createPlan.ts';
import type { CreateOrder } from '../domain/ports.ts';
import type { PriceQuery } from '../domain/rental.ts';
import type { CreateSettings } from '../domain/settings.ts';
import type { Answers } from './answers.ts';
import { kindQuestion, usualKind, withDefaults } from './kindQuestion.ts';
import { kindOf, kinds } from './kinds.ts';
import { passwordOf } from './passwordQuestions.ts';
import type { Question } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { reviewQuestion } from './review.ts';

/**
 * The questions of "create": the kind of instance, then those of every kind, each shown while that kind is chosen, and
 * the review last.
 */
export function createQuestions(options: QuestionOptions): readonly Question<Answers>[] {
  const usual = usualKind(options);
  const chosen = ({ offering }: Partial<Answers>): string => offering ?? usual;
  const questions = [
    kindQuestion(options),
    ...kinds.flatMap((kind) =>
      kind.questions(options).map((question): Question<Answers> => ({
        ...question,
        shows: (answers) => chosen(answers) === kind.offering.id && (question.shows?.(answers) ?? true),
      })),
    ),
    reviewQuestion(options, (answers) => kindOf(chosen(answers))),
  ];
  const first = questions.find((question) => question.shows?.({}) ?? true);
  return questions.map((question) => (question === first ? withDefaults(question, options) : question));
}

/** What is to be sent, or `undefined` while an answer is missing. `generated` tells a password that nobody has seen. */
export function orderOf(
  answers: Partial<Answers>,
  settings: CreateSettings,
): (CreateOrder & { readonly generated: boolean }) | undefined {
  const offering = answers.offering ?? settings.kind;
  if (offering === undefined) return undefined;
  const plan = kindOf(offering).planOf(answers, settings);
  if (plan === undefined) return undefined;
  // A plan that rents names the account that is made with it, and that account needs a password.
  if (plan.rental === undefined) return { plan, generated: false };
  const password = passwordOf(answers);
  return password === undefined ? undefined : { plan, password, generated: answers.newPassword?.kind === 'generated' };
}

/** The answers that lead to this plan, to take it up again; a password is not among them. */
export function answersOf(plan: CreatePlan): Partial<Answers> {
  return kindOf(plan.offering).answersOf(plan);
}

/** The same answers for another kind of instance: what fits there stays, the rest is asked. */
export function carriedOver(answers: Partial<Answers>, offering: string): Partial<Answers> {
  return { ...answers, offering };
}

/** What to ask the price of a plan with; `undefined` for a kind that is paid by use. */
export function priceQueryOf(plan: CreatePlan): PriceQuery | undefined {
  return kindOf(plan.offering).priceQueryOf(plan);
}
