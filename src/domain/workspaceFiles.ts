import type { TextEdit } from './envFile.ts';

/** A folder of the workspace. */
export interface Folder {
  readonly name: string;
  readonly uri: string;
}

/** What came of changing a file. */
export type Written =
  | 'saved'
  /** It is in the editor and not on disk: the file had changes of the person's own, or saving was refused. */
  | 'unsaved'
  | 'readOnly'
  /** It is a link that leads out of the workspace, or nowhere. */
  | 'outside'
  | 'notAFile';

/** What git makes of a file. */
export type GitState =
  | 'ignored'
  /** A commit of everything would take it along. */
  | 'exposed'
  /** It is in the repository already, and ignoring it changes nothing. */
  | 'tracked'
  /** No git, no repository, or not to be asked here. */
  | 'unknown';

/** Files at the top of the folders of the workspace, as the editor has them: unsaved changes count. */
export interface WorkspaceFiles {
  folders(): readonly Folder[];
  /** Names of the files of the folder that loaders of variables read. */
  envFiles(folder: Folder): Promise<readonly string[]>;
  /** `undefined` when there is none. */
  read(folder: Folder, name: string): Promise<string | undefined>;
  /** Makes the edit so that Undo takes it back, and saves. A file that is not there is made. */
  change(folder: Folder, name: string, edit: (text: string) => TextEdit, show: 'show' | 'quietly'): Promise<Written>;
  git(folder: Folder, name: string): Promise<GitState>;
}
