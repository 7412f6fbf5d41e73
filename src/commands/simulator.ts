import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import type { Target } from '../domain/credentials.ts';
import type { Identify } from '../domain/ports.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { Messages, Progress } from '../domain/windowPorts.ts';

/** Starts the simulator and works with it from now on. */
export function startSimulator(deps: {
  readonly start: () => Promise<SimulatorAddress>;
  readonly identify: Identify;
  readonly target: () => Target;
  readonly session: Pick<Session, 'useSimulator'>;
  readonly messages: Messages;
  readonly progress: Progress;
  readonly create: () => Promise<void>;
  readonly signal: AbortSignal;
}): () => Promise<void> {
  return async () => {
    await deps.progress(l10n.t('Starting the local simulator'), async () => {
      const address = await deps.start();
      const { endpoint, secretId, secretKey } = address;
      const target = { site: deps.target().site, endpoint };
      const identity = await deps.identify({ credentials: { secretId, secretKey }, target }, deps.signal);
      await deps.session.useSimulator(address, identity);
    });
    const create = await deps.messages.info(
      l10n.t('The local simulator is in use. Its instances run on this machine and cost nothing.'),
      [{ label: l10n.t('Create Instance'), value: true }],
    );
    if (create === true) await deps.create();
  };
}

/** Goes back to the account that was signed in before, or to nobody. */
export function stopSimulator(deps: {
  readonly session: Pick<Session, 'leaveSimulator'>;
  readonly stop: () => Promise<void>;
  readonly messages: Messages;
}): () => Promise<void> {
  return async () => {
    await deps.session.leaveSimulator();
    await deps.stop();
    deps.messages.status(l10n.t('The local simulator is no longer in use.'));
  };
}
