/** What an instance of an offering can be asked to do. */
export type Capability = 'create' | 'delete' | 'publicAccess' | 'tags';

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
export interface Offering {
  readonly id: string;
  readonly label: string;
  can(capability: Capability): boolean;
  regions(): readonly KnownRegion[];
  /** Regions that the service has, without documented zones; offered after the known ones. */
  otherRegions(): readonly KnownValue[];
  versions(): readonly KnownValue[];
  charsets(): readonly KnownValue[];
}
