import type { Locator } from 'playwright-core';
import type { Workbench } from '../../support/editor/workbench.ts';

/** Keys of the only account; with a token, as temporary ones have. The signs are those that real ones are made of. */
export const key = {
  secretId: 'AKIDofTheLeakTest',
  secretKey: 'Zm9rKeyOfTheLeakTest0123456789ab',
  token: 'TokenOfTheLeakTest-0123456789-abcdef',
  written: 'AKIDofTheLeakTest:Zm9rKeyOfTheLeakTest0123456789ab:TokenOfTheLeakTest-0123456789-abcdef@100000000009',
};

export const account = '100000000009';

/** Typed, and refused at first. */
export const password = 'Typed-1_secret/%20';

/** Rests the mouse on something until its tooltip says this, and takes a picture. */
export async function tooltip({ page }: Workbench, place: Locator, text: string | RegExp): Promise<Locator> {
  const shown = page.locator('.monaco-hover', { hasText: text }).first();
  for (let tries = 0; (await shown.count()) === 0; tries += 1) {
    if (tries === 10) throw new Error('The tooltip does not come.');
    // It comes once the mouse has come to rest, and not while the rows move below it.
    await page.mouse.move(700, 400);
    await place.hover();
    await page.waitForTimeout(1_500);
  }
  const name = typeof text === 'string' ? 'hostile-tooltip' : 'leaks-tooltip';
  await page.screenshot({ path: `out/screenshots/${name}-dark.png`, animations: 'disabled' });
  return shown;
}
