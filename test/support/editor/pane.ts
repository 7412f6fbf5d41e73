import type { Locator, Page } from 'playwright-core';
import { contextMenu } from './contextMenu.ts';
import { tidy, whole } from './text.ts';

export interface TreeRow {
  readonly label: string;
  readonly description: string;
}

/** One of the views of a side bar: its title, its buttons, its rows or, while empty, its words and links. */
export interface Pane {
  /** Unfolds it. */
  open(): Promise<void>;
  title(): Promise<string>;
  /** What stands after the title. */
  subtitle(): Promise<string>;
  /** Everything the view says besides its rows: the message above them, or the words of an empty state. */
  words(): Promise<string>;
  row(label: string | RegExp): Locator;
  /** The rows on screen, from top to bottom. */
  rows(): Promise<TreeRow[]>;
  /** Waits for a row with this label and, if given, a description that contains this text. */
  waitForRow(
    label: string | RegExp,
    description?: string | RegExp,
    options?: { readonly timeout?: number },
  ): Promise<void>;
  waitForWords(text: string | RegExp): Promise<void>;
  expand(label: string | RegExp): Promise<void>;
  /** Selects these rows and no other. */
  select(...labels: (string | RegExp)[]): Promise<void>;
  /** Presses a button that stands in the row. */
  rowButton(label: string | RegExp, name: string): Promise<void>;
  /** Picks an entry of the row's context menu. */
  rowMenu(label: string | RegExp, entry: string): Promise<void>;
  /** The entries of the row's context menu. */
  rowMenuEntries(label: string | RegExp): Promise<string[]>;
  /** Presses a button in the view's title. */
  titleButton(name: string): Promise<void>;
  /** Picks an entry of the menu behind the title's buttons. */
  titleMenu(entry: string): Promise<void>;
  /** The entries of the menu behind the title's buttons. */
  titleMenuEntries(): Promise<string[]>;
  /** Presses a link of an empty state. */
  link(name: string): Promise<void>;
}

/** A row of the page, as far as it is read. */
interface RowElement {
  readonly dataset: { readonly index?: string };
  querySelectorAll(part: string): Iterable<{ readonly innerText: string }>;
}

/** Runs in the page, at once: a row may go between two questions. Rows stand there in the order in which they came. */
function readRows(rows: readonly RowElement[]): TreeRow[] {
  const text = (row: RowElement, part: string): string =>
    [...row.querySelectorAll(part)].map(({ innerText }) => innerText.replaceAll(/\s+/gu, ' ').trim()).join(' ');
  return [...rows]
    .sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
    .map((row) => ({ label: text(row, '.label-name'), description: text(row, '.label-description') }));
}

/** @param title of the view; a pattern when it changes */
export function pane(page: Page, title: string | RegExp): Pane {
  const heading = page.locator('.pane-header .title', { hasText: whole(title) });
  const box = page.locator('.part.sidebar .pane').filter({ has: heading });
  const header = box.locator('.pane-header');
  const items = box.getByRole('treeitem');
  const selected = box.locator('[role="treeitem"][aria-selected="true"]');
  const said = box.locator('.message, .welcome-view-content');
  const row = (label: string | RegExp): Locator =>
    items.filter({ has: page.locator('.label-name', { hasText: whole(label) }) });
  const menu = contextMenu(page);

  async function pressInTitle(name: string | RegExp): Promise<void> {
    // A view that is alone in its container has its buttons in the container's title.
    const place = (await header.isVisible()) ? header : page.locator('.part.sidebar .composite.title');
    await place.hover();
    await place.getByRole('button', { name, exact: true }).click();
  }

  const openRowMenu = (label: string | RegExp) => (): Promise<void> => row(label).click({ button: 'right' });
  const openTitleMenu = (): Promise<void> => pressInTitle(/More Actions\.\.\.$/u);

  return {
    row,
    async open() {
      if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
      await box.and(page.locator('.expanded')).waitFor();
    },
    title: async () => tidy(await header.locator('.title').innerText()),
    subtitle: async () => tidy((await header.locator('.description').allInnerTexts()).join(' ')),
    words: async () => tidy((await said.allInnerTexts()).join(' ')),
    rows: () => items.evaluateAll(readRows),
    async waitForRow(label, description, options = {}) {
      const wanted = row(label);
      const described = page.locator('.label-description', description === undefined ? {} : { hasText: description });
      await (description === undefined ? wanted : wanted.filter({ has: described })).first().waitFor(options);
    },
    waitForWords: (text) => said.filter({ hasText: text }).first().waitFor(),
    async expand(label) {
      if ((await row(label).getAttribute('aria-expanded')) === 'true') return;
      await row(label).locator('.monaco-tl-twistie').click();
      await row(label).and(page.locator('[aria-expanded="true"]')).waitFor();
    },
    async select(...labels) {
      // A plain click would open the row as well.
      const click = (one: Locator): Promise<void> => one.click({ modifiers: ['ControlOrMeta'] });
      while ((await selected.count()) > 0) await click(selected.first());
      for (const label of labels) {
        await click(row(label));
        await row(label).and(selected).waitFor();
      }
    },
    async rowButton(label, name) {
      await row(label).hover();
      await row(label).getByRole('button', { name }).click();
    },
    rowMenu: (label, entry) => menu.pick(openRowMenu(label), entry),
    rowMenuEntries: (label) => menu.entries(openRowMenu(label)),
    titleButton: pressInTitle,
    titleMenu: (entry) => menu.pick(openTitleMenu, entry),
    titleMenuEntries: () => menu.entries(openTitleMenu),
    link: (name) => box.locator('.welcome-view-content').getByRole('button', { name, exact: true }).click(),
  };
}
