import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every place that takes the value out of a secret, and what for. A new one is a decision, and is taken here. */
const revealing: Readonly<Record<string, string>> = {
  'src/api/signing.ts': 'the SecretKey signs on this machine; the token travels in a header',
  'src/api/provisioned/instances.ts': 'the password that an instance is made with travels in the request',
  'src/api/provisioned/management.ts': 'so does that of an account',
  'src/commands/signIn.ts': 'an empty token is none',
  'src/commands/setPassword.ts': 'an empty password forgets the one that was set',
  'src/commands/writeEnv.ts': 'the line in .env that the person asked for',
  'src/credentials/passwords.ts': 'into the SecretStorage of the editor',
  'src/credentials/storedSession.ts': 'into the SecretStorage of the editor',
  'src/database/session.ts': 'the login of a connection test; and to keep it out of what the server says',
  'src/domain/clearingClipboard.ts': 'the clipboard, and to see whether it still holds it',
  'src/domain/connectionFormats.ts': 'a connection string with its password, which is a secret again',
  'src/platform/terminal.ts': 'the environment of a terminal with psql',
  'src/wizard/keyQuestions.ts': 'into its box again, as dots',
  'src/wizard/passwordQuestions.ts': 'into its box again, as dots, and to compare what is repeated',
};

/** What hands text to the editor or to a disk, each by the function that keeps secrets out. */
const writing: Readonly<Record<string, string>> = {
  'src/platform/log.ts': 'redact',
  'src/platform/messages.ts': 'inMessage',
  'src/platform/settings.ts': 'inMessage',
  'src/platform/documents.ts': 'inDocument',
  'src/platform/lists.ts': 'inRow',
  'src/platform/stepList.ts': 'inRow',
  'src/platform/profileStatus.ts': 'inRow',
  'src/platform/terminal.ts': 'inTerminal',
  'src/wizard/quickInput.ts': 'inPrompt',
  'src/tree/treeView.ts': 'inTree',
  'src/instances/jsonFile.ts': 'redactKept',
  'src/extension.ts': 'redactKept',
  'src/domain/clearingClipboard.ts': 'redact',
};

/** Writes what is no text from anywhere. */
const harmless: Readonly<Record<string, string>> = { 'src/instances/claims.ts': 'numbers of a process' };

/** Files that use one of these put text before a person or keep it. */
const outlet =
  /\.show(?:Information|Warning|Error)Message|\.showQuickPick|\.showInputBox|createQuickPick|createInputBox|createOutputChannel|createTreeView|createStatusBarItem|setStatusBarMessage|createTerminal\(|withProgress|registerTextDocumentContentProvider|globalState\.update|clipboard\.writeText|handle\.writeFile/;

async function sources(): Promise<{ readonly path: string; readonly text: string }[]> {
  const found: string[] = [];
  for await (const path of glob('src/**/*.ts', { cwd: root })) found.push(path.replaceAll('\\', '/'));
  return found
    .filter((path) => !path.startsWith('src/simulator/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
}

test('a secret comes out of its type in the places that are listed, and nowhere else', async () => {
  const paths = (await sources()).filter(({ text }) => /\.reveal\(\)/.test(text)).map(({ path }) => path);
  assert.deepEqual(paths, Object.keys(revealing).sort());
});

test('everything that shows or keeps text does it through what keeps secrets out', async () => {
  const all = await sources();
  for (const { path, text } of all) {
    if (!outlet.test(text)) continue;
    assert.ok(path in writing || path in harmless, `${path} shows or keeps text and is not listed`);
  }
  for (const [path, through] of Object.entries(writing)) {
    const text = all.find((one) => one.path === path)?.text ?? assert.fail(`there is no ${path}`);
    assert.match(text, new RegExp(`\\b${through}\\(`), path);
  }
});
