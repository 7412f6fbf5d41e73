import type { Page } from 'playwright-core';
import { tidy, whole } from './text.ts';

/** The menu that opens where one presses. */
export interface ContextMenu {
  /** Opens it and picks an entry. */
  pick(open: () => Promise<void>, entry: string): Promise<void>;
  /** Opens it, reads its entries and closes it. */
  entries(open: () => Promise<void>): Promise<string[]>;
}

export function contextMenu(page: Page): ContextMenu {
  const menu = page.locator('.context-view.monaco-menu-container, .monaco-menu').getByRole('menuitem');

  return {
    async pick(open, entry) {
      await open();
      await menu.first().waitFor();
      const one = menu.filter({ hasText: whole(entry) });
      await one.waitFor();
      for (let tries = 0; tries < 5; tries += 1) {
        // On a busy machine a menu may still be there for a moment after it has taken a click.
        await one.click({ timeout: 5_000 }).catch(() => undefined);
        // The editor takes no click in the first tenth of a second of a menu, and says nothing of it.
        const taken = await one.waitFor({ state: 'hidden', timeout: 500 }).then(
          () => true,
          () => false,
        );
        if (taken) return;
      }
      throw new Error(`The menu does not take "${entry}".`);
    },
    async entries(open) {
      await open();
      await menu.first().waitFor();
      const entries = (await menu.allInnerTexts()).map(tidy);
      await page.keyboard.press('Escape');
      await menu.first().waitFor({ state: 'hidden' });
      return entries.filter((entry) => entry !== '');
    },
  };
}
