/**
 * Stands in for psql: logs in as its environment says, notes how it was called, and waits until `\q` is typed.
 * First argument: the file for the note; the others are those of psql.
 */
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';

const [note = '', ...args] = process.argv.slice(2);
const client = new pg.Client();
await client.connect();
const { rows } = await client.query<{ user: string; database: string }>(
  'select current_user as user, current_database() as database',
);
const prompt = `${rows[0]?.database ?? ''}=> `;
const variables = Object.keys(process.env).filter((name) => name.startsWith('PG'));
writeFileSync(note, JSON.stringify({ args, variables, user: rows[0]?.user }));
process.stdout.write(`psql (stand-in)\nType "\\q" to quit.\n\n${prompt}`);
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line !== '\\q') process.stdout.write(prompt);
  else process.exit(0);
});
