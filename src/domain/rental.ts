/** What is rented with an instance that has a class of its own, beside what every plan says. No secret. */
export interface Rental {
  /** Class, such as `pg.it.small2` (DescribeClasses). */
  readonly specCode: string;
  /** Cores, for words; absent where only the code is known. */
  readonly cpu?: number;
  /** Gigabytes, for words. */
  readonly memoryGb?: number;
  /** Gigabytes, a multiple of 10 within the class's range. */
  readonly storageGb: number;
  /** `PHYSICAL_LOCAL_SSD`, `CLOUD_PREMIUM`, `CLOUD_SSD` or `CLOUD_HSSD`. */
  readonly storageType: string;
  /** Zone of the standby; absent: in the zone of the primary. */
  readonly standbyZone?: string;
  /** Empty: the default group of the account. */
  readonly securityGroupIds: readonly string[];
  /** The database account that is made with it; its password is never part of a plan. */
  readonly adminName: string;
  readonly deletionProtection: boolean;
  /** Months that are paid at once; absent: paid by the hour. */
  readonly prepaidMonths?: number;
}

/** Class and storage that an instance is to have. */
export interface Size {
  readonly cpu: number;
  readonly memoryGb: number;
  readonly storageGb: number;
}

/** A class as the service offers it in one zone, for one version and type of storage (DescribeClasses). */
export interface InstanceClass {
  readonly specCode: string;
  readonly cpu: number;
  /** The service says it in megabytes here, and in gigabytes of an instance. */
  readonly memoryGb: number;
  readonly minStorageGb: number;
  readonly maxStorageGb: number;
}

/** The types of storage, the service's default first. */
export const storageTypes = ['PHYSICAL_LOCAL_SSD', 'CLOUD_PREMIUM', 'CLOUD_SSD', 'CLOUD_HSSD'] as const;

/** What a class with its storage would cost. */
export interface PriceQuery {
  readonly region: string;
  readonly zone: string;
  readonly specCode: string;
  readonly storageGb: number;
  readonly storageType: string;
  /** Absent: the price of one hour. */
  readonly prepaidMonths?: number;
}

/** An availability zone as the service describes it (DescribeZones). */
export interface ServiceZone {
  readonly zone: string;
  readonly name: string;
  readonly state: 'available' | 'soldOut' | 'modifyOnly' | 'unavailable';
  /** Zones that a standby can be in. */
  readonly standbyZones: readonly string[];
}

/** A version of PostgreSQL as the service describes it (DescribeDBVersions). */
export interface ServiceVersion {
  /** Such as `16`. */
  readonly major: string;
  /** Such as `16.4`. */
  readonly full: string;
  /** False for one that existing instances may have, and new ones may not. */
  readonly creatable: boolean;
}

/** A security group of the account (vpc 2017-03-12, DescribeSecurityGroups). */
export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly note?: string;
}
