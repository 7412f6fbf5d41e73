import type { CreatePlan } from '../domain/createPlan.ts';
import type { Offering } from '../domain/offerings/offering.ts';
import type { PriceQuery } from '../domain/rental.ts';
import type { CreateSettings } from '../domain/settings.ts';
import type { Answers } from './answers.ts';
import type { Question } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';

/** A line of the review: one parameter as it will be sent. */
export interface ReviewLine {
  /** Of the question that it leads back to; absent where settings decide. */
  readonly key?: string;
  readonly label: string;
  readonly value: string;
}

/** What the wizard asks for one kind of instance, and how the answers become a plan and a plan answers. */
export interface Kind {
  readonly offering: Offering;
  /** In their order, without the choice of the kind and without the review. */
  questions(options: QuestionOptions): readonly Question<Answers>[];
  /** `undefined` while an answer is missing. A password is no part of it. */
  planOf(answers: Partial<Answers>, settings: CreateSettings): CreatePlan | undefined;
  answersOf(plan: CreatePlan): Partial<Answers>;
  /** What to ask its price with; `undefined` where nothing is rented. */
  priceQueryOf(plan: CreatePlan): PriceQuery | undefined;
  /** Every answer, when the settings give all but what is proposed anyway; else `undefined`. */
  defaultsOf(options: QuestionOptions): Partial<Answers> | undefined;
  reviewLines(plan: CreatePlan): readonly ReviewLine[];
}
