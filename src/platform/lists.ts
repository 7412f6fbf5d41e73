import * as vscode from 'vscode';
import { showInvisible } from '../domain/invisible.ts';
import type { AskText, Choose, ChooseMany, ListRow } from '../domain/windowPorts.ts';

interface Item<T> extends vscode.QuickPickItem {
  readonly value: T;
}

function itemOf<T>({ label, description, detail, icon, picked, value }: ListRow<T>): Item<T> {
  return {
    label: showInvisible(label),
    value,
    ...(description === undefined ? {} : { description: showInvisible(description) }),
    ...(detail === undefined ? {} : { detail: showInvisible(detail) }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
    ...(picked === undefined ? {} : { picked }),
  };
}

export const choose: Choose = async (title, placeHolder, rows) => {
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true };
  return (await vscode.window.showQuickPick(rows.map(itemOf), options))?.value;
};

export const chooseMany: ChooseMany = async (title, placeHolder, rows) => {
  const items = rows().then((loaded) => loaded.map(itemOf));
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, canPickMany: true } as const;
  return (await vscode.window.showQuickPick(items, options))?.map(({ value }) => value);
};

export const askText: AskText = async ({ title, prompt, value, rule }) =>
  vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: rule });
