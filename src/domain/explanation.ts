export const errorKinds = [
  'credentials',
  'permission',
  'account',
  'input',
  'state',
  'limit',
  'retired',
  'service',
  'network',
] as const;

/** What a failure is about, coarsely; the tree and the messages choose their icon by it. */
export type ErrorKind = (typeof errorKinds)[number];

export const nextSteps = [
  'signIn',
  'openKeysPage',
  'checkPermissions',
  'verifyAccount',
  'checkClock',
  'rename',
  'pickAnotherZone',
  'pickAnotherRegion',
  'changeParameter',
  'wait',
  'retry',
  'checkNetwork',
  'openSettings',
  'reportRequestId',
] as const;

/** What a person can do about a failure. Each is one button or one sentence; `commands/failure.ts` maps them. */
export type NextStep = (typeof nextSteps)[number];

export const planFields = [
  'region',
  'zone',
  'name',
  'version',
  'charset',
  'network',
  'project',
  'tags',
  'class',
  'storage',
  'storageType',
  'standby',
  'securityGroups',
  'adminName',
  'password',
] as const;

/** A question of the wizard that an error points to. */
export type PlanField = (typeof planFields)[number];

/** A failure in a person's words. All text is localized. */
export interface Explanation {
  readonly kind: ErrorKind;
  /** What it means, one or two plain sentences. */
  readonly meaning: string;
  /** The likely cause; absent where the meaning says it all. */
  readonly cause?: string;
  /** The most useful first. */
  readonly next: readonly NextStep[];
  /** Where the answer stands that caused it. */
  readonly field?: PlanField;
  /** The service's words, `Code: message`; absent when the service did not speak. */
  readonly serviceWords?: string;
  readonly requestId?: string;
  /** Full key of the setting that is to be changed. */
  readonly setting?: string;
}

/** Turns any failure into words. */
export type Explain = (error: Error) => Explanation;
