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
  choose(label: string | RegExp): Promise<void>;
  /** Presses a button that a row carries. */
  rowButton(label: string | RegExp, name: string): Promise<void>;
  /** Replaces what the text field holds. */
  type(text: string): Promise<void>;
  value(): Promise<string>;
  placeholder(): Promise<string>;
  /** Waits until the line below the text field, a prompt or the reason of a refusal, says this. */
  waitForMessage(text: string | RegExp): Promise<void>;
  message(): Promise<string>;
  accept(): Promise<void>;
  /** Presses Enter once a row is there to take it: a list may come after its box, or still be loading. */
  acceptProposed(): Promise<void>;
  back(): Promise<void>;
  escape(): Promise<void>;
  button(name: string): Promise<void>;
}

export function quickInput(page: Page): QuickInput {
  const box = page.locator('.quick-input-widget:visible');
  const title = box.locator('.quick-input-title');
  const field = box.locator('.quick-input-filter input.input');
  const message = box.locator('.quick-input-message:visible');
  const row = (label: string | RegExp): Locator =>
    box
      .getByRole('option')
      .filter({ has: page.locator('.quick-input-list-row:first-child .label-name', { hasText: whole(label) }) });
  const button = (name: string): Locator =>
    box.locator('.quick-input-titlebar, .quick-input-inline-action-bar').getByRole('button', { name });

  return {
    row,
    waitFor: (text) => title.filter({ hasText: text }).waitFor(),
    waitUntilGone: () => box.waitFor({ state: 'hidden' }),
    title: async () => tidy((await title.allInnerTexts()).join(' ')),
    rows: () => labels(box.getByRole('option')),
    choose: (label) => row(label).click(),
    async rowButton(label, name) {
      await row(label).hover();
      await row(label).getByRole('button', { name }).click();
    },
    type: (text) => field.fill(text),
    value: () => field.inputValue(),
    placeholder: async () => (await field.getAttribute('placeholder')) ?? '',
    waitForMessage: (text) => message.filter({ hasText: text }).waitFor(),
    message: async () => tidy((await message.allInnerTexts()).join(' ')),
    accept: () => field.press('Enter'),
    async acceptProposed() {
      await box.locator('[role="option"].focused').filter({ hasNotText: 'Loading…' }).waitFor();
      await field.press('Enter');
    },
    back: () => button('Back').click(),
    escape: () => field.press('Escape'),
    button: (name) => button(name).click(),
  };
}

async function labels(rows: Locator): Promise<string[]> {
  const all = await rows.all();
  return Promise.all(all.map(async (one) => tidy((await one.getAttribute('aria-label')) ?? '')));
}
