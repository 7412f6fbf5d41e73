import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ApiError } from '../apiError.ts';
import { filterSchema, type FilterRule } from '../filters.ts';
import type { InstanceBook } from '../instance.ts';
import { type Action, action, type Fields } from '../product.ts';
import { findProvisioned } from './provisionedInstance.ts';
import { page, select } from './vpcListing.ts';

/** What may come in to an instance and go out of it; these exist in every account. */
interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly createdAt: string;
  readonly inbound: readonly Rule[];
}

interface Rule {
  /** `ACCEPT` or `DROP`. */
  readonly action: string;
  readonly cidr: string;
  readonly port: string;
  readonly protocol: string;
  readonly description: string;
}

const postgresPort = { action: 'ACCEPT', port: '5432', protocol: 'tcp' };

/** A default group and one more; every region has its own. */
export function securityGroupsOf(region: string): SecurityGroup[] {
  const groups: Omit<SecurityGroup, 'id'>[] = [
    {
      name: 'default',
      description: 'System created security group',
      isDefault: true,
      createdAt: '2020-03-20 12:19:14',
      inbound: [{ ...postgresPort, cidr: '0.0.0.0/0', description: 'PostgreSQL from everywhere' }],
    },
    {
      name: 'office',
      description: 'PostgreSQL from the office only',
      isDefault: false,
      createdAt: '2021-06-01 09:30:00',
      inbound: [
        { ...postgresPort, cidr: '203.0.113.0/24', description: 'Office' },
        { action: 'DROP', cidr: '0.0.0.0/0', port: 'ALL', protocol: 'ALL', description: 'Everybody else' },
      ],
    },
  ];
  return groups.map((group) => ({ ...group, id: `sg-${digest(`${region}/${group.name}`)}` }));
}

/** Eight characters, the same on every run. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

const listSchema = z.strictObject({
  SecurityGroupIds: z.array(z.string()).max(100).optional(),
  Filters: z.array(filterSchema).optional(),
  /** Paging of this product is in strings. */
  Offset: z.string().optional(),
  Limit: z.string().optional(),
  OrderField: z.enum(['CreatedTime', 'UpdateTime']).optional(),
  OrderDirection: z.enum(['ASC', 'DESC']).default('ASC'),
});

const rules: ReadonlyMap<string, FilterRule<SecurityGroup>> = new Map<string, FilterRule<SecurityGroup>>([
  ['security-group-id', { values: (group) => [group.id] }],
  ['security-group-name', { values: (group) => [group.name] }],
  ['project-id', { values: () => ['0'] }],
  ['tag-key', { values: () => [] }],
]);

/** Of the service `vpc`: the groups that a region has. */
export function vpcSecurityGroupActions(): [string, Action][] {
  return [
    [
      'DescribeSecurityGroups',
      action(listSchema, (parameters, { region }) => {
        const { SecurityGroupIds: ids, Filters: filters } = parameters;
        const found = select(securityGroupsOf(region), ids, filters, rules, 'SecurityGroupIds');
        // They are listed oldest first, and none was changed since.
        if (parameters.OrderField !== undefined && parameters.OrderDirection === 'DESC') found.reverse();
        return {
          TotalCount: found.length,
          SecurityGroupSet: page(found, parameters.Offset, parameters.Limit).map(wireListed),
        };
      }),
    ],
  ];
}

/** Of the service `postgres`: the groups that an instance is in. */
export function securityGroupActions(book: InstanceBook): [string, Action][] {
  return [
    [
      'DescribeDBInstanceSecurityGroups',
      action(
        z.strictObject({ DBInstanceId: z.string().optional(), ReadOnlyGroupId: z.string().optional() }),
        (parameters, call) => {
          if (parameters.DBInstanceId === undefined) {
            throw parameters.ReadOnlyGroupId === undefined
              ? new ApiError('InvalidParameter.ParametersNotSet', 'DBInstanceId and ReadOnlyGroupId are both missing.')
              : new ApiError('FailedOperation.ROGroupNotFoundError', 'The read-only group does not exist.');
          }
          const { securityGroups: ids } = findProvisioned(book, parameters.DBInstanceId, call).provision;
          const all = securityGroupsOf(call.region);
          const bound = all.filter((group) => (ids.length === 0 ? group.isDefault : ids.includes(group.id)));
          return { SecurityGroupSet: bound.map(wireBound) };
        },
      ),
    ],
  ];
}

function wireListed(group: SecurityGroup): Fields {
  return {
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    SecurityGroupDesc: group.description,
    ProjectId: '0',
    IsDefault: group.isDefault,
    CreatedTime: group.createdAt,
    UpdateTime: group.createdAt,
    TagSet: [],
  };
}

function wireBound(group: SecurityGroup): Fields {
  return {
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    SecurityGroupDescription: group.description,
    ProjectId: 0,
    CreateTime: group.createdAt,
    Inbound: group.inbound.map(wireRule),
    Outbound: [wireRule({ action: 'ACCEPT', cidr: '0.0.0.0/0', port: 'ALL', protocol: 'ALL', description: '' })],
  };
}

function wireRule(rule: Rule): Fields {
  return {
    Action: rule.action,
    CidrIp: rule.cidr,
    PortRange: rule.port,
    IpProtocol: rule.protocol,
    Description: rule.description,
  };
}
