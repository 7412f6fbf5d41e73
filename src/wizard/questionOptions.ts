import type { CreatePlan } from '../domain/createPlan.ts';
import type { PlanField } from '../domain/explanation.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Retirement } from '../domain/retirement.ts';
import type { Settings } from '../domain/settings.ts';
import type { RecentField } from './recentAnswers.ts';

/** The answers that were given lately, newest first. */
export type Recent = (field: RecentField) => readonly string[];

/** Words for a failed list, and a repair where there is one (signing in). */
export interface Trouble {
  readonly words: string;
  readonly detail: string;
  readonly repair?: { readonly label: string; run(): Promise<void> };
}

/** Why the service refused the plan the last time, shown on top of the review. */
export interface Refusal {
  readonly words: string;
  readonly detail: string;
  /** The answer that the refusal is about. */
  readonly field?: PlanField;
}

export interface ReviewOptions {
  /** Such as `100012345678`, or what stands for it. */
  readonly account: string;
  /** Of the API. */
  readonly version: string;
  readonly refusal?: Refusal;
  copyRequest(plan: CreatePlan): Promise<void>;
}

export interface QuestionOptions {
  readonly catalog: Catalog;
  readonly settings: Pick<Settings, 'create' | 'defaults' | 'versions'>;
  readonly recent: Recent;
  proposeName(): string;
  /**
   * Where an instance of that name exists in this account: its region, or `undefined`. A kind whose names are unique
   * in an account is looked for in all its regions, any other in this one.
   */
  regionOfName(offering: string, name: string, region: string, signal: AbortSignal): Promise<string | undefined>;
  /** What the service has said about a kind of instance; asked again each time that the rows are drawn. */
  retirement(offering: string): Pick<Retirement, 'at' | 'serviceWords' | 'requestId'> | undefined;
  /** Asks the service again whether it has withdrawn that kind; it says itself what came of it. */
  recheck(offering: string): Promise<void>;
  trouble(error: Error): Trouble;
  /** A whole number from 0 up to, and without, the bound; fit for secrets. */
  randomInt(bound: number): number;
  readonly review: ReviewOptions;
}
