import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Client as OlderClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/postgres/v20170312/postgres_client.js';
import { Client as NewestClient } from 'tencentcloud-sdk-nodejs-latest/tencentcloud/services/postgres/v20170312/postgres_client.js';
import ts from 'typescript';
import { sources } from './manifest.ts';

const actions = new Set([OlderClient, NewestClient].flatMap((client) => Object.getOwnPropertyNames(client.prototype)));
actions.delete('constructor');

/** Every text of a source that is the name of an action of the service. */
function actionsIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && actions.has(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

test('every action of the service that the extension calls is run against the simulator by an official client', () => {
  const called = new Set(
    [...sources()].filter(([path]) => path.startsWith('api/')).flatMap(([, text]) => actionsIn(text)),
  );
  assert.ok(called.size > 25, `${String(called.size)} actions were found`);
  const tests = globSync('test/simulator/*.test.ts').map((path) => readFileSync(path, 'utf8'));
  const clients = globSync('test/simulator/*lients.ts').map((path) => readFileSync(path, 'utf8'));
  const missing = [...called].filter((name) => ![...tests, ...clients].some((text) => text.includes(`.${name}(`)));
  assert.deepEqual(missing, []);
});
