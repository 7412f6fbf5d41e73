import type { GoBetween } from '../../support/goBetween.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';

/** A window whose extension takes the simulator for the service, with a go-between on the way to it. */
export interface AccountStage extends Stage {
  readonly goBetween: GoBetween;
}

/** The account of the simulator. */
export const account = '100000000001';

export const signedOutWords = 'Sign in with an API key';

export async function signIn({ product, simulator }: Stage): Promise<void> {
  await product.workbench.run(command('Sign In'));
  await product.typeKeys(simulator);
  await product.workbench.waitForStatus(`Signed in to account ${account}.`);
}

export async function signOut({ product: { workbench } }: Stage): Promise<void> {
  await workbench.run(command('Sign Out'));
  await workbench.sidebar.waitForWords(signedOutWords);
}
