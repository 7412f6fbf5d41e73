import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { notifications, type Notifications } from './notifications.ts';
import { quickInput, type QuickInput } from './quickInput.ts';
import { sidebar, type Sidebar } from './sidebar.ts';

export const screenshotFolder = fileURLToPath(new URL('../../../out/screenshots', import.meta.url));

/** One window of the editor, in the words of a person who uses it. */
export interface Workbench {
  readonly page: Page;
  readonly input: QuickInput;
  readonly notifications: Notifications;
  readonly sidebar: Sidebar;
  /** Runs a command by its whole title in the palette, such as `TencentDB PostgreSQL: Sign In`. */
  run(command: string): Promise<void>;
  /** True when the palette offers the command now. */
  offers(command: string): Promise<boolean>;
  /** Does something that copies, and resolves with what is on the clipboard afterwards. */
  copiedBy(act: () => Promise<void>): Promise<string>;
  reload(): Promise<void>;
  /** Does something that reloads the window, and waits until it is back. */
  reloadedBy(act: () => Promise<void>): Promise<void>;
  /** Waits for a short message in the status bar; the extension takes it away after some seconds. */
  waitForStatus(text: string | RegExp): Promise<void>;
  /**
   * Saves `NAME-dark.png`, and `NAME-light.png` where that is asked for, by the caller or for all of a run by the
   * variable `LIGHT_SCREENSHOTS`: turning the whole window to another theme takes as long as many a step. Resolves with
   * their paths.
   */
  screenshot(name: string, themes?: 'both'): Promise<string[]>;
  /** What a person sees now, in one line, for the message of a failed expectation. */
  describe(): Promise<string>;
}

/** What a window may take to open on a busy machine. */
const openingTakes = 90_000;

/**
 * Keeps what the status bar says: a short message is there for five seconds, and on a busy machine nobody may look at
 * it in that time.
 */
const recordStatus = `(() => {
  const bar = document.querySelector('.part.statusbar');
  const texts = () =>
    [...bar.querySelectorAll('.statusbar-item')].map((item) => item.innerText.replace(/\\s+/g, ' ').trim());
  let before = [];
  window.statusTexts = [];
  const note = () => {
    const now = texts();
    window.statusTexts.push(...now.filter((text) => text !== '' && !before.includes(text)));
    before = now;
  };
  new MutationObserver(note).observe(bar, { childList: true, subtree: true, characterData: true });
  note();
})()`;

/**
 * Waits until the editor in this page is ready, with the extension's container in the activity bar.
 *
 * @param view titles that the container's first view may have
 */
export async function openWorkbench(page: Page, container: string, view: RegExp): Promise<Workbench> {
  const input = quickInput(page);
  const shown = notifications(page);
  const side = sidebar(page, container, view);

  /** Leaves the palette open with the command's row in it, or closed when there is none. */
  async function find(command: string, patience: number): Promise<boolean> {
    await page.keyboard.press('F1');
    await input.type(`>${command}`);
    try {
      await input.row(command).waitFor({ timeout: patience });
      return true;
    } catch {
      await input.escape();
      return false;
    }
  }

  async function ready(): Promise<void> {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('tab', { name: container }).waitFor({ timeout: openingTakes });
    await page.evaluate(recordStatus);
  }

  await ready();
  return {
    page,
    input,
    notifications: shown,
    sidebar: side,
    async run(command) {
      // A command whose condition the extension sets is offered only once the extension has started.
      for (let tries = 0; tries < 10; tries += 1) {
        if (await find(command, 2000)) {
          await input.choose(command);
          return;
        }
      }
      throw new Error(`The palette does not offer "${command}".`);
    },
    async offers(command) {
      const found = await find(command, 1000);
      if (found) await input.escape();
      return found;
    },
    async copiedBy(act) {
      await page.bringToFront();
      await page.evaluate("navigator.clipboard.writeText('')");
      await act();
      for (let tries = 0; tries < 100; tries += 1) {
        const text = z.string().parse(await page.evaluate('navigator.clipboard.readText()'));
        if (text !== '') return text;
        await page.waitForTimeout(100);
      }
      throw new Error('Nothing was copied.');
    },
    async reload() {
      await page.reload({ waitUntil: 'commit' });
      await ready();
    },
    async reloadedBy(act) {
      await Promise.all([page.waitForEvent('domcontentloaded'), act()]);
      await ready();
    },
    async waitForStatus(text) {
      const isIt = (shown: string): boolean => (typeof text === 'string' ? shown.includes(text) : text.test(shown));
      for (let tries = 0; tries < 300; tries += 1) {
        const texts = z.array(z.string()).parse(await page.evaluate('window.statusTexts'));
        const at = texts.findIndex(isIt);
        if (at >= 0) {
          await page.evaluate(`window.statusTexts.splice(0, ${String(at + 1)})`);
          return;
        }
        await page.waitForTimeout(100);
      }
      throw new Error(`The status bar did not say ${String(text)}.`);
    },
    async screenshot(name, themes) {
      await mkdir(screenshotFolder, { recursive: true });
      // Away from everything that would answer with a tooltip.
      await page.mouse.move(700, 790);
      const paths: string[] = [];
      const light = themes === 'both' || process.env['LIGHT_SCREENSHOTS'] !== undefined;
      for (const [colorScheme, theme] of [
        ...(light ? ([['light', 'vs']] as const) : []),
        ['dark', 'vs-dark'] as const,
      ]) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`.monaco-workbench.${theme}`).waitFor();
        const path = join(screenshotFolder, `${name}-${colorScheme}.png`);
        await page.screenshot({ path, animations: 'disabled' });
        paths.unshift(path);
      }
      return paths;
    },
    async describe() {
      const parts = {
        title: await input.title(),
        rows: await input.rows(),
        message: await input.message(),
        notifications: await shown.texts(),
        tree: (await side.rows()).map((row) => `${row.label} ${row.description}`),
        view: await side.words(),
      };
      return JSON.stringify(parts);
    },
  };
}
