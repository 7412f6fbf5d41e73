import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const setting = z.object({
  type: z.unknown(),
  default: z.unknown(),
  scope: z.string().optional(),
  markdownDescription: z.string().optional(),
  enum: z.array(z.string()).optional(),
  enumDescriptions: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

const schema = z.object({
  name: z.string(),
  main: z.string(),
  icon: z.string(),
  l10n: z.string(),
  engines: z.object({ vscode: z.string() }),
  extensionKind: z.array(z.string()),
  activationEvents: z.array(z.string()),
  devDependencies: z.record(z.string(), z.string()),
  capabilities: z.object({
    untrustedWorkspaces: z.object({
      supported: z.unknown(),
      description: z.string(),
      restrictedConfigurations: z.array(z.string()),
    }),
    virtualWorkspaces: z.unknown(),
  }),
  contributes: z.object({
    commands: z.array(
      z.object({
        command: z.string(),
        title: z.string(),
        category: z.string().optional(),
        enablement: z.string().optional(),
      }),
    ),
    menus: z.record(z.string(), z.array(z.object({ command: z.string(), when: z.string().optional() }))),
    viewsContainers: z.object({ activitybar: z.array(z.object({ id: z.string(), icon: z.string() })) }),
    views: z.record(z.string(), z.array(z.object({ id: z.string(), icon: z.string() }))),
    viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.string().optional() })),
    configuration: z.object({ properties: z.record(z.string(), setting) }),
  }),
});

/** package.json, as far as the editor reads it. */
export const manifest = schema.parse(JSON.parse(text('package.json')));

/** package.json as it stands. */
export const manifestText = text('package.json');

/** package.nls.json: the words behind the `%keys%` of package.json. */
export const words: ReadonlyMap<string, string> = new Map(
  Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(text('package.nls.json')))),
);

/** A value of package.json with its `%key%` replaced by the words; the value itself where it is none. */
export function inWords(value: string): string {
  const key = /^%(.+)%$/.exec(value)?.[1];
  return key === undefined ? value : (words.get(key) ?? '');
}

/** Every `when` and `enablement` of commands, menus and welcome views. */
export const clauses: readonly string[] = [
  ...manifest.contributes.commands.map(({ enablement }) => enablement),
  ...Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ when }) => when)),
  ...manifest.contributes.viewsWelcome.map(({ when }) => when),
].filter((clause) => clause !== undefined);

/** The text of every file under src/, by its path from there. */
export function sources(): ReadonlyMap<string, string> {
  const paths = readdirSync(fileURLToPath(new URL('../../src', import.meta.url)), {
    recursive: true,
    encoding: 'utf8',
  });
  return new Map(
    paths
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, text(`src/${path}`)]),
  );
}
