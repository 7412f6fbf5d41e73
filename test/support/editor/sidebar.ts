import type { Page } from 'playwright-core';
import { pane, type Pane } from './pane.ts';

/** The extension's container in the side bar. Without a word about which, it is its first view. */
export interface Sidebar extends Pane {
  /** Brings the container forward by its tab in the activity bar. */
  open(): Promise<void>;
  /** Another view of the container; it may be folded. */
  view(title: string): Pane;
}

/**
 * @param container title of the container
 * @param first titles that its first view may have
 */
export function sidebar(page: Page, container: string, first: RegExp): Sidebar {
  const tab = page.getByRole('tab', { name: container });
  const title = page.locator('.part.sidebar .composite.title .title-label', { hasText: container });
  const main = pane(page, first);
  return {
    ...main,
    async open() {
      await tab.waitFor();
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      await title.waitFor();
      await main.open();
    },
    view: (name) => pane(page, name),
  };
}
