import type { OfferingName } from './names.ts';

/** What an instance of an offering can be asked to do; rows, menus and commands go by these words. */
export const capabilities = [
  /** New ones can be made. */
  'create',
  /** Removed at once and for good. */
  'delete',
  /** Isolated in a recycle bin first: restored from there, or destroyed. */
  'recycleBin',
  'rename',
  'restart',
  /** Another class or more storage. */
  'resize',
  /** Databases and accounts are listed, made and removed, passwords reset. */
  'contents',
  'publicAccess',
  'deletionProtection',
  'securityGroups',
  /** A price can be asked for before anything is made. */
  'price',
  'tags',
  /** The service itself tells the password of the database account. */
  'toldPassword',
  /** A name is taken once in an account, so it alone tells whether a create has arrived. */
  'uniqueName',
] as const;

export type Capability = (typeof capabilities)[number];

/** A region with the zones that documents name for it, and what to know about them. */
export interface KnownRegion {
  readonly region: string;
  readonly label: string;
  readonly zones: readonly KnownZone[];
}

export interface KnownZone {
  readonly zone: string;
  /** Where documents disagree, one short sentence about it. */
  readonly note?: string;
}

/** A value with what to know about it. */
export interface KnownValue {
  readonly value: string;
  readonly note?: string;
}

/** A product line: what it can do and which values documents name for it. Any other value may still be typed. */
export interface Offering extends OfferingName {
  readonly label: string;
  /** One honest sentence for whoever chooses between the kinds. */
  readonly pitch: string;
  /** The action that makes one, in the API's spelling. */
  readonly createAction: string;
  /** The offering that takes the place of this one when the service has withdrawn it. */
  readonly heir?: string;
  can(capability: Capability): boolean;
  regions(): readonly KnownRegion[];
  /** Regions that the service has, without documented zones; offered after the known ones. */
  otherRegions(): readonly KnownValue[];
  /** Empty where only the service knows them. */
  versions(): readonly KnownValue[];
  charsets(): readonly KnownValue[];
}
