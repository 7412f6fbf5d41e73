import { isIP } from 'node:net';
import { chinaTime } from '../chinaTime.ts';
import type { Instance } from '../instance.ts';
import { connectionLimit } from '../postgres.ts';
import type { Fields } from '../product.ts';

/**
 * `ServerlessDBInstance` as DescribeServerlessDBInstances sends it, password included.
 * @param privateHost IP address or name of the private address; absent: there is no PostgreSQL, so no address either
 */
export function wireInstance(instance: Instance, privateHost: string | undefined): Fields {
  const isMade = !['applying', 'init', 'initing'].includes(instance.status);
  const isUp = isMade && privateHost !== undefined;
  const isOpen = instance.publicStatus === 'opened';
  return {
    DBInstanceId: instance.id,
    DBInstanceName: instance.name,
    DBInstanceStatus: instance.status,
    Region: instance.region,
    Zone: instance.zone,
    ProjectId: instance.projectId,
    VpcId: instance.vpcId,
    SubnetId: instance.subnetId,
    DBCharset: instance.charset,
    DBVersion: instance.version,
    DBKernelVersion: `v${instance.version}_r1.0`,
    DBMajorVersion: instance.version.split('.')[0],
    CreateTime: chinaTime(instance.createdAt),
    DBInstanceNetInfo:
      privateHost === undefined
        ? []
        : [
            {
              NetType: 'private',
              Address: isUp && isIP(privateHost) === 0 ? privateHost : '',
              Ip: isUp && isIP(privateHost) !== 0 ? privateHost : '',
              Port: isUp ? instance.port : 0,
              Status: isUp ? 'opened' : 'initing',
            },
            {
              NetType: 'public',
              Address: isOpen ? '127.0.0.1' : '',
              Ip: '',
              Port: isOpen ? instance.publicPort : 0,
              Status: instance.publicStatus,
            },
          ],
    DBAccountSet: isUp ? [{ DBUser: instance.user, DBPassword: instance.password, DBConnLimit: connectionLimit }] : [],
    DBDatabaseList: isUp ? [instance.database] : null,
    TagList: instance.tags.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })),
  };
}
