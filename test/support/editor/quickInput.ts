import type { Locator, Page } from 'playwright-core';
import { tidy, whole } from './text.ts';

/** The one box at the top of the window: a list to pick from, a text to type, or both. */
export interface QuickInput {
  /** Waits until the box shows this title. The editor adds the step, as in `Create instance (2/9)`. */
  waitFor(title: string | RegExp): Promise<void>;
  waitUntilGone(): Promise<void>;
  /** Empty when the box is not shown. */
  title(): Promise<string>;
  /** Label, description, detail and separator of every row on screen, as a screen reader says them. */
  rows(): Promise<string[]>;
  row(label: string | RegExp): Locator;
  /** Label of the row that Enter would take; empty when there is none. */
  focused(): Promise<string>;
  choose(label: string | RegExp): Promise<void>;
  /** Presses a button that a row carries. */
  rowButton(label: string | RegExp, name: string): Promise<void>;
  /** Replaces what the text field holds. */
  type(text: string): Promise<void>;
  value(): Promise<string>;
  /** True when what is typed is shown as dots. */
  masked(): Promise<boolean>;
  placeholder(): Promise<string>;
  /** Waits until the line below the text field, a prompt or the reason of a refusal, says this. */
  waitForMessage(text: string | RegExp): Promise<void>;
  message(): Promise<string>;
  accept(): Promise<void>;
  /** Presses Enter once a row is there to take it: a list may come after its box, or still be loading. */
  acceptProposed(): Promise<void>;
  /** True when there is a way back. */
  backs(): Promise<boolean>;
  back(): Promise<void>;
  escape(): Promise<void>;
  button(name: string): Promise<void>;
}

/** A row has its detail in a second line of the same make. */
const rowLabel = '.quick-input-list-row:first-child .label-name';

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget:visible');
  const title = box.locator('.quick-input-title');
  const field = box.locator('.quick-input-filter input.input');
  const message = box.locator('.quick-input-message:visible');
  // Where several can be chosen, the editor calls them checkboxes.
  const options = box.locator('[role="option"], .monaco-list-row[role="checkbox"]');
  const row = (label: string | RegExp): Locator =>
    options.filter({ has: page.locator(rowLabel, { hasText: whole(label) }) });
  const button = (name: string): Locator =>
    box.locator('.quick-input-titlebar, .quick-input-inline-action-bar').getByRole('button', { name });

  return {
    row,
    focused: async () => tidy((await box.locator(`[role="option"].focused ${rowLabel}`).allInnerTexts()).join(' ')),
    waitFor: (text) => title.filter({ hasText: text }).waitFor(),
    waitUntilGone: () => box.waitFor({ state: 'hidden' }),
    title: async () => tidy((await title.allInnerTexts()).join(' ')),
    rows: () => labels(options),
    choose: (label) => row(label).click(),
    async rowButton(label, name) {
      await row(label).hover();
      await row(label).getByRole('button', { name }).click();
    },
    type: (text) => field.fill(text),
    value: () => field.inputValue(),
    masked: async () => (await field.getAttribute('type')) === 'password',
    placeholder: async () => (await field.getAttribute('placeholder')) ?? '',
    waitForMessage: (text) => message.filter({ hasText: text }).waitFor(),
    message: async () => tidy((await message.allInnerTexts()).join(' ')),
    accept: () => field.press('Enter'),
    async acceptProposed() {
      await box.locator('[role="option"].focused').filter({ hasNotText: 'Loading…' }).waitFor();
      await field.press('Enter');
    },
    backs: async () => (await button('Back').count()) > 0,
    back: () => button('Back').click(),
    escape: () => field.press('Escape'),
    button: (name) => button(name).click(),
  };
}

async function labels(rows: Locator): Promise<string[]> {
  const all = await rows.all();
  return Promise.all(all.map(async (one) => tidy((await one.getAttribute('aria-label')) ?? '')));
}
