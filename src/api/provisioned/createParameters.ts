import type { CreatePlan } from '../../domain/createPlan.ts';
import { wireCharset } from '../../domain/createPlan.ts';
import type { Rental } from '../../domain/rental.ts';
import { majorOf, tagParameters } from '../postgresWire.ts';

/**
 * The body of CreateInstances (409/40583, 409/56107). The charge type is always said, for the service's own default is
 * to sell a month in advance. What the plan leaves open is left out: an undefined field would be refused.
 * @param password as it is to stand there
 */
export function createParameters(plan: CreatePlan, password: string): Readonly<Record<string, unknown>> {
  const { prepaidMonths, ...rental } = rentalOf(plan);
  return {
    Zone: plan.zone,
    SpecCode: rental.specCode,
    Storage: rental.storageGb,
    StorageType: rental.storageType,
    InstanceCount: 1,
    InstanceChargeType: prepaidMonths === undefined ? 'POSTPAID_BY_HOUR' : 'PREPAID',
    // Of pay-as-you-go the service takes no other number.
    Period: prepaidMonths ?? 1,
    DBMajorVersion: majorOf(plan.version),
    ...(plan.version.includes('.') ? { DBVersion: plan.version } : {}),
    Charset: wireCharset(plan.charset),
    Name: plan.name,
    AdminName: rental.adminName,
    AdminPassword: password,
    ...(plan.network === undefined ? {} : { VpcId: plan.network.vpcId, SubnetId: plan.network.subnetId }),
    ...standbyParameters(plan.zone, rental.standbyZone),
    ...(rental.securityGroupIds.length === 0 ? {} : { SecurityGroupIds: rental.securityGroupIds }),
    ...(plan.projectId === undefined ? {} : { ProjectId: plan.projectId }),
    ...tagParameters(plan.tags),
    DeletionProtection: rental.deletionProtection,
  };
}

function standbyParameters(zone: string, standby: string | undefined): Readonly<Record<string, unknown>> {
  if (standby === undefined) return {};
  return {
    DBNodeSet: [
      { Role: 'Primary', Zone: zone },
      { Role: 'Standby', Zone: standby },
    ],
  };
}

function rentalOf({ rental }: CreatePlan): Rental {
  if (rental === undefined) throw new Error('A plan for this kind of instance says what is rented.');
  return rental;
}
