import { displayNameRule, majorVersionRule, securityGroupRule } from '../../domain/namingRules.ts';
import { adminNameRule, specCodeRule, storageRule, storageTypeRule } from '../../domain/rentalRules.ts';
import type { Answers } from '../answers.ts';

/** Is there an answer, and does it still fit the others? Those that only this kind asks for. */
export const rentalHolds = {
  name: (a: Partial<Answers>) => a.name !== undefined && displayNameRule(a.name) === undefined,
  version: (a: Partial<Answers>) => a.majorVersion !== undefined && majorVersionRule(a.majorVersion) === undefined,
  machine: ({ machine, zone, majorVersion, storageType }: Partial<Answers>) =>
    machine !== undefined &&
    specCodeRule(machine.specCode) === undefined &&
    machine.zone === zone &&
    machine.majorVersion === majorVersion &&
    machine.storageType === (storageType ?? machine.storageType),
  storage: (a: Partial<Answers>) =>
    a.storageGb !== undefined && storageRule(a.machine ?? {})(String(a.storageGb)) === undefined,
  storageType: (a: Partial<Answers>) => a.storageType !== undefined && storageTypeRule(a.storageType) === undefined,
  standby: ({ standby, zone }: Partial<Answers>) =>
    standby !== undefined && (standby === 'none' || standby.zone === zone),
  securityGroups: ({ securityGroups, region }: Partial<Answers>) =>
    securityGroups !== undefined &&
    (securityGroups === 'default' ||
      (securityGroups.region === region && securityGroups.ids.every((id) => securityGroupRule(id) === undefined))),
  adminName: (a: Partial<Answers>) => a.adminName !== undefined && adminNameRule(a.adminName) === undefined,
  protection: (a: Partial<Answers>) => a.protection !== undefined,
} as const;
