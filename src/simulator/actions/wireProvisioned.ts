import { isIP } from 'node:net';
import { chinaTime } from '../chinaTime.ts';
import type { InstanceBook, ProvisionedInstance } from '../instance.ts';
import type { Fields } from '../product.ts';
import { portOf } from '../servers.ts';

/** Statuses in which nothing answers at its addresses. */
const down: ReadonlySet<string> = new Set([
  'applying',
  'init',
  'initing',
  'isolating',
  'isolated',
  'disisolating',
  'offlining',
  'offline',
]);

/**
 * `DBInstance` as DescribeDBInstances sends it; of accounts and passwords it has nothing.
 * @param privateHost IP address or name of the private address; absent: there is no PostgreSQL, so no address either
 */
export function wireProvisioned(
  instance: ProvisionedInstance,
  book: InstanceBook,
  privateHost: string | undefined,
): Fields {
  const { provision } = instance;
  const replicas = book.all().filter((other) => other.provision?.primaryId === instance.id).length;
  const isReplica = provision.primaryId !== '';
  return {
    Region: instance.region,
    Zone: instance.zone,
    ProjectId: instance.projectId,
    VpcId: instance.vpcId,
    SubnetId: instance.subnetId,
    DBInstanceId: instance.id,
    DBInstanceName: instance.name,
    DBInstanceStatus: instance.status,
    DBInstanceMemory: provision.memory,
    DBInstanceStorage: provision.storage,
    DBInstanceCpu: provision.cpu,
    DBInstanceClass: provision.specCode,
    DBMajorVersion: provision.majorVersion,
    DBVersion: instance.version,
    DBKernelVersion: provision.kernelVersion,
    DBEngine: 'postgresql',
    DBEngineConfig: '',
    DBInstanceType: isReplica ? 'readonly' : 'primary',
    DBInstanceVersion: 'standard',
    DBCharset: instance.charset,
    CreateTime: chinaTime(instance.createdAt),
    UpdateTime: chinaTime(provision.updatedAt),
    ExpireTime: chinaTime(provision.expiresAt),
    IsolatedTime: chinaTime(provision.isolatedAt),
    OfflineTime: chinaTime(0),
    PayType: provision.chargeType === 'PREPAID' ? 'prepaid' : 'postpaid',
    AutoRenew: provision.autoRenew ? 1 : 0,
    DBInstanceNetInfo: netInfo(instance, portOf(instance, book), privateHost),
    Type: 'TS85',
    AppId: 1_250_000_000,
    Uid: 0,
    TagList: instance.tags.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })),
    MasterDBInstanceId: provision.primaryId,
    ReadOnlyInstanceNum: replicas,
    StatusInReadonlyGroup: '',
    DBNodeSet: isReplica
      ? [{ Role: 'Primary', Zone: instance.zone }]
      : [
          { Role: 'Primary', Zone: instance.zone },
          { Role: 'Standby', Zone: provision.standbyZone },
        ],
    IsSupportTDE: 0,
    NetworkAccessList: null,
    SupportIpv6: provision.supportsIpv6 ? 1 : 0,
    ExpandedCpu: 0,
    DeletionProtection: provision.deletionProtection,
    DBInstanceStorageType: provision.storageType,
  };
}

function netInfo(instance: ProvisionedInstance, port: number, privateHost: string | undefined): Fields[] {
  const { provision } = instance;
  const isUp = !down.has(instance.status);
  const entry = (NetType: string, Status: string, place?: Fields): Fields => ({
    NetType,
    Status,
    Address: '',
    Ip: '',
    Port: 0,
    ...place,
    ProtocolType: 'postgresql',
    VpcId: NetType === 'private' ? instance.vpcId : '',
    SubnetId: NetType === 'private' ? instance.subnetId : '',
  });
  const open = (status: string): boolean => isUp && status === 'opened';
  const hasPrivate = isUp && privateHost !== undefined && port !== 0;
  return [
    hasPrivate
      ? entry('private', 'opened', { [isIP(privateHost) === 0 ? 'Address' : 'Ip']: privateHost, Port: port })
      : entry('private', 'initing'),
    open(instance.publicStatus)
      ? entry('public', 'opened', { Address: '127.0.0.1', Port: instance.publicPort })
      : entry('public', instance.publicStatus),
    ...(!provision.supportsIpv6
      ? []
      : open(provision.ipv6Status)
        ? [entry('public', 'opened', { Ip: '::1', Port: provision.ipv6Port })]
        : [entry('public', provision.ipv6Status)]),
  ];
}
