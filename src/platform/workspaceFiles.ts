import * as vscode from 'vscode';
import { isEnvFile } from '../domain/envFile.ts';
import type { Folder, WorkspaceFiles } from '../domain/workspaceFiles.ts';
import { gitState } from './git.ts';
import { obstacleOf } from './localFile.ts';
import { sleep } from './sleep.ts';

/** How long a save that the editor began by itself is waited for, in milliseconds. */
const patience = 3_000;

/** The files of the workspace through the editor: what is open and unsaved counts, and edits can be undone. */
export const workspaceFiles: WorkspaceFiles = {
  folders: () => folders().map(({ name, uri }) => ({ name, uri: uri.toString() })),

  async envFiles(folder) {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(folder.uri, true));
    return entries
      .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && isEnvFile(name))
      .map(([name]) => name)
      .sort();
  },

  async read(folder, name) {
    const uri = fileOf(folder, name);
    return (await isThere(uri)) ? (await vscode.workspace.openTextDocument(uri)).getText() : undefined;
  },

  async change(folder, name, edit, show) {
    const uri = fileOf(folder, name);
    const obstacle =
      uri.scheme === 'file'
        ? await obstacleOf(
            uri.fsPath,
            folders().map((each) => each.uri.fsPath),
          )
        : undefined;
    if (obstacle !== undefined) return obstacle;
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return 'readOnly';

    if (!(await isThere(uri))) await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    const document = await vscode.workspace.openTextDocument(uri);
    // Saving would also save what the person is in the middle of.
    const hadChanges = document.isDirty;
    const { start, end, text } = edit(document.getText());
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const edits = new vscode.WorkspaceEdit();
    edits.replace(uri, range, text);
    const made = await vscode.workspace.applyEdit(edits);
    if (show === 'show') {
      const editor = await vscode.window.showTextDocument(document);
      editor.revealRange(
        new vscode.Range(range.start, range.start),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
    }
    if (!made) return 'readOnly';
    return hadChanges || !(await isSaved(document)) ? 'unsaved' : 'saved';
  },

  async git(folder, name) {
    const { scheme, fsPath } = vscode.Uri.parse(folder.uri, true);
    return scheme === 'file' && vscode.workspace.isTrusted ? gitState(fsPath, name) : 'unknown';
  },
};

function folders(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}

function fileOf(folder: Folder, name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.parse(folder.uri, true), name);
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

/** Saves it. An editor that has just begun to save by itself refuses, and has saved a moment later all the same. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  const over = new AbortController();
  const { promise: saved, resolve } = Promise.withResolvers<undefined>();
  const listening = vscode.workspace.onDidSaveTextDocument((one) => {
    if (one === document) resolve(undefined);
  });
  try {
    if (await document.save()) return true;
    await Promise.race([saved, sleep(patience, over.signal)]);
    return !document.isDirty;
  } finally {
    listening.dispose();
    over.abort();
  }
}
