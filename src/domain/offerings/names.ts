/** What a kind of instance is called in everything that is kept, and in the settings. */
export interface OfferingName {
  readonly id: string;
  /** By which the setting `create.kind` names it. */
  readonly settingValue: string;
}

export const serverlessName: OfferingName = { id: 'serverless', settingValue: 'serverless' };
export const provisionedName: OfferingName = { id: 'provisioned', settingValue: 'pay-as-you-go' };

/** Of every kind, in the order in which they are offered. Activation needs no more than this; see `offerings.ts`. */
export const offeringNames: readonly OfferingName[] = [serverlessName, provisionedName];

/** The kind of all instances, plans and operations that were kept before there were several. */
export const firstOfferingId = serverlessName.id;

/** Regions that are listed for an account of which nothing is known yet: those where every kind exists. */
export const firstRegions: readonly string[] = ['ap-shanghai', 'ap-beijing', 'ap-guangzhou'];
