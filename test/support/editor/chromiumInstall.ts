import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { aptInstall, onPath, runProgram } from './programs.ts';

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  join(process.env['PROGRAMFILES'] ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe'),
];

/**
 * A Chromium of this machine, installed when there is none: by apt where that needs no password, else by Playwright.
 * `TENCENTDB_POSTGRES_CHROMIUM` names one outright.
 */
export async function installChromium(say: (line: string) => void): Promise<string> {
  const named = process.env['TENCENTDB_POSTGRES_CHROMIUM'];
  if (named !== undefined && named !== '') return named;

  const present = find();
  if (present !== undefined) return present;

  const reasons: string[] = [];
  for (const install of [() => aptInstall(['chromium', 'fonts-dejavu-core'], say), () => downloadChromium(say)]) {
    try {
      await install();
    } catch (error) {
      reasons.push(String(error));
    }
    const installed = find();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `A headless run needs Chromium, and it could not be installed. Install Chromium or Google Chrome (Debian: ` +
      `apt-get install chromium), or name one in TENCENTDB_POSTGRES_CHROMIUM.\n${reasons.join('\n')}`,
  );
}

function find(): string | undefined {
  const downloaded = chromium.executablePath();
  for (const command of commands) {
    const path = onPath(command);
    if (path !== undefined) return path;
  }
  return [...applications, downloaded].find((path) => existsSync(path));
}

async function downloadChromium(say: (line: string) => void): Promise<void> {
  say('downloading Chromium with Playwright');
  const tool = join(fileURLToPath(import.meta.resolve('playwright-core/package.json')), '../cli.js');
  await runProgram(process.execPath, [tool, 'install', 'chromium']);
}
