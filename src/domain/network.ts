/** A virtual private cloud of the account (DescribeVpcs). */
export interface Vpc {
  readonly id: string;
  readonly name: string;
  /** Such as `10.0.0.0/16`. */
  readonly cidr: string;
  readonly isDefault: boolean;
}

/** A subnet of a VPC (DescribeSubnets). */
export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  readonly isDefault: boolean;
  /** Addresses that are still free, and all of them; absent when the service did not say. */
  readonly freeAddresses?: number;
  readonly totalAddresses?: number;
}

/** A project of the account (DescribeProjects); the default project has id 0. */
export interface Project {
  readonly id: number;
  readonly name: string;
}
