import * as z from 'zod';
import type { Catalog } from '../../domain/ports.ts';
import type { InstanceClass, ServiceVersion, ServiceZone } from '../../domain/rental.ts';
import type { Action, Client } from '../client.ts';
import { majorOf, postgres } from '../postgresWire.ts';

/** What can be rented (DescribeZones 409/16769, DescribeDBVersions 409/89018, DescribeClasses 409/89019). */
const zonesSchema = z.object({
  ZoneSet: z
    .array(
      z.object({
        Zone: z.string().nullish(),
        ZoneName: z.string().nullish(),
        ZoneState: z.string().nullish(),
        StandbyZoneSet: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

const versionSchema = z.object({
  DBEngine: z.string().nullish(),
  DBVersion: z.string().nullish(),
  DBMajorVersion: z.string().nullish(),
  Status: z.string().nullish(),
});

const versionsSchema = z.object({ VersionSet: z.array(versionSchema).nullish() });

const classSchema = z.object({
  SpecCode: z.string().nullish(),
  CPU: z.number().nullish(),
  Memory: z.number().nullish(),
  MinStorage: z.number().nullish(),
  MaxStorage: z.number().nullish(),
});

const classesSchema = z.object({ ClassInfoSet: z.array(classSchema).nullish() });

const read = { ...postgres, effect: 'read' } as const;
const zonesAction: Action<z.infer<typeof zonesSchema>> = { ...read, name: 'DescribeZones', schema: zonesSchema };
const versionsAction: Action<z.infer<typeof versionsSchema>> = {
  ...read,
  name: 'DescribeDBVersions',
  schema: versionsSchema,
};
const classesAction: Action<z.infer<typeof classesSchema>> = {
  ...read,
  name: 'DescribeClasses',
  schema: classesSchema,
};

/** The other engine of the product speaks another language. */
const engine = 'postgresql';

export function createRentalCatalog(client: Client): Pick<Catalog, 'zones' | 'versions' | 'classes'> {
  return {
    async zones(region, signal) {
      const { value } = await client.call(zonesAction, { region, parameters: {}, signal });
      return (value.ZoneSet ?? [])
        .map((row) => ({
          zone: row.Zone ?? '',
          name: row.ZoneName ?? '',
          state: zoneStates.get(row.ZoneState ?? '') ?? 'unavailable',
          standbyZones: row.StandbyZoneSet ?? [],
        }))
        .filter(({ zone }) => zone !== '');
    },
    async versions(region, signal) {
      const { value } = await client.call(versionsAction, { region, parameters: {}, signal });
      return toVersions((value.VersionSet ?? []).filter((row) => (row.DBEngine ?? engine) === engine));
    },
    async classes(region, { zone, version, storageType }, signal) {
      const parameters = {
        Zone: zone,
        DBEngine: engine,
        DBMajorVersion: majorOf(version),
        StorageType: storageType,
      };
      const { value } = await client.call(classesAction, { region, parameters, signal });
      return (value.ClassInfoSet ?? []).flatMap(toClass);
    },
  };
}

const zoneStates: ReadonlyMap<string, ServiceZone['state']> = new Map<string, ServiceZone['state']>([
  ['AVAILABLE', 'available'],
  ['SELLOUT', 'soldOut'],
  ['SUPPORTMODIFYONLY', 'modifyOnly'],
  ['UNAVAILABLE', 'unavailable'],
]);

/**
 * One row of each major version, the newest first: a create names the major one only, and gets its newest release that
 * can be created.
 */
function toVersions(rows: readonly z.infer<typeof versionSchema>[]): ServiceVersion[] {
  const byMajor = new Map<string, ServiceVersion>();
  for (const row of rows) {
    const full = row.DBVersion ?? row.DBMajorVersion ?? '';
    const major = row.DBMajorVersion ?? majorOf(full);
    if (major === '') continue;
    const version = { major, full, creatable: row.Status === 'AVAILABLE' };
    const known = byMajor.get(major);
    if (known === undefined || isBetter(version, known)) byMajor.set(major, version);
  }
  return [...byMajor.values()].toSorted((a, b) => compareVersions(b.full, a.full));
}

function isBetter(version: ServiceVersion, than: ServiceVersion): boolean {
  if (version.creatable !== than.creatable) return version.creatable;
  return compareVersions(version.full, than.full) > 0;
}

/** By the numbers between the dots: 16.10 comes after 16.9. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** A class of which the service does not say how large it is cannot be chosen. */
function toClass({ SpecCode, CPU, Memory, MinStorage, MaxStorage }: z.infer<typeof classSchema>): InstanceClass[] {
  if (SpecCode === undefined || SpecCode === null || SpecCode === '') return [];
  if (!isSize(CPU) || !isSize(Memory) || !isSize(MinStorage) || !isSize(MaxStorage)) return [];
  return [
    {
      specCode: SpecCode,
      cpu: CPU,
      // Megabytes here and gigabytes everywhere else.
      memoryGb: Memory / 1_024,
      minStorageGb: MinStorage,
      maxStorageGb: MaxStorage,
    },
  ];
}

function isSize(value: number | null | undefined): value is number {
  return typeof value === 'number' && value > 0;
}
