import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import {
  type Class,
  classesOf,
  largestStorage,
  localStorage,
  storageStep,
  storageTypes,
  versions,
  type Zone,
  zonesOf,
} from '../catalogue.ts';
import type { InstanceBook } from '../instance.ts';
import { hourlyPrice, monthlyPrice } from '../price.ts';
import { type Action, action, type Call, type Fields } from '../product.ts';
import type { Size } from '../provision.ts';
import type { RateLimit } from '../rateLimit.ts';
import { findProvisioned } from './provisionedInstance.ts';

const badValue = 'InvalidParameterValue.InvalidParameterValueError';

/** Months that can be paid in advance. */
export const periods: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36];

const storageSchema = z.strictObject({ StorageType: z.string().optional() });

const classesSchema = z.strictObject({
  Zone: z.string(),
  DBEngine: z.string(),
  DBMajorVersion: z.string(),
  StorageType: z.string().optional(),
});

const priceSchema = z.strictObject({
  Zone: z.string(),
  SpecCode: z.string(),
  Storage: z.int().min(0),
  InstanceCount: z.int(),
  Period: z.int(),
  Pid: z.int().optional(),
  InstanceChargeType: z.string().optional(),
  InstanceType: z.string().optional(),
  DBEngine: z.string().optional(),
  StorageType: z.string().optional(),
});

const upgradeSchema = z.strictObject({
  DBInstanceId: z.string(),
  Storage: z.int().min(0),
  Memory: z.int().min(0),
  Cpu: z.int().min(0).optional(),
  InstanceChargeType: z.string().optional(),
});

export interface CatalogueParts {
  readonly book: InstanceBook;
  /** Of the price of a new instance. */
  readonly priceLimit: Pick<RateLimit, 'take'>;
}

/** What can be ordered and what it costs. */
export function catalogueActions({ book, priceLimit }: CatalogueParts): [string, Action][] {
  function describeClasses(parameters: z.output<typeof classesSchema>, { region }: Call): Fields {
    checkEngine(parameters.DBEngine);
    const storageType = checkedStorageType(parameters.StorageType);
    const version = versions.find((candidate) => candidate.major === parameters.DBMajorVersion);
    if (version === undefined) throw new ApiError(badValue, 'The value of DBMajorVersion is not valid.');
    const zone = checkedZone(parameters.Zone, region, storageType);
    const sold = zone.state === 'AVAILABLE' && version.state === 'AVAILABLE';
    return {
      ClassInfoSet: (sold ? classesOf(storageType) : []).map((one) => ({
        SpecCode: one.code,
        CPU: one.cpu,
        Memory: one.memory * 1_024,
        MaxStorage: largestStorage(one, storageType),
        MinStorage: storageStep,
        QPS: one.queries,
      })),
    };
  }

  function priceOfCreate(parameters: z.output<typeof priceSchema>, { region }: Call): Fields {
    if (!priceLimit.take()) {
      throw new ApiError('RequestLimitExceeded', 'Your request exceeds the limit of 20 a second for this action.');
    }
    checkEngine(parameters.DBEngine);
    const storageType = checkedStorageType(parameters.StorageType);
    checkedZone(parameters.Zone, region, storageType);
    const size = checkedSize(parameters.SpecCode, parameters.Storage, storageType);
    const { InstanceCount: count, Period: period, InstanceChargeType: chargeType = 'PREPAID' } = parameters;
    if (count < 1 || count > 100) throw new ApiError(badValue, 'InstanceCount is 1 to 100.');
    if (!periods.includes(period)) throw new ApiError(badValue, 'Period is not a number of months that is sold.');
    const type = parameters.InstanceType ?? 'primary';
    if (type !== 'primary' && type !== 'readonly') throw new ApiError(badValue, 'InstanceType is not known.');
    // A read-only replica is one node, a primary two.
    const times = type === 'readonly' ? count / 2 : count;
    if (chargeType === 'POSTPAID') {
      const hourly = hourlyPrice({ ...size, storageType }) * times;
      return priceFields(hourly, hourly);
    }
    if (chargeType !== 'PREPAID') {
      throw new ApiError('InvalidParameterValue.IllegalInstanceChargeType', 'It is PREPAID or POSTPAID here.');
    }
    const { original, discounted } = monthlyPrice({ ...size, storageType }, period);
    return priceFields(original * times, discounted * times);
  }

  function priceOfUpgrade(parameters: z.output<typeof upgradeSchema>, call: Call): Fields {
    const { provision } = findProvisioned(book, parameters.DBInstanceId, call);
    if (provision.chargeType === 'PREPAID') {
      throw new ApiError('OperationDenied.PayModeError', 'The price is told for pay-as-you-go instances only.');
    }
    const { storageType } = provision;
    const size = checkedResize(parameters.Memory, parameters.Cpu, parameters.Storage, storageType);
    const hourly = hourlyPrice({ ...size, storageType });
    return priceFields(hourly, hourly);
  }

  return [
    [
      'DescribeZones',
      action(storageSchema, (parameters, { region }) => {
        const zones = zonesOf(region, checkedStorageType(parameters.StorageType));
        return { TotalCount: zones.length, ZoneSet: zones.map(wireZone) };
      }),
    ],
    [
      'DescribeDBVersions',
      action(storageSchema, (parameters) => {
        checkedStorageType(parameters.StorageType);
        return {
          VersionSet: versions.map((version) => ({
            DBEngine: 'postgresql',
            DBVersion: version.version,
            DBMajorVersion: version.major,
            DBKernelVersion: version.kernel,
            SupportedFeatureNames: ['TDE'],
            Status: version.state,
            AvailableUpgradeTarget: versions
              .filter((other) => Number(other.major) > Number(version.major))
              .map((other) => other.kernel),
          })),
        };
      }),
    ],
    ['DescribeClasses', action(classesSchema, describeClasses)],
    ['InquiryPriceCreateDBInstances', action(priceSchema, priceOfCreate)],
    ['InquiryPriceUpgradeDBInstance', action(upgradeSchema, priceOfUpgrade)],
  ];
}

function priceFields(original: number, price: number): Fields {
  return { OriginalPrice: Math.ceil(original), Price: Math.ceil(price), Currency: 'CNY' };
}

function wireZone(zone: Zone): Fields {
  return {
    Zone: zone.name,
    ZoneName: zone.words,
    ZoneId: zone.id,
    ZoneState: zone.state,
    ZoneSupportIpv6: zone.supportsIpv6 ? 1 : 0,
    StandbyZoneSet: zone.standbys.length === 0 ? null : zone.standbys,
  };
}

/** @throws ApiError */
export function checkEngine(engine = 'postgresql'): void {
  if (engine !== 'postgresql') throw new ApiError(badValue, 'DBEngine is not sold here.');
}

/** @throws ApiError */
export function checkedStorageType(storageType = localStorage): string {
  if (storageTypes.includes(storageType)) return storageType;
  throw new ApiError(badValue, 'StorageType is not known.');
}

/** @throws ApiError when the region has no such zone with that storage */
export function checkedZone(name: string, region: string, storageType: string): Zone {
  const zone = zonesOf(region, storageType).find((candidate) => candidate.name === name);
  if (zone !== undefined) return zone;
  throw new ApiError('InvalidParameterValue.IllegalZone', 'The zone is not sold in this region with this storage.');
}

/** The class and storage of an order. @throws ApiError */
export function checkedSize(code: string, storage: number, storageType: string): Size {
  const one = classesOf(storageType).find((candidate) => candidate.code === code);
  if (one === undefined) {
    throw new ApiError(
      'InvalidParameterValue.SpecNotRecognizedError',
      `The specification ${code} cannot be recognized.`,
    );
  }
  return sizeOf(one, storage, storageType);
}

/** The class and storage of a resize, where the class is told by its memory and cores. @throws ApiError */
export function checkedResize(memory: number, cpu: number | undefined, storage: number, storageType: string): Size {
  const one = classesOf(storageType).find(
    (candidate) => candidate.memory === memory && (cpu === undefined || candidate.cpu === cpu),
  );
  if (one === undefined) {
    throw new ApiError('InvalidParameterValue.BadSpec', 'No such class is sold with the storage of this instance.');
  }
  return sizeOf(one, storage, storageType);
}

function sizeOf(one: Class, storage: number, storageType: string): Size {
  const most = largestStorage(one, storageType);
  if (storage % storageStep !== 0 || storage < storageStep || storage > most) {
    throw new ApiError(
      'InvalidParameterValue.ParameterOutRangeError',
      `Storage is ${String(storageStep)} to ${String(most)} GB in steps of ${String(storageStep)} for this class.`,
    );
  }
  return { specCode: one.code, cpu: one.cpu, memory: one.memory, storage };
}
