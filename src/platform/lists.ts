import * as vscode from 'vscode';
import { inPrompt, inRow } from '../domain/places.ts';
import type { AskText, Choose, ChooseMany, ListRow } from '../domain/windowPorts.ts';

interface Item<T> extends vscode.QuickPickItem {
  readonly value: T;
}

function itemOf<T>({ label, description, detail, icon, picked, value }: ListRow<T>): Item<T> {
  return {
    label: inRow(label),
    value,
    ...(description === undefined ? {} : { description: inRow(description) }),
    ...(detail === undefined ? {} : { detail: inRow(detail) }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
    ...(picked === undefined ? {} : { picked }),
  };
}

function common(title: string, placeHolder: string) {
  return {
    title: inRow(title),
    placeHolder: inRow(placeHolder),
    ignoreFocusOut: true,
    matchOnDescription: true,
  };
}

export const choose: Choose = async (title, placeholder, rows) => {
  const options = common(title, placeholder);
  return (await vscode.window.showQuickPick(rows.map(itemOf), options))?.value;
};

export const chooseMany: ChooseMany = async (title, placeholder, rows) => {
  const items = rows().then((loaded) => loaded.map(itemOf));
  const options = { ...common(title, placeholder), canPickMany: true } as const;
  return (await vscode.window.showQuickPick(items, options))?.map(({ value }) => value);
};

export const askText: AskText = async ({ title, prompt, value, rule }) =>
  vscode.window.showInputBox({
    title: inRow(title),
    prompt: inPrompt(prompt),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = rule(text);
      return problem === undefined ? undefined : inPrompt(problem);
    },
  });
