import * as z from 'zod';
import { projects, type Tag, tags as accountTags } from '../account.ts';
import { ApiError } from '../apiError.ts';
import type { InstanceBook } from '../instance.ts';
import { action, type Call, type Fields, type Product } from '../product.ts';

const category = z.enum(['Custom', 'System', 'All']).optional();

const pageSchema = z.strictObject({
  PaginationToken: z.string().optional(),
  MaxResults: z.int().min(1).max(1_000).optional(),
  Category: category,
});

const keys = z.array(z.string()).max(20);

const describeTagsSchema = z.strictObject({
  TagKey: z.string().optional(),
  TagValue: z.string().optional(),
  TagKeys: keys.optional(),
  Offset: z.int().min(0).optional(),
  Limit: z.int().min(1).max(1_000).optional(),
  CreateUin: z.int().optional(),
  ShowProject: z.int().optional(),
  Category: category,
});

const projectsSchema = z.strictObject({
  AllList: z.int().min(0).max(1),
  Limit: z.int().min(1).max(1_000),
  Offset: z.int().min(0),
  ProjectId: z.int().optional(),
  ProjectName: z.string().optional(),
});

/** Service `tag`, version 2018-08-13: the reads of tags and projects. Tags on instances count as tags of the account. */
export function tagProduct(book: InstanceBook): Product {
  function allTags({ key }: Call): Tag[] {
    const all = [...accountTags, ...book.of(key.account).flatMap((instance) => instance.tags)];
    const distinct = new Map(all.map((tag) => [JSON.stringify([tag.key, tag.value]), tag]));
    return [...distinct.values()].sort((a, b) => compare(a.key, b.key) || compare(a.value, b.value));
  }

  return {
    name: 'tag',
    version: '2018-08-13',
    needsRegion: () => false,
    actions: new Map([
      [
        'DescribeTags',
        action(describeTagsSchema, (parameters, call): Fields => {
          const { Offset: offset = 0, Limit: limit = 15 } = parameters;
          if (offset % limit !== 0) {
            throw new ApiError('InvalidParameterValue.OffsetInvalid', 'Offset must be a multiple of Limit.');
          }
          const wanted = parameters.TagKeys ?? (parameters.TagKey === undefined ? undefined : [parameters.TagKey]);
          const found = allTags(call).filter(
            (tag) =>
              (wanted?.includes(tag.key) ?? true) &&
              (parameters.TagValue === undefined || parameters.TagValue === tag.value),
          );
          return {
            TotalCount: found.length,
            Offset: offset,
            Limit: limit,
            Tags: found.slice(offset, offset + limit).map((tag) => ({ ...wireTag(tag), CanDelete: 0 })),
          };
        }),
      ],
      [
        'GetTagKeys',
        action(pageSchema, (parameters, call) => {
          const { rows, token } = page([...new Set(allTags(call).map((tag) => tag.key))], parameters);
          return { PaginationToken: token, TagKeys: rows };
        }),
      ],
      [
        'GetTagValues',
        action(pageSchema.extend({ TagKeys: keys }), (parameters, call) => {
          const { rows, token } = page(ofKeys(allTags(call), parameters.TagKeys), parameters);
          return { PaginationToken: token, Tags: rows.map(wireTag) };
        }),
      ],
      [
        'GetTags',
        action(pageSchema.extend({ TagKeys: keys.optional() }), (parameters, call) => {
          const { rows, token } = page(ofKeys(allTags(call), parameters.TagKeys), parameters);
          return { PaginationToken: token, Tags: rows.map(wireTag) };
        }),
      ],
      [
        'DescribeProjects',
        action(projectsSchema, (parameters, { key }) => {
          const found = projects.filter(
            (project) =>
              (parameters.ProjectId === undefined || project.id === parameters.ProjectId) &&
              project.name.includes(parameters.ProjectName ?? ''),
          );
          return {
            Total: found.length,
            Projects: found.slice(parameters.Offset, parameters.Offset + parameters.Limit).map((project) => ({
              ProjectId: project.id,
              ProjectName: project.name,
              CreatorUin: Number(key.account),
              ProjectInfo: project.info,
              CreateTime: project.createdAt,
            })),
          };
        }),
      ],
    ]),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ofKeys(all: readonly Tag[], wanted: readonly string[] | undefined): Tag[] {
  return all.filter((tag) => wanted === undefined || wanted.length === 0 || wanted.includes(tag.key));
}

/** The token is empty at first and when there is no more. */
function page<T>(items: readonly T[], parameters: z.output<typeof pageSchema>): { rows: T[]; token: string } {
  const { PaginationToken: from = '', MaxResults: size = 50 } = parameters;
  if (!/^\d{0,9}$/.test(from)) {
    throw new ApiError('InvalidParameterValue.PaginationTokenInvalid', 'The PaginationToken is not one of ours.');
  }
  const start = Number(from);
  const end = start + size;
  return { rows: items.slice(start, end), token: end < items.length ? String(end) : '' };
}

function wireTag(tag: Tag): Record<string, unknown> {
  return { TagKey: tag.key, TagValue: tag.value, Category: 'Custom' };
}
