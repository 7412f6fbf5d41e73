import type { Offering } from '../domain/offering.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Answers } from './answers.ts';
import type { RecentField } from './recentAnswers.ts';
import type { ReviewOptions } from './review.ts';

/** The answers that were given lately, newest first. */
export type Recent = (field: RecentField) => readonly string[];

/** Words for a failed list, and a repair where there is one (signing in). */
export interface Trouble {
  readonly words: string;
  readonly detail: string;
  readonly repair?: { readonly label: string; run(): Promise<void> };
}

export interface QuestionOptions {
  readonly offering: Offering;
  readonly catalog: Catalog;
  /** A complete set of answers from the settings, the name aside. */
  readonly defaults: Partial<Answers> | undefined;
  readonly versions: readonly string[];
  readonly recent: Recent;
  proposeName(): string;
  /** Where an instance of that name exists in this account: its region, or `undefined`. */
  regionOfName(name: string, region: string, signal: AbortSignal): Promise<string | undefined>;
  trouble(error: Error): Trouble;
  readonly review: ReviewOptions;
}
