import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandIds } from '../../src/commands/ids.ts';
import { contextValues } from '../../src/tree/contextValues.ts';
import { clauses, inWords, manifest, sources, words } from './manifest.ts';

const { commands, menus, views, viewsContainers, viewsWelcome } = manifest.contributes;
const contributed = commands.map(({ command }) => command);

test('the contributed commands are the commands of the source, each once', () => {
  assert.deepEqual(contributed.toSorted(), Object.values(commandIds).toSorted());
  assert.equal(new Set(contributed).size, contributed.length);
});

test('every command stands under the same category in the palette', () => {
  assert.deepEqual([...new Set(commands.map(({ category }) => category))], ['TencentDB PostgreSQL']);
});

test('command titles are in title case, without a full stop', () => {
  const small = /^(a|an|the|to|of|for|with|without|and|or|in|on|at|by|from|as|psql|\.env)$/;
  for (const { title } of commands) {
    const wrong = inWords(title)
      .replace(/\.\.\.$/, '')
      .split(' ')
      .filter((word, index) => !/^[A-Z]/.test(word) && (index === 0 || !small.test(word)));
    assert.deepEqual(wrong, [], inWords(title));
    assert.match(inWords(title), /([^.]|\.\.\.)$/);
  }
});

for (const [menu, items] of Object.entries(menus)) {
  test(`every item of the menu ${menu} is a contributed command`, () => {
    const strangers = items.map(({ command }) => command).filter((command) => !contributed.includes(command));
    assert.deepEqual(strangers, []);
  });
}

test('a command that needs a row is not in the palette', () => {
  const hidden = new Set(menus['commandPalette']?.filter(({ when }) => when === 'false').map(({ command }) => command));
  const elsewhere = new Set(
    Object.entries(menus)
      .filter(([menu]) => !['commandPalette', 'view/item/context'].includes(menu))
      .flatMap(([, items]) => items.map(({ command }) => command)),
  );
  const onRows = (menus['view/item/context'] ?? []).map(({ command }) => command);
  // Opening the console makes sense without a row as well: it then opens the list.
  const needRows = onRows.filter((command) => !elsewhere.has(command) && command !== commandIds.openConsole);
  assert.deepEqual(
    [...new Set(needRows)].filter((command) => !hidden.has(command)),
    [],
  );
});

test('every row that a menu speaks of can be there', () => {
  const patterns = clauses.flatMap((clause) =>
    [...clause.matchAll(/viewItem =~ \/(.*?)(?<!\\)\/([a-z]*)/g)].map(
      ([, body = '', flags]) => new RegExp(body, flags),
    ),
  );
  const exact = clauses.flatMap((clause) =>
    [...clause.matchAll(/viewItem == '?([\w.]+)'?/g)].map(([, value]) => value),
  );
  assert.ok(patterns.length + exact.length > 0);
  for (const pattern of patterns)
    assert.ok(
      contextValues.some((value) => pattern.test(value)),
      String(pattern),
    );
  for (const value of exact) assert.ok(value !== undefined && contextValues.includes(value), value);
});

test('every row menu names the view it is for', () => {
  for (const menu of ['view/title', 'view/item/context']) {
    for (const { when = '' } of menus[menu] ?? []) {
      assert.match(when, /view == tencentdbPostgres\.(instances|activity)|view =~ \/\^tencentdbPostgres/);
    }
  }
});

test('every link of the empty states leads to a contributed command', () => {
  const links = [...words.values()].flatMap((value) =>
    [...value.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id),
  );
  assert.ok(links.length > 0);
  for (const link of links) assert.ok(link !== undefined && contributed.includes(link), link);
});

test('every view has its container, and every welcome text its view', () => {
  const containers = viewsContainers.activitybar.map(({ id }) => id);
  assert.deepEqual(Object.keys(views), containers);
  const ids = Object.values(views).flatMap((each) => each.map(({ id }) => id));
  for (const { view } of viewsWelcome) assert.ok(ids.includes(view), view);
});

test('the source knows every view and every context key of the manifest', () => {
  const keys = clauses
    .flatMap((clause) => clause.replaceAll(/view == \S+/g, '').match(/(?<=tencentdbPostgres\.)\w+/g) ?? [])
    .map((key) => `setContext('${key}'`);
  const ids = Object.values(views).flatMap((each) => each.map(({ id }) => id));
  const source = [...sources().values()].join('\n');
  for (const needle of new Set([...keys, ...ids])) assert.ok(source.includes(needle), needle);
});
