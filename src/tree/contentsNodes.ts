import type { Database, KnownContents, Listed, ServerAccount } from '../domain/contents.ts';
import type { Instance } from '../domain/instance.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import { statusGroup } from '../domain/status.ts';

/** Rows for what an instance holds. Opening a folder is what asks the service for its list. */
export type ContentsNode =
  | FolderNode
  | { readonly kind: 'database'; readonly id: string; readonly instance: Instance; readonly database: Database }
  | { readonly kind: 'account'; readonly id: string; readonly instance: Instance; readonly account: ServerAccount }
  | PlaceholderNode;

export type FolderNode =
  | { readonly kind: 'databases'; readonly id: string; readonly instance: Instance; readonly listed: Listed<Database> }
  | {
      readonly kind: 'accounts';
      readonly id: string;
      readonly instance: Instance;
      readonly listed: Listed<ServerAccount>;
    };

/** Stands for rows that are not there: on their way, refused, or none. */
export interface PlaceholderNode {
  readonly kind: 'placeholder';
  readonly id: string;
  readonly instance: Instance;
  readonly listed: Listed<unknown>;
}

/** A list that nobody asked for is asked for as soon as it is looked at. */
const loading: Listed<never> = { kind: 'loading' };

/**
 * The folders of an instance that can be asked what it holds.
 * @param parent id of the row of the instance
 */
export function folderNodes(parent: string, instance: Instance, contents: KnownContents): FolderNode[] {
  const can = findOffering(instance.offering)?.can('contents') ?? false;
  // What is busy for a while keeps its folders, or those that are open would close.
  const group = statusGroup(instance.status);
  if (!can || (group !== 'usable' && group !== 'busy')) return [];
  const { databases = loading, accounts = loading } = contents;
  return [
    { kind: 'databases', id: `${parent}/databases`, instance, listed: databases },
    { kind: 'accounts', id: `${parent}/accounts`, instance, listed: accounts },
  ];
}

/** The rows of a folder: never none. */
export function contentsChildren(folder: FolderNode): ContentsNode[] {
  const { id, instance, listed } = folder;
  const rows = folder.kind === 'databases' ? databaseNodes(folder) : accountNodes(folder);
  return rows.length > 0 ? rows : [{ kind: 'placeholder', id: `${id}/placeholder`, instance, listed }];
}

function databaseNodes({ id, instance, listed }: FolderNode & { readonly kind: 'databases' }): ContentsNode[] {
  return named(listed).map((database) => ({
    kind: 'database',
    id: `${id}/name/${database.name}`,
    instance,
    database,
  }));
}

function accountNodes({ id, instance, listed }: FolderNode & { readonly kind: 'accounts' }): ContentsNode[] {
  return named(listed).map((account) => ({ kind: 'account', id: `${id}/name/${account.name}`, instance, account }));
}

/** Each name once: VS Code refuses the whole tree when two rows have the same id. */
function named<T extends { readonly name: string }>(listed: Listed<T>): T[] {
  return listed.kind === 'rows' ? [...new Map(listed.rows.map((row) => [row.name, row])).values()] : [];
}
