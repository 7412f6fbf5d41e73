import type { Locator, Page } from 'playwright-core';
import { tidy } from './text.ts';

export interface Notification {
  text(): Promise<string>;
  buttons(): Promise<string[]>;
  press(button: string): Promise<void>;
  close(): Promise<void>;
}

export interface Notifications {
  /** Waits for a message that contains this text. The editor hides some after 15 s, so wait for them as they come. */
  waitFor(text: string | RegExp, options?: { readonly timeout?: number }): Promise<Notification>;
  texts(): Promise<string[]>;
  /** Closes all that are shown. */
  clear(): Promise<void>;
}

/** Milliseconds after which a message is looked for in the list of all. */
const popsUpWithin = 5_000;

export function notifications(page: Page): Notifications {
  const shown = page.locator('.notifications-toasts, .notifications-center.visible').getByRole('dialog');
  const bell = page.locator('.part.statusbar [id="status.notifications"]');
  const words = (one: Locator): Locator => one.locator('.notification-list-item-message');

  const describe = (one: Locator): Notification => ({
    text: async () => tidy(await words(one).innerText()),
    buttons: () => one.locator('.notification-list-item-buttons-container').getByRole('button').allInnerTexts(),
    press: (button) => one.getByRole('button', { name: button, exact: true }).click(),
    close: async () => {
      await one.hover();
      await one.locator('.codicon-notifications-clear').click();
    },
  });

  return {
    async waitFor(text, options = {}) {
      const one = shown.filter({ has: page.locator('.notification-list-item-message', { hasText: text }) }).first();
      const popsUp = one.waitFor({ timeout: popsUpWithin }).then(
        () => true,
        () => false,
      );
      if (!(await popsUp)) {
        // Of many messages in a short time the editor pops up some only; the others are in its list.
        if ((await shown.count()) === 0 && (await bell.locator('.codicon-bell-dot').count()) > 0) await bell.click();
        await one.waitFor(options);
      }
      return describe(one);
    },
    texts: async () => (await words(shown).allInnerTexts()).map(tidy),
    async clear() {
      while ((await shown.count()) > 0) {
        const first = shown.first();
        // One that goes by itself meanwhile cannot be closed any more; the next turn sees whether it has gone.
        const settle = (act: Promise<void>): Promise<void> => act.catch(() => undefined);
        await settle(first.hover({ timeout: 1_000 }));
        await settle(first.locator('.codicon-notifications-clear').click({ timeout: 1_000 }));
      }
    },
  };
}
