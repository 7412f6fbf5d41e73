import type { ExtensionLink } from './handOver.ts';

/** Other extensions of the editor, as far as a connection is handed to them. */
export interface SqlExtensions {
  isInstalled(id: string): boolean;
  /** False when the link could not be opened. */
  openLink(link: ExtensionLink): Promise<boolean>;
  /** Changes a setting of the person's own, not of the workspace. `change` takes what is set there, of any shape. */
  changeSetting(section: string, key: string, change: (value: unknown) => unknown): Promise<void>;
  run(command: string): Promise<void>;
  /** Opens the Extensions view with this text in its search box. */
  search(text: string): Promise<void>;
}
