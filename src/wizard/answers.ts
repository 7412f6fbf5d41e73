import type { CreatePlan } from '../domain/createPlan.ts';
import {
  charsetRule,
  nameRule,
  projectRule,
  regionRule,
  subnetRule,
  tagKeyRule,
  tagValueRule,
  versionRule,
  vpcRule,
  wireCharset,
  zoneRule,
} from '../domain/createPlan.ts';
import type { Tag } from '../domain/tag.ts';

/** What the questions of "create" gather. `none` is an answer; an absent field is a question not answered yet. */
export interface Answers {
  readonly region: string;
  readonly zone: string;
  readonly name: string;
  readonly version: string;
  readonly charset: string;
  /** A VPC belongs to one region and a subnet to one VPC, so each remembers where it belongs. */
  readonly vpc: { readonly region: string; readonly vpcId: string } | 'none';
  readonly subnet: { readonly vpcId: string; readonly subnetId: string };
  readonly project: number | 'none';
  readonly tags: readonly Tag[];
}

/** One test a field: is there an answer, and does it still fit the others? */
export const holds = {
  region: (a: Partial<Answers>) => a.region !== undefined && regionRule(a.region) === undefined,
  zone: (a: Partial<Answers>) =>
    a.zone !== undefined && a.region !== undefined && zoneRule(a.region)(a.zone) === undefined,
  name: (a: Partial<Answers>) => a.name !== undefined && nameRule(a.name) === undefined,
  version: (a: Partial<Answers>) => a.version !== undefined && versionRule(a.version) === undefined,
  charset: (a: Partial<Answers>) => a.charset !== undefined && charsetRule(a.charset) === undefined,
  vpc: (a: Partial<Answers>) =>
    a.vpc !== undefined && (a.vpc === 'none' || (a.vpc.region === a.region && vpcRule(a.vpc.vpcId) === undefined)),
  subnet: (a: Partial<Answers>) =>
    a.vpc === 'none' ||
    (a.subnet !== undefined && a.subnet.vpcId === a.vpc?.vpcId && subnetRule(a.subnet.subnetId) === undefined),
  project: (a: Partial<Answers>) =>
    a.project !== undefined && (a.project === 'none' || projectRule(String(a.project)) === undefined),
  tags: (a: Partial<Answers>) =>
    a.tags?.every((tag) => tagKeyRule(tag.key) === undefined && tagValueRule(tag.value) === undefined) ?? false,
} as const;

/** The plan, or `undefined` while an answer is missing. */
export function planOf(answers: Partial<Answers>): CreatePlan | undefined {
  const { region, zone, name, version, charset, vpc, subnet, project, tags } = answers;
  if (region === undefined || zone === undefined || name === undefined) return undefined;
  if (version === undefined || charset === undefined) return undefined;
  const network =
    vpc === undefined || vpc === 'none' || subnet?.vpcId !== vpc.vpcId
      ? undefined
      : { vpcId: vpc.vpcId, subnetId: subnet.subnetId };
  return {
    region,
    zone,
    name,
    version,
    charset: wireCharset(charset),
    ...(project === undefined || project === 'none' ? {} : { projectId: project }),
    ...(network === undefined ? {} : { network }),
    tags: tags ?? [],
  };
}

/** The answers that lead to this plan, to take it up again. */
export function answersOf(plan: CreatePlan): Partial<Answers> {
  return {
    region: plan.region,
    zone: plan.zone,
    name: plan.name,
    version: plan.version,
    charset: plan.charset,
    ...(plan.network === undefined
      ? { vpc: 'none' }
      : { vpc: { region: plan.region, vpcId: plan.network.vpcId }, subnet: plan.network }),
    project: plan.projectId ?? 'none',
    tags: plan.tags,
  };
}
