import assert from 'node:assert/strict';
import { command } from '../../support/editor/product.ts';
import { account, signedOutWords, type AccountStage } from './accountStage.ts';

export const wrongKey = 'ThisIsNotTheSecretOfThatKey00000';

export async function wrongThenRight({ product, simulator }: AccountStage): Promise<void> {
  const { workbench } = product;
  const { input, sidebar } = workbench;
  await sidebar.waitForWords(signedOutWords);
  await sidebar.link('Sign In');
  await input.waitFor('Sign in: SecretId (1/3)');
  await input.type(simulator.secretId);
  await input.accept();
  await input.waitFor('Sign in: SecretKey (2/3)');
  await input.type(wrongKey);
  assert.equal(await input.masked(), true, 'the SecretKey is shown as dots');
  await workbench.screenshot('sign-in-secret-key');
  await input.accept();
  await input.waitFor('Sign in: Token (3/3)');
  assert.equal(await input.masked(), true, 'the token is shown as dots');
  await input.accept();

  await input.waitForMessage('The keys were not accepted');
  assert.match(await input.title(), /^Sign in: SecretKey \(2\/3\)/u);
  assert.match(await input.message(), /The service said: AuthFailure\.SignatureFailure: .+ Request ID: /u);
  assert.equal(await input.value(), wrongKey);
  assert.equal(await input.masked(), true, 'the refused SecretKey is shown as dots');
  await workbench.screenshot('sign-in-refused');
  await input.back();
  await input.waitFor('Sign in: SecretId (1/3)');
  assert.equal(await input.value(), simulator.secretId);

  await product.typeKeys(simulator);
  await workbench.waitForStatus(`Signed in to account ${account}.`);
  await sidebar.waitForWords('There is no instance yet in this account.');
  await workbench.screenshot('signed-in');
}

export async function signedOut({ product: { workbench } }: AccountStage): Promise<void> {
  const { sidebar } = workbench;
  await workbench.run(command('Sign Out'));
  await workbench.waitForStatus('Signed out. The keys are forgotten.');
  await sidebar.waitForWords(signedOutWords);
  await sidebar.waitForWords('Try without an account');
  assert.equal(await workbench.offers(command('Refresh Instances')), false);
  await workbench.screenshot('signed-out');
}

export async function ledThroughSignIn({ product, simulator }: AccountStage): Promise<void> {
  const { workbench } = product;
  const { input } = workbench;
  await workbench.run(command('Create Instance...'));
  await product.typeKeys(simulator);
  await product.question('Region');
  await input.row('ap-guangzhou').waitFor();
  await workbench.screenshot('sign-in-then-region');
  await input.escape();
  await input.waitUntilGone();
  const { calls } = await simulator.control.state();
  assert.deepEqual(
    calls.filter(({ action }) => action.startsWith('Create')),
    [],
  );
}
