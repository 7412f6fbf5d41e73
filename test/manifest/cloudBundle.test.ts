import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type * as errors from '../../src/domain/errors.ts';
import { cloudOptions, createBuiltCloud } from '../support/cloudBundle.ts';
import { startAnsweringServer } from '../support/answeringServer.ts';
import { runNode } from '../tools/process.ts';

test('a call through the built bundle leaves the dispatcher of the process as it was', async () => {
  const server = await startAnsweringServer();
  try {
    const { code, output } = await runNode(['test/manifest/cloudCall.ts', server.origin]);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(output), { before: [], after: [], vpcs: ['vpc-1a2b3c4d'] });
  } finally {
    await server.close();
  }
});

test('the whole undici would take it: those are the slots to look at', async () => {
  const { output } = await runNode(['-p', "require('undici'); Symbol.for('undici.globalDispatcher.1') in globalThis"]);
  assert.equal(output.trim(), 'true');
});

test('an error thrown in the cloud bundle is an instance of the class that the extension bundle knows', async () => {
  const { origin, close } = await startAnsweringServer();
  await close();
  const cloud = createBuiltCloud({ ...cloudOptions(origin), sleep: () => Promise.resolve() });
  try {
    const plan = {
      offering: 'serverless',
      region: 'ap-guangzhou',
      zone: 'ap-guangzhou-2',
      name: 'a',
      version: '10.4',
      charset: 'UTF8',
      tags: [],
    };
    const thrown: unknown = await cloud
      .instances({ accountId: '100000000001', offering: plan.offering })
      .create({ plan }, AbortSignal.timeout(10_000))
      .catch((error: unknown) => error);
    const domain: unknown = createRequire(import.meta.url)('../../dist/domain.cjs');
    assert.ok(isDomain(domain) && thrown instanceof domain.errors.NetworkError, String(thrown));
    assert.equal(thrown.reason, 'refused');
    assert.equal(thrown.mayHaveArrived, false);
  } finally {
    await cloud.close();
  }
});

function isDomain(value: unknown): value is { readonly errors: typeof errors } {
  return typeof value === 'object' && value !== null && 'errors' in value;
}
