import * as l10n from '@vscode/l10n';
import { keyOfPath, type Documents, type InstanceKey } from '../domain/documents.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import { instanceDocument, type DocumentNotes } from '../domain/instanceDocument.ts';
import { firstOfferingId } from '../domain/offerings/names.ts';
import { plainText } from '../domain/plainText.ts';
import type { InstanceService, ServiceOf } from '../domain/ports.ts';

/** Shows everything that is known about an instance in a read-only editor. */
export function showDetails(deps: { readonly documents: Documents }): (instance: Instance) => Promise<void> {
  return ({ accountId, region, id, name }) => deps.documents.show({ accountId, region, id, name });
}

/** Reads such a document anew. The editor hands a button in its title the address of the document. */
export function refreshDetails(deps: { readonly documents: Documents }): (argument: unknown) => Promise<void> {
  return (argument) => {
    const key = keyOfAddress(argument);
    if (key !== undefined) deps.documents.refresh(key);
    return Promise.resolve();
  };
}

function keyOfAddress(argument: unknown): InstanceKey | undefined {
  if (typeof argument !== 'object' || argument === null || !('path' in argument)) return undefined;
  return typeof argument.path === 'string' ? keyOfPath(argument.path) : undefined;
}

/**
 * What such a document says: the service is asked at that moment. When it cannot be, the document says why and what was
 * known last, so it never rejects but for a cancellation.
 */
export function detailsContent(deps: {
  readonly service: ServiceOf<Pick<InstanceService, 'access'>>;
  /** As last known. */
  readonly known: (accountId: string, instanceId: string) => Instance | undefined;
  /** Takes what the service answered, so that the tree says the same. */
  readonly seen: (instance: Instance) => void;
  readonly notes: (instance: Instance) => Promise<Omit<DocumentNotes, 'problem'>>;
  readonly explain: Explain;
  readonly signal: AbortSignal;
}): (key: InstanceKey) => Promise<string> {
  const { service, known, seen, notes, explain, signal } = deps;

  return async ({ accountId, region, id, name }) => {
    let problem: string;
    try {
      // A document of an earlier session may be about an instance that is no longer known.
      const { offering } = known(accountId, id) ?? { offering: firstOfferingId };
      const access = await service({ accountId, offering }).access(region, id, signal);
      if (access !== undefined) {
        seen(access.instance);
        // The service does not repeat what was noted when the instance was created.
        const instance = known(accountId, id) ?? access.instance;
        return instanceDocument({ instance, access }, await notes(instance));
      }
      problem = l10n.t('the service no longer lists it.');
    } catch (thrown) {
      const error = toError(thrown);
      if (isCancelled(error)) throw error;
      problem = explain(error).meaning;
    }
    const last = known(accountId, id);
    if (last === undefined)
      return `// ${l10n.t('Nothing is known about "{0}": {1}', plainText(name), plainText(problem))}\n`;
    return instanceDocument({ instance: last }, { ...(await notes(last)), problem });
  };
}
