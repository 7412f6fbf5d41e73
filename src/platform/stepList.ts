import * as vscode from 'vscode';
import { inRow } from '../domain/places.ts';
import type { OpenStepList, StepList, StepRow, StepTone } from '../domain/windowPorts.ts';

interface Item<T> extends vscode.QuickPickItem {
  /** Absent for a heading. */
  readonly row?: StepRow<T>;
}

/** The words of a row say the same; a screen reader says the name of the icon before them. */
const icons: Readonly<Record<StepTone, string>> = {
  waiting: 'circle-outline',
  running: 'loading~spin',
  passed: 'check',
  noted: 'info',
  failed: 'error',
  action: 'arrow-small-right',
};

export const openStepList: OpenStepList = <T>(title: string): StepList<T> => {
  const box = vscode.window.createQuickPick<Item<T>>();
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  /** Label and section of the row that was put in focus last: while it still is, the person has not moved. */
  let led: string | undefined;

  box.title = inRow(title);
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  // A look at another window must not end the test; Escape does.
  box.ignoreFocusOut = true;
  box.keepScrollPosition = true;
  box.onDidAccept(() => {
    const value = box.activeItems[0]?.row?.value;
    if (value !== undefined) resolve(value);
  });
  box.onDidHide(() => {
    resolve(undefined);
    box.dispose();
  });
  box.show();

  return {
    chosen: promise,
    show(rows, { placeholder, focus, busy }) {
      const own = keyOf(box.activeItems[0]);
      const moved = led !== undefined && own !== undefined && own !== led;
      const items = rows.map(itemOf);
      box.busy = busy;
      box.placeholder = inRow(placeholder);
      box.items = withHeadings(items);
      const active = (moved && busy ? items.find((item) => keyOf(item) === own) : undefined) ?? items[focus];
      if (active !== undefined) box.activeItems = [active];
      if (!moved || !busy) led = keyOf(items[focus]);
    },
    close() {
      box.hide();
    },
  };
};

function keyOf<T>(item: Item<T> | undefined): string | undefined {
  return item?.row === undefined ? undefined : `${item.row.heading ?? ''}\n${item.row.label}`;
}

function itemOf<T>(row: StepRow<T>): Item<T> {
  return {
    row,
    label: `$(${icons[row.tone]}) ${inRow(row.label)}`,
    ...(row.description === undefined ? {} : { description: inRow(row.description) }),
    ...(row.detail === undefined ? {} : { detail: inRow(row.detail) }),
  };
}

function withHeadings<T>(items: readonly Item<T>[]): Item<T>[] {
  return items.flatMap((item, at) => {
    const heading = item.row?.heading;
    return heading === undefined || heading === items[at - 1]?.row?.heading
      ? [item]
      : [{ label: inRow(heading), kind: vscode.QuickPickItemKind.Separator }, item];
  });
}
