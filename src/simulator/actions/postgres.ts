import type { Product } from '../product.ts';
import { accountActions } from './accounts.ts';
import { catalogueActions, type CatalogueParts } from './catalogue.ts';
import { databaseActions } from './databases.ts';
import { describeRegions } from './describeRegions.ts';
import type { InsideParts } from './inside.ts';
import { manageActions, type ManageParts } from './manage.ts';
import { orderActions, type OrderParts } from './orders.ts';
import { provisionedActions, type ProvisionedParts } from './provisioned.ts';
import { securityGroupActions } from './securityGroups.ts';
import { serverlessActions, type ServerlessParts } from './serverless.ts';
import { taskActions } from './tasks.ts';

/** What the actions work on. */
export type PostgresParts = ServerlessParts &
  CatalogueParts &
  OrderParts &
  ProvisionedParts &
  ManageParts &
  InsideParts;

/** Service `postgres`, version 2017-03-12: both kinds of instances, and the list of regions. */
export function postgresProduct(parts: PostgresParts): Product {
  return {
    name: 'postgres',
    version: '2017-03-12',
    needsRegion: (name) => name !== 'DescribeRegions',
    actions: new Map([
      ['DescribeRegions', describeRegions],
      ...serverlessActions(parts),
      ...catalogueActions(parts),
      ...orderActions(parts),
      ...provisionedActions(parts),
      ...manageActions(parts),
      ...taskActions(parts.book),
      ...accountActions(parts),
      ...databaseActions(parts),
      ...securityGroupActions(parts.book),
    ]),
  };
}
