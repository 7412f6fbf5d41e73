import { plainText } from './plainText.ts';

/** Names an instance, so that it can be asked for again after the editor was restarted. */
export interface InstanceKey {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
  /** What the tab is called. */
  readonly name: string;
}

/**
 * The part of a document's address that says which instance it is about: `/account/region/id/name.jsonc`. The name is for
 * the tab alone, and comes from outside: it is in one line, without hidden marks and not too long.
 */
export function documentPath({ accountId, region, id, name }: InstanceKey): string {
  const title = plainText(name).slice(0, longestTitle).toWellFormed();
  return `/${[accountId, region, id, `${title === '' ? plainText(id) : title}${ending}`].map(encode).join('/')}`;
}

const ending = '.jsonc';

/** Characters of a name in a tab. */
const longestTitle = 100;

/** The instance that a document is about; `undefined` for a path that `documentPath` did not make. */
export function keyOfPath(path: string): InstanceKey | undefined {
  const parts = path.split('/').map(decode);
  const [root, accountId, region, id, file] = parts;
  if (parts.length !== 5 || root !== '' || accountId === undefined || region === undefined) return undefined;
  if (id === undefined || file?.endsWith(ending) !== true) return undefined;
  return { accountId, region, id, name: file.slice(0, -ending.length) };
}

/** Shows read-only documents about instances. */
export interface Documents {
  show(key: InstanceKey): Promise<void>;
  /** Reads those anew that are open. */
  refresh(key: InstanceKey): void;
}

/** A path is divided by slashes, and the editor would take dots alone for folders. */
function encode(part: string): string {
  return part
    .replaceAll('%', '%25')
    .replaceAll('/', '%2F')
    .replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}

function decode(part: string): string {
  return part.replaceAll('%2E', '.').replaceAll('%2F', '/').replaceAll('%25', '%');
}
