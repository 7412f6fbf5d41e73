import * as z from 'zod';
import type { Catalog } from '../domain/ports.ts';
import type { Action, Client } from './client.ts';

/** The regions of the product (postgres 2017-03-12, DescribeRegions). */
const regionsSchema = z.object({
  RegionSet: z
    .array(z.object({ Region: z.string(), RegionName: z.string().nullish(), RegionState: z.string().nullish() }))
    .nullish(),
});

const regionsAction: Action<z.infer<typeof regionsSchema>> = {
  service: 'postgres',
  version: '2017-03-12',
  name: 'DescribeRegions',
  effect: 'read',
  schema: regionsSchema,
};

/** The answer is the same wherever it is asked for; this region is in every document. */
const askedRegion = 'ap-guangzhou';

export function createRegionCatalog(client: Client): Pick<Catalog, 'regions'> {
  return {
    async regions(signal) {
      const { value } = await client.call(regionsAction, { region: askedRegion, parameters: {}, signal });
      return (value.RegionSet ?? []).map(({ Region, RegionName, RegionState }) => ({
        region: Region,
        name: RegionName ?? '',
        available: RegionState !== 'UNAVAILABLE',
      }));
    },
  };
}
