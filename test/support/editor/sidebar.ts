import type { Locator, Page } from 'playwright-core';
import { tidy, whole } from './text.ts';

export interface TreeRow {
  readonly label: string;
  readonly description: string;
}

/** The side bar with one view in it: its title, its buttons, its rows or, while empty, its words and links. */
export interface Sidebar {
  /** Brings the container forward by its tab in the activity bar. */
  open(): Promise<void>;
  title(): Promise<string>;
  /** Everything the view says besides its rows: the message above them, or the words of an empty state. */
  words(): Promise<string>;
  row(label: string | RegExp): Locator;
  rows(): Promise<TreeRow[]>;
  /** Waits for a row with this label and, if given, a description that contains this text. */
  waitForRow(
    label: string | RegExp,
    description?: string | RegExp,
    options?: { readonly timeout?: number },
  ): Promise<void>;
  waitForWords(text: string | RegExp): Promise<void>;
  expand(label: string | RegExp): Promise<void>;
  /** Presses a button that stands in the row. */
  rowButton(label: string | RegExp, name: string): Promise<void>;
  /** Picks an entry of the row's context menu. */
  rowMenu(label: string | RegExp, entry: string): Promise<void>;
  /** The entries of the row's context menu. */
  rowMenuEntries(label: string | RegExp): Promise<string[]>;
  /** Presses a button in the view's title. */
  titleButton(name: string): Promise<void>;
  /** Presses a link of an empty state. */
  link(name: string): Promise<void>;
}

export function sidebar(page: Page, container: string): Sidebar {
  const tab = page.getByRole('tab', { name: container });
  const bar = page.locator('.part.sidebar');
  const items = bar.getByRole('treeitem');
  const row = (label: string | RegExp): Locator =>
    items.filter({ has: page.locator('.label-name', { hasText: whole(label) }) });
  const menu = page.locator('.context-view.monaco-menu-container, .monaco-menu').getByRole('menuitem');

  async function openMenu(label: string | RegExp): Promise<void> {
    await row(label).click({ button: 'right' });
    await menu.first().waitFor();
  }

  async function pickFromMenu(entry: string): Promise<void> {
    const one = menu.filter({ hasText: whole(entry) });
    for (let tries = 0; tries < 5; tries += 1) {
      await one.click();
      // The editor takes no click in the first tenth of a second of a menu, and says nothing of it.
      const taken = await one.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
      if (taken) return;
    }
    throw new Error(`The menu does not take "${entry}".`);
  }

  return {
    row,
    async open() {
      await tab.waitFor();
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      await bar.locator('.title-label', { hasText: container }).waitFor();
    },
    title: async () => tidy(await bar.locator('.title-label').innerText()),
    words: async () => tidy((await bar.locator('.message, .welcome-view-content').allInnerTexts()).join(' ')),
    async rows() {
      const all = await items.all();
      return Promise.all(
        all.map(async (item) => ({
          label: tidy(await item.locator('.label-name').innerText()),
          description: tidy((await item.locator('.label-description').allInnerTexts()).join(' ')),
        })),
      );
    },
    async waitForRow(label, description, options = {}) {
      const wanted = row(label);
      const described = page.locator('.label-description', description === undefined ? {} : { hasText: description });
      await (description === undefined ? wanted : wanted.filter({ has: described })).first().waitFor(options);
    },
    waitForWords: (text) => bar.locator('.message, .welcome-view-content', { hasText: text }).first().waitFor(),
    async expand(label) {
      if ((await row(label).getAttribute('aria-expanded')) === 'true') return;
      await row(label).locator('.monaco-tl-twistie').click();
      await row(label).and(page.locator('[aria-expanded="true"]')).waitFor();
    },
    async rowButton(label, name) {
      await row(label).hover();
      await row(label).getByRole('button', { name }).click();
    },
    async rowMenu(label, entry) {
      await openMenu(label);
      await pickFromMenu(entry);
    },
    async rowMenuEntries(label) {
      await openMenu(label);
      const entries = (await menu.allInnerTexts()).map(tidy);
      await page.keyboard.press('Escape');
      await menu.first().waitFor({ state: 'hidden' });
      return entries.filter((entry) => entry !== '');
    },
    async titleButton(name) {
      await bar.hover();
      await bar.locator('.composite.title').getByRole('button', { name }).first().click();
    },
    link: (name) => bar.locator('.welcome-view-content').getByRole('button', { name, exact: true }).click(),
  };
}
