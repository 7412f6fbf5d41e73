import type { Instance, NetworkAddress } from '../domain/instance.ts';
import type { Tag } from '../domain/tag.ts';
import { list, number, offeringIn, optional, record, text, truth } from './fields.ts';

/** One region of one account as it is kept on disk. */
export interface StoredRegion {
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly refreshedAt?: number;
  readonly instances: readonly Instance[];
}

const version = 1;

/** What a stored value turned out to be. `problem` is for the log and holds none of the content. */
export type Decoded =
  | { readonly kind: 'list'; readonly regions: readonly StoredRegion[] }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** The value to store. Only the fields named in this file reach the disk, whatever else an instance may carry. */
export function encodeList(regions: readonly StoredRegion[]): unknown {
  return { version, regions: regions.map((region) => written(region)) };
}

/** The account stands once, with the region. */
function written({ instances, ...region }: StoredRegion): unknown {
  return { ...region, instances: instances.map((one) => instance(one, 'instance')) };
}

/** Reads a stored value. Never throws. Unknown keys pass, and are not kept. */
export function decodeList(value: unknown): Decoded {
  try {
    const top = record(value, 'file');
    const written = number(top['version'], 'version');
    if (written > version) return { kind: 'newer' };
    if (written !== version) throw new TypeError('version: not one that was ever written');
    return { kind: 'list', regions: list(top['regions'], 'regions', storedRegion) };
  } catch (error) {
    return { kind: 'unreadable', problem: error instanceof Error ? error.message : String(error) };
  }
}

function storedRegion(value: unknown, path: string): StoredRegion {
  const from = record(value, path);
  const accountId = text(from['accountId'], `${path}.accountId`);
  return {
    accountId,
    region: text(from['region'], `${path}.region`),
    ...optional(from, 'refreshedAt', number, path),
    instances: list(from['instances'], `${path}.instances`, (one, at) => ({ ...instance(one, at), accountId })),
  };
}

function instance(value: unknown, path: string): Omit<Instance, 'accountId'> {
  const from = record(value, path);
  return {
    id: text(from['id'], `${path}.id`),
    offering: offeringIn(from, path),
    name: text(from['name'], `${path}.name`),
    status: text(from['status'], `${path}.status`),
    region: text(from['region'], `${path}.region`),
    zone: text(from['zone'], `${path}.zone`),
    ...optional(from, 'version', text, path),
    ...optional(from, 'kernelVersion', text, path),
    ...optional(from, 'charset', text, path),
    ...optional(from, 'projectId', number, path),
    ...optional(from, 'vpcId', text, path),
    ...optional(from, 'subnetId', text, path),
    ...optional(from, 'createdAt', text, path),
    ...optional(from, 'createRequestId', text, path),
    addresses: list(from['addresses'], `${path}.addresses`, address),
    tags: list(from['tags'], `${path}.tags`, tag),
    ...optional(from, 'specCode', text, path),
    ...optional(from, 'cpu', number, path),
    ...optional(from, 'memoryGb', number, path),
    ...optional(from, 'storageGb', number, path),
    ...optional(from, 'storageType', text, path),
    ...optional(from, 'standbyZone', text, path),
    ...optional(from, 'chargeType', text, path),
    ...optional(from, 'expiresAt', text, path),
    ...optional(from, 'isolatedAt', text, path),
    ...optional(from, 'role', text, path),
    ...optional(from, 'primaryId', text, path),
    ...optional(from, 'deletionProtection', truth, path),
    ...optional(from, 'supportsIpv6', truth, path),
  };
}

function address(value: unknown, path: string): NetworkAddress {
  const from = record(value, path);
  return {
    kind: text(from['kind'], `${path}.kind`),
    host: text(from['host'], `${path}.host`),
    port: number(from['port'], `${path}.port`),
    status: text(from['status'], `${path}.status`),
  };
}

function tag(value: unknown, path: string): Tag {
  const from = record(value, path);
  return { key: text(from['key'], `${path}.key`), value: text(from['value'], `${path}.value`) };
}
