import * as z from 'zod';
import type { Instance, NetworkAddress } from '../domain/instance.ts';
import { statusGroup } from '../domain/status.ts';
import type { Tag } from '../domain/tag.ts';

/** What the actions of PostgreSQL share, whichever kind of instance they are about. */
export const postgres = { service: 'postgres', version: '2017-03-12' } as const;

export const tagSchema = z.object({ TagKey: z.string(), TagValue: z.string() });

export const addressSchema = z.object({
  Address: z.string().nullish(),
  Ip: z.string().nullish(),
  Port: z.number().nullish(),
  // `opened` in one document, `0` or `1` in others.
  Status: z.union([z.string(), z.number()]).nullish(),
  NetType: z.string().nullish(),
});

export function toAddress(row: z.infer<typeof addressSchema>): NetworkAddress {
  // The name comes first: an address without one sends an empty text.
  const host = row.Address === undefined || row.Address === null || row.Address === '' ? row.Ip : row.Address;
  return { kind: row.NetType ?? '', host: host ?? '', port: row.Port ?? 0, status: String(row.Status ?? '') };
}

export function toTag(row: z.infer<typeof tagSchema>): Tag {
  return { key: row.TagKey, value: row.TagValue };
}

/** `TagList` of a create request; no tags are left out. */
export function tagParameters(tags: readonly Tag[]): Readonly<Record<string, unknown>> {
  return tags.length === 0 ? {} : { TagList: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })) };
}

/** A field that is there, or nothing: the service sends null and empty text for what it does not know. */
export function present<K extends string, V extends string | number | boolean>(
  key: K,
  value: V | null | undefined,
): Partial<Record<K, V>> {
  if (value === undefined || value === null || value === '') return {};
  const field: Partial<Record<string, V>> = { [key]: value };
  return field;
}

/** `16` of `16.4`. */
export function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version;
}

/** Those of exactly that name: filters may be fuzzy. */
export function allNamed(instances: readonly Instance[], name: string): Instance[] {
  return instances.filter((one) => one.name === name);
}

/** Of several of that name, one that is not gone: a name may have been free again after a deletion. */
export function withName(instances: readonly Instance[], name: string): Instance | undefined {
  const named = allNamed(instances, name);
  return named.find((one) => statusGroup(one.status) !== 'gone') ?? named[0];
}
