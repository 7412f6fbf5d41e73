import * as vscode from 'vscode';
import { inDocument } from '../domain/places.ts';
import { documentPath, keyOfPath, type Documents, type InstanceKey } from '../domain/documents.ts';

const scheme = 'tencentdb-postgres';

/**
 * Virtual documents about instances: read-only, kept nowhere, put together when the editor asks for them.
 * @param deps.content what a document says; it is asked for again at each refresh
 */
export function createDocuments(deps: { readonly content: (key: InstanceKey) => Promise<string> }): Documents & {
  dispose(): void;
} {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changes.event,
    async provideTextDocumentContent(uri) {
      const key = keyOfPath(uri.path);
      return key === undefined ? '' : inDocument(await deps.content(key));
    },
  });

  return {
    async show(key) {
      const uri = uriOf(key);
      // A document that is open already keeps its old text otherwise.
      changes.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    refresh(key) {
      changes.fire(uriOf(key));
    },
    dispose() {
      registration.dispose();
      changes.dispose();
    },
  };
}

function uriOf(key: InstanceKey): vscode.Uri {
  return vscode.Uri.from({ scheme, path: documentPath(key) });
}
