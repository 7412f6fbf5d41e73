import fc from 'fast-check';
import type { Instance, NetworkAddress } from '../../src/domain/instance.ts';

/** A running instance; name only the fields that matter. */
export function instanceWith(fields: Partial<Instance> = {}): Instance {
  return {
    id: 'postgres-aaaa1111',
    accountId: '100000000001',
    offering: 'serverless',
    name: 'shop',
    status: 'running',
    region: 'ap-guangzhou',
    zone: 'ap-guangzhou-2',
    addresses: [],
    tags: [],
    ...fields,
  };
}

/** Text that a service or a broken file may hold: any Unicode, with the marks that trouble a display. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\u202Eabc',
    'a\nb',
    '\u0000',
    '\uD800',
    '__proto__',
    '$(error)',
    '**b**',
    'x'.repeat(2_000),
  ),
);

/** Records with the usual prototype, as everything of ours. */
export const plain = { noNullPrototype: true } as const;

const anyAddress: fc.Arbitrary<NetworkAddress> = fc.record(
  {
    kind: fc.oneof(fc.constantFrom('private', 'public', 'inner'), anyText),
    host: anyText,
    port: fc.nat(70_000),
    status: fc.oneof(fc.constantFrom('opened', '0', '1', 'initing', 'closing'), anyText),
  },
  plain,
);

/** Any instance at all, with and without each optional field. */
export const anyInstance: fc.Arbitrary<Instance> = fc.record(
  {
    id: anyText,
    accountId: fc.constant('100000000001'),
    offering: fc.constantFrom('serverless', 'provisioned', 'of-tomorrow'),
    name: anyText,
    status: fc.oneof(fc.constantFrom('running', 'initing', 'isolated', 'job running', 'limited run'), anyText),
    region: fc.constantFrom('ap-guangzhou', 'ap-beijing', '__proto__'),
    zone: anyText,
    version: anyText,
    kernelVersion: anyText,
    charset: anyText,
    projectId: fc.nat(),
    vpcId: anyText,
    subnetId: anyText,
    createdAt: anyText,
    addresses: fc.array(anyAddress, { maxLength: 3 }),
    tags: fc.array(fc.record({ key: anyText, value: anyText }, plain), { maxLength: 3 }),
    specCode: anyText,
    cpu: fc.nat(),
    memoryGb: fc.nat(),
    storageGb: fc.nat(),
    storageType: anyText,
    standbyZone: anyText,
    chargeType: anyText,
    expiresAt: anyText,
    isolatedAt: anyText,
    role: anyText,
    primaryId: anyText,
    deletionProtection: fc.boolean(),
    supportsIpv6: fc.boolean(),
  },
  { requiredKeys: ['id', 'accountId', 'offering', 'name', 'status', 'region', 'zone', 'addresses', 'tags'], ...plain },
);
