import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { startArsenal, type Arsenal } from './arsenal.ts';

let arsenal: Arsenal;

before(async () => {
  arsenal = await startArsenal(Date.now());
});

after(() => arsenal.close());

/** Node's code of what is wrong with the certificate of a server. */
async function trouble(endpoint: string): Promise<unknown> {
  const { hostname, port } = new URL(endpoint);
  const socket = connect({ host: hostname, port: Number(port), ca: readFileSync(arsenal.authorityFile) });
  const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [
    unknown,
  ]; /* as Node emits it */
  socket.destroy();
  return error instanceof Error && 'code' in error ? error.code : error;
}

test('each certificate is refused for what is wrong with it, and for nothing else', async () => {
  assert.equal(await trouble(arsenal.wrongName), 'ERR_TLS_CERT_ALTNAME_INVALID');
  assert.equal(await trouble(arsenal.expired), 'CERT_HAS_EXPIRED');
  assert.equal(await trouble(arsenal.unknownAuthority), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});
