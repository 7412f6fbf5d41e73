import type { CreatePlan } from '../domain/createPlan.ts';

/** The answers of earlier creates that are offered first. No secret is among them. */
const fields = ['region', 'zone', 'vpc', 'subnet', 'project', 'class', 'adminName'] as const;

export type RecentField = (typeof fields)[number];

export type RecentAnswers = Readonly<Partial<Record<RecentField, readonly string[]>>>;

const most = 3;

/** The recent answers with those of one more plan in front. */
export function withPlan(recent: RecentAnswers, plan: CreatePlan): RecentAnswers {
  const latest: Partial<Record<RecentField, string>> = {
    region: plan.region,
    zone: plan.zone,
    ...(plan.network === undefined ? {} : { vpc: plan.network.vpcId, subnet: plan.network.subnetId }),
    ...(plan.projectId === undefined ? {} : { project: String(plan.projectId) }),
    ...(plan.rental === undefined ? {} : { class: plan.rental.specCode, adminName: plan.rental.adminName }),
  };
  return Object.fromEntries(
    fields.map((field) => {
      const earlier = recent[field] ?? [];
      const value = latest[field];
      return [field, value === undefined ? earlier : [value, ...earlier.filter((old) => old !== value)].slice(0, most)];
    }),
  );
}

/** Reads what was kept; anything that is not a list of texts counts as nothing. */
export function readRecent(kept: unknown): RecentAnswers {
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter(
      ([, values]) => Array.isArray(values) && values.every((value) => typeof value === 'string'),
    ),
  );
}
