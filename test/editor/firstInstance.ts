import pg from 'pg';
import * as z from 'zod';
import { withEvidence } from '../support/editor/evidence.ts';
import type { Product } from '../support/editor/product.ts';

/** What a headless start prints: proof that the way from the palette to a PostgreSQL that answers is open. */
export interface FirstInstance {
  readonly instanceId: string;
  /** In the words of the tree. */
  readonly status: string;
  /** Of the create request, as the tree keeps it. */
  readonly requestId: string;
  /** As the PostgreSQL itself says. */
  readonly serverVersion: string;
  readonly screenshots: readonly string[];
}

/**
 * Walks the way of a new user in an open editor: sign in to the simulator, create an instance through the palette, wait
 * for it, copy its connection string and connect with it.
 */
export function createFirstInstance(
  product: Product,
  name: string,
  say: (line: string) => void,
): Promise<FirstInstance> {
  return withEvidence(product.workbench, name, () => walk(product, name, say));
}

async function walk(
  { workbench, ...product }: Product,
  name: string,
  say: (line: string) => void,
): Promise<FirstInstance> {
  const { sidebar, input, notifications } = workbench;
  const screenshots: string[] = [];
  const shoot = async (what: string): Promise<void> => {
    screenshots.push(...(await workbench.screenshot(`${name}-${String(screenshots.length / 2 + 1)}-${what}`, 'both')));
  };

  await sidebar.open();
  await sidebar.waitForWords('Sign in with an API key');
  await shoot('welcome');

  say('signing in to the simulator');
  await product.signInToSimulator();
  await sidebar.waitForWords('There is no instance yet');

  say(`creating ${name} through the palette`);
  await product.answerUpToReview({ kind: 'Serverless', name }, async (question) => {
    say(`  ${question}`);
    if (['Kind of instance', 'Region', 'Name', 'Network', 'Review'].includes(question))
      await shoot(question.toLowerCase().replaceAll(' ', '-'));
  });
  await input.choose('Create');
  await sidebar.waitForRow(name);
  await shoot('making');

  say('waiting until it runs');
  await product.waitUntilReady(name);
  await sidebar.waitForRow(name, 'Running');
  await sidebar.expand(name);
  await shoot('ready');

  const ready = await notifications.waitFor(name);
  const connectionString = await workbench.copiedBy(async () => {
    await ready.press('Copy Connection String');
    await input.choose('With the password');
  });
  say('connecting to PostgreSQL');
  const serverVersion = await askServerVersion(connectionString);
  const instanceId = await workbench.copiedBy(() => sidebar.rowMenu(name, 'Copy Instance ID'));
  const rows = await sidebar.rows();
  const fact = (label: string): string => rows.find((row) => row.label === label)?.description ?? '';
  return { instanceId, status: fact('Status'), serverVersion, requestId: fact('Request ID'), screenshots };
}

/** Connects as any client does; the one proof that there is a real PostgreSQL. */
export async function askServerVersion(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query('show server_version');
    return z.tuple([z.object({ server_version: z.string() })]).parse(rows)[0].server_version;
  } finally {
    await client.end();
  }
}
