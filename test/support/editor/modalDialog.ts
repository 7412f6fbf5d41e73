import type { Page } from 'playwright-core';
import { tidy } from './text.ts';

/** The dialog that has to be answered before anything else. */
export interface ModalDialog {
  /** Waits for it; message and detail in one line. */
  text(): Promise<string>;
  buttons(): Promise<string[]>;
  /** Presses a button and waits until the dialog has gone. */
  press(button: string): Promise<void>;
}

export function modalDialog(page: Page): ModalDialog {
  const box = page.locator('.monaco-dialog-box');
  return {
    async text() {
      await box.waitFor();
      return tidy(await box.locator('.dialog-message-container').innerText());
    },
    buttons: async () => (await box.locator('.dialog-buttons').getByRole('button').allInnerTexts()).map(tidy),
    async press(button) {
      await box.getByRole('button', { name: button, exact: true }).click();
      await box.waitFor({ state: 'detached' });
    },
  };
}
