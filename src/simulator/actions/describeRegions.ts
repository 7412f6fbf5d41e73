import * as z from 'zod';
import { action } from '../product.ts';
import { regions } from '../regions.ts';

/** DescribeRegions: the same answer wherever it is asked for. */
export const describeRegions = action(z.strictObject({}), () => ({
  TotalCount: regions.length,
  RegionSet: regions.map((region) => ({
    Region: region.name,
    RegionName: region.words,
    RegionId: region.id,
    RegionState: region.available ? 'AVAILABLE' : 'UNAVAILABLE',
    SupportInternational: region.international ? 1 : 0,
  })),
}));
