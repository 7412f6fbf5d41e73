import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { inMessage } from '../domain/places.ts';
import type { SettingProblem, Settings } from '../domain/settings.ts';
import { checkSettings } from '../domain/settings.ts';

const prefix = 'tencentdbPostgres';

/** The settings as they are now, and a warning for each wrong one, once per wrong value. */
export function createSettings(): {
  read(): Settings;
  dispose(): void;
} {
  const told = new Set<string>();

  function check(): { settings: Settings; problems: SettingProblem[] } {
    const configuration = vscode.workspace.getConfiguration(prefix);
    return checkSettings((key) => configuration.get<unknown>(key));
  }

  function warn({ key, problem }: SettingProblem): void {
    const value = JSON.stringify(vscode.workspace.getConfiguration(prefix).get<unknown>(key));
    if (told.has(`${key}=${value}`)) return;
    told.add(`${key}=${value}`);
    const open = l10n.t('Open Setting');
    vscode.window
      .showWarningMessage(inMessage(l10n.t('The setting {0} is not used: {1}', `${prefix}.${key}`, problem)), open)
      .then(
        (chosen) => (chosen === open ? openSetting(`${prefix}.${key}`) : undefined),
        () => undefined,
      );
  }

  const watching = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(prefix)) check().problems.forEach(warn);
  });

  return {
    read() {
      const { settings, problems } = check();
      problems.forEach(warn);
      return settings;
    },
    dispose() {
      watching.dispose();
    },
  };
}

/** Opens the settings editor at one setting, or at all of ours. */
export async function openSetting(key = prefix): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', key);
}
