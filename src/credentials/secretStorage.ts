import type * as vscode from 'vscode';
import type { Vault } from './session.ts';

const key = 'tencentdbPostgres.session';

/** The vault in VS Code's SecretStorage, which the operating system's keychain protects. */
export function createSecretVault(secrets: vscode.SecretStorage): Vault {
  return {
    read: async () => secrets.get(key),
    write: async (text) => secrets.store(key, text),
    forget: async () => secrets.delete(key),
    onDidChange: (listener) =>
      secrets.onDidChange((change) => {
        if (change.key === key) listener();
      }),
  };
}
