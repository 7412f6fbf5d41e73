import * as l10n from '@vscode/l10n';
import type { Session } from '../credentials/session.ts';
import type { Target } from '../domain/credentials.ts';
import type { Identify } from '../domain/ports.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { Messages, Progress } from '../domain/windowPorts.ts';

export interface UseSimulatorDeps {
  readonly start: () => Promise<SimulatorAddress>;
  readonly identify: Identify;
  readonly target: () => Target;
  readonly session: Pick<Session, 'useSimulator'>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Starts the simulator, if it does not run, and works with it from now on. */
export function useSimulator(deps: UseSimulatorDeps): () => Promise<void> {
  return () =>
    deps.progress(l10n.t('Starting the local simulator'), async () => {
      const address = await deps.start();
      const { endpoint, secretId, secretKey } = address;
      const target = { site: deps.target().site, endpoint };
      const identity = await deps.identify({ credentials: { secretId, secretKey }, target }, deps.signal);
      await deps.session.useSimulator(address, identity);
    });
}

/** The same, and says so with the way on. */
export function startSimulator(
  deps: UseSimulatorDeps & { readonly messages: Messages; readonly create: () => Promise<void> },
): () => Promise<void> {
  return async () => {
    await useSimulator(deps)();
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
