import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CancelledError } from '../domain/errors.ts';
import { inMessage, inRow } from '../domain/places.ts';
import type {
  Confirm,
  MessageAction,
  Messages,
  OpenLink,
  Progress,
  SystemClipboard,
  Waiting,
} from '../domain/windowPorts.ts';

type Show = (text: string, ...items: vscode.MessageItem[]) => Thenable<vscode.MessageItem | undefined>;

async function ask<T>(how: Show, text: string, actions: readonly MessageAction<T>[] = []): Promise<T | undefined> {
  const items = actions.map(({ label }) => ({ title: inRow(label) }));
  const chosen = await how(inMessage(text), ...items);
  return chosen === undefined ? undefined : actions[items.findIndex(({ title }) => title === chosen.title)]?.value;
}

export const messages: Messages = {
  info: (text, actions) =>
    ask((words, ...items) => vscode.window.showInformationMessage(words, ...items), text, actions),
  warning: (text, actions) =>
    ask((words, ...items) => vscode.window.showWarningMessage(words, ...items), text, actions),
  error: (text, actions) => ask((words, ...items) => vscode.window.showErrorMessage(words, ...items), text, actions),
  status(text) {
    vscode.window.setStatusBarMessage(inRow(text), 5_000);
  },
};

export const confirm: Confirm = async (title, detail, action) =>
  (await vscode.window.showWarningMessage(inMessage(title), { modal: true, detail: inMessage(detail) }, action)) ===
  action;

/** A notification that can be closed at once: the work is not the notification's. */
export const progress: Progress = async (title, work) => {
  // The work may speak before its notification is there.
  let latest: string | undefined;
  let show: (text: string) => void = () => undefined;
  const working = work((text) => {
    latest = text;
    show(text);
  });
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: inMessage(title), cancellable: true },
    (shown, closed) => {
      show = (text) => {
        shown.report({ message: inMessage(l10n.t('{0} (Cancel only hides this message)', text)) });
      };
      if (latest !== undefined) show(latest);
      const dismissed = new Promise<void>((resolve) => {
        closed.onCancellationRequested(() => {
          resolve();
        });
      });
      // A failure of the work is the caller's, who awaits it below.
      const ended = working.then(
        () => undefined,
        () => undefined,
      );
      return Promise.race([ended, dismissed]);
    },
  );
  return working;
};

export const waiting: Waiting = async (title, work) =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: inMessage(title), cancellable: true },
    async (_shown, cancelled) => {
      const stopping = new AbortController();
      const stopped = new Promise<never>((_resolve, reject) => {
        cancelled.onCancellationRequested(() => {
          stopping.abort();
          reject(new CancelledError());
        });
      });
      return Promise.race([work(stopping.signal), stopped]);
    },
  );

/** The clipboard of the system, or of the browser. */
export const systemClipboard: SystemClipboard = {
  read: async () => vscode.env.clipboard.readText(),
  write: async (text) => vscode.env.clipboard.writeText(text),
};

export const openLink: OpenLink = async (url) => {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
};
