import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { installChromium } from './chromiumInstall.ts';

export interface Browser {
  /** Opens a page; the workbench in it may read and write the clipboard. */
  open(address: string): Promise<Page>;
  /** Forgets everything that pages kept (secrets, state), but not the cache that makes the next start quick. */
  forget(origin: string): Promise<void>;
  close(): Promise<void>;
}

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium with a profile of its own, which is gone when it closes. */
export async function startBrowser(say: (line: string) => void): Promise<Browser> {
  const executablePath = await installChromium(say);
  const profile = await mkdtemp(join(tmpdir(), 'tencentdb-postgres-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: switches,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);

  return {
    async open(address) {
      const page = await context.newPage();
      await page.goto(address, { waitUntil: 'commit' });
      return page;
    },
    async forget(origin) {
      await closePages(context);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const storageTypes = 'cookies,local_storage,indexeddb,service_workers';
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** The last page stays, blank: Chromium ends with its last page. */
async function closePages(context: BrowserContext): Promise<void> {
  const blank = await context.newPage();
  await Promise.all(
    context
      .pages()
      .filter((page) => page !== blank)
      .map((page) => page.close()),
  );
}
