import {
  charsetRule,
  projectRule,
  regionRule,
  subnetRule,
  tagKeyRule,
  tagValueRule,
  vpcRule,
  wireCharset,
  zoneRule,
} from '../domain/createPlan.ts';
import type { CreatePlan } from '../domain/createPlan.ts';
import type { InstanceClass } from '../domain/rental.ts';
import type { Tag } from '../domain/tag.ts';
import type { PasswordAnswers } from './passwordQuestions.ts';

/**
 * What the questions of "create" gather, for every kind of instance: an answer that several kinds ask for is one
 * field, so that it stays when the kind changes. `none` is an answer; an absent field is a question not answered yet.
 * An answer that belongs to others remembers to which, as a subnet belongs to one VPC.
 */
export interface Answers extends PasswordAnswers {
  /** Id of the kind of instance. */
  readonly offering: string;
  readonly region: string;
  readonly zone: string;
  readonly name: string;
  /** As in `10.4`. */
  readonly version: string;
  /** As in `16`, where only that is chosen. */
  readonly majorVersion: string;
  readonly charset: string;
  readonly vpc: { readonly region: string; readonly vpcId: string } | 'none';
  readonly subnet: { readonly vpcId: string; readonly subnetId: string };
  readonly project: number | 'none';
  readonly tags: readonly Tag[];
  readonly machine: Machine;
  /** Gigabytes. */
  readonly storageGb: number;
  readonly storageType: string;
  readonly standby: { readonly zone: string; readonly standbyZone: string } | 'none';
  readonly securityGroups: { readonly region: string; readonly ids: readonly string[] } | 'default';
  readonly adminName: string;
  readonly protection: boolean;
}

/** A class where it is offered; only its code is known of one that was typed or set. */
export interface Machine extends Partial<Omit<InstanceClass, 'specCode'>> {
  readonly specCode: string;
  readonly zone: string;
  readonly majorVersion: string;
  readonly storageType: string;
}

/** Is there an answer, and does it still fit the others? These are alike for every kind. */
export const holds = {
  region: (a: Partial<Answers>) => a.region !== undefined && regionRule(a.region) === undefined,
  zone: (a: Partial<Answers>) =>
    a.zone !== undefined && a.region !== undefined && zoneRule(a.region)(a.zone) === undefined,
  charset: (a: Partial<Answers>) => a.charset !== undefined && charsetRule(a.charset) === undefined,
  vpc: (a: Partial<Answers>) =>
    a.vpc !== undefined && a.vpc !== 'none' && a.vpc.region === a.region && vpcRule(a.vpc.vpcId) === undefined,
  noVpc: (a: Partial<Answers>) => a.vpc === 'none',
  subnet: (a: Partial<Answers>) =>
    a.vpc !== 'none' &&
    a.subnet !== undefined &&
    a.subnet.vpcId === a.vpc?.vpcId &&
    subnetRule(a.subnet.subnetId) === undefined,
  project: (a: Partial<Answers>) =>
    a.project !== undefined && (a.project === 'none' || projectRule(String(a.project)) === undefined),
  tags: (a: Partial<Answers>) =>
    a.tags?.every((tag) => tagKeyRule(tag.key) === undefined && tagValueRule(tag.value) === undefined) ?? false,
} as const;

/** What the plans of all kinds have in common, the kind and its version aside; `undefined` while an answer is missing. */
export function commonPlan(answers: Partial<Answers>): Omit<CreatePlan, 'offering' | 'version' | 'rental'> | undefined {
  const { region, zone, name, charset, vpc, subnet, project, tags } = answers;
  if (region === undefined || zone === undefined || name === undefined || charset === undefined) return undefined;
  const network =
    vpc === undefined || vpc === 'none' || subnet?.vpcId !== vpc.vpcId
      ? undefined
      : { vpcId: vpc.vpcId, subnetId: subnet.subnetId };
  return {
    region,
    zone,
    name,
    charset: wireCharset(charset),
    ...(project === undefined || project === 'none' ? {} : { projectId: project }),
    ...(network === undefined ? {} : { network }),
    tags: tags ?? [],
  };
}

/** The answers that lead to the common part of this plan. */
export function commonAnswers(plan: CreatePlan): Partial<Answers> {
  return {
    offering: plan.offering,
    region: plan.region,
    zone: plan.zone,
    name: plan.name,
    charset: plan.charset,
    ...(plan.network === undefined
      ? { vpc: 'none' }
      : { vpc: { region: plan.region, vpcId: plan.network.vpcId }, subnet: plan.network }),
    project: plan.projectId ?? 'none',
    tags: plan.tags,
  };
}
