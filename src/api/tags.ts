import * as z from 'zod';
import type { Project } from '../domain/network.ts';
import type { Catalog } from '../domain/ports.ts';
import type { Action, Client } from './client.ts';
import { readPages, readTokenPages } from './paging.ts';

/** Tags and projects of the account (tag 2018-08-13). */
const keysSchema = z.object({ PaginationToken: z.string().nullish(), TagKeys: z.array(z.string()).nullish() });

const valuesSchema = z.object({
  PaginationToken: z.string().nullish(),
  Tags: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })).nullish(),
});

const projectsSchema = z.object({
  Total: z.number().nullish(),
  Projects: z.array(z.object({ ProjectId: z.number(), ProjectName: z.string().nullish() })).nullish(),
});

const product = { service: 'tag', version: '2018-08-13', effect: 'read' } as const;
const keysAction: Action<z.infer<typeof keysSchema>> = { ...product, name: 'GetTagKeys', schema: keysSchema };
const valuesAction: Action<z.infer<typeof valuesSchema>> = { ...product, name: 'GetTagValues', schema: valuesSchema };
const projectsAction: Action<z.infer<typeof projectsSchema>> = {
  ...product,
  name: 'DescribeProjects',
  schema: projectsSchema,
};

/** The documented maximum; for projects the only value that is taken. */
const pageSize = 1_000;
/** The service's own tags cannot be put on a resource by hand. */
const ownTags = { MaxResults: pageSize, Category: 'Custom' };

export function createTagCatalog(client: Client): Pick<Catalog, 'projects' | 'tagKeys' | 'tagValues'> {
  return {
    tagKeys: (region, signal) =>
      readTokenPages(async (token) => {
        const parameters = { ...ownTags, ...after(token) };
        const { value } = await client.call(keysAction, { region, parameters, signal });
        return { rows: value.TagKeys ?? [], next: value.PaginationToken ?? '' };
      }),
    tagValues: (region, key, signal) =>
      readTokenPages(async (token) => {
        const parameters = { TagKeys: [key], ...ownTags, ...after(token) };
        const { value } = await client.call(valuesAction, { region, parameters, signal });
        const rows = (value.Tags ?? []).filter((tag) => tag.TagKey === key).map((tag) => tag.TagValue);
        return { rows, next: value.PaginationToken ?? '' };
      }),
    async projects(region, signal) {
      const rows = await readPages(
        async (offset) => {
          const parameters = { AllList: 0, Limit: pageSize, Offset: offset };
          const { value } = await client.call(projectsAction, { region, parameters, signal });
          return { rows: value.Projects ?? [], total: value.Total ?? undefined };
        },
        (row) => String(row.ProjectId),
      );
      return rows.map((row): Project => ({ id: row.ProjectId, name: row.ProjectName ?? '' }));
    },
  };
}

function after(token: string): Readonly<Record<string, string>> {
  return token === '' ? {} : { PaginationToken: token };
}
