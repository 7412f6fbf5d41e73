import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetadataFetch } from '../../../../src/credentials/sources/metadataFetch.ts';
import { CancelledError } from '../../../../src/domain/errors.ts';
import { startServer } from '../../api/support.ts';

const fetchText = createMetadataFetch({ timeout: 10_000 });
const signal = new AbortController().signal;

test('a text comes as it is, and what is not there as nothing', async () => {
  await using server = await startServer(({ path }, response) => {
    if (path === '/role') response.end('dba é\n');
    else response.writeHead(404).end('not found');
  });
  assert.equal(await fetchText(`${server.origin}/role`, signal), 'dba é\n');
  assert.equal(await fetchText(`${server.origin}/other`, signal), undefined);
  assert.deepEqual(
    server.received.map(({ method }) => method),
    ['GET', 'GET'],
  );
});

test('a redirect is not followed', async () => {
  await using server = await startServer(({ path }, response) => {
    if (path === '/role') response.writeHead(302, { location: '/elsewhere' }).end();
    else response.end('keys');
  });
  await assert.rejects(fetchText(`${server.origin}/role`, signal), /HTTP 302/);
  assert.equal(server.received.length, 1);
});

test('an answer without end is given up', { timeout: 10_000 }, async () => {
  await using server = await startServer((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  await assert.rejects(fetchText(server.origin, signal), /too large/);
});

test('a server that says nothing is waited for no longer than was said', { timeout: 10_000 }, async () => {
  await using server = await startServer((_request, response) => {
    response.writeHead(200).write('d');
  });
  await assert.rejects(createMetadataFetch({ timeout: 50 })(server.origin, signal), /No answer within 50 ms/);
});

test('where nobody listens, it fails', async () => {
  const server = await startServer((_request, response) => response.end());
  await server[Symbol.asyncDispose]();
  await assert.rejects(fetchText(server.origin, signal), { code: 'ECONNREFUSED' });
});

test('an abort ends it as cancelled, before and after it was sent', { timeout: 10_000 }, async () => {
  const ending = new AbortController();
  await using server = await startServer(() => {
    ending.abort();
  });
  await assert.rejects(fetchText(server.origin, ending.signal), CancelledError);
  await assert.rejects(fetchText(server.origin, ending.signal), CancelledError);
  assert.equal(server.received.length, 1);
});
