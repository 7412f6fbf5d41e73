import * as l10n from '@vscode/l10n';
import type { createConnectionTest } from '../database/connectionTest.ts';
import type { TestChoice } from '../database/testSheet.ts';
import type { Instance, InstanceAccess } from '../domain/instance.ts';
import { isOpen } from '../domain/instance.ts';
import type { Now, Sleep } from '../domain/ports.ts';
import type { Secret } from '../domain/secret.ts';
import type { Clipboard, Messages, OpenStepList, StepList } from '../domain/windowPorts.ts';

/** Tests step by step whether one can connect, shows each step as it passes, and offers what would help. */
export function testConnection(deps: {
  /** The instance with accounts and passwords as the service knows them now; `undefined` when it lists it no more. */
  readonly access: (instance: Instance, signal: AbortSignal) => Promise<InstanceAccess | undefined>;
  /** The password that the person has set for connections. */
  readonly keptPassword: (instanceId: string) => Promise<Secret | undefined>;
  readonly load: () => Promise<{ readonly createConnectionTest: typeof createConnectionTest }>;
  readonly openStepList: OpenStepList;
  readonly openPublicAccess: (instance: Instance) => Promise<void>;
  readonly setPassword: (instance: Instance) => Promise<void>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly signal: AbortSignal;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
}): (instance: Instance) => Promise<void> {
  const { access, keptPassword, openPublicAccess, setPassword, clipboard, messages, sleep, now, clock } = deps;

  /** Resolves to true when it is to be tested again. */
  async function once(instance: Instance): Promise<boolean> {
    const list = deps.openStepList<TestChoice>(l10n.t('Test connection: {0}', instance.name));
    const closing = new AbortController();
    const chosen = list.chosen.finally(() => {
      closing.abort();
    });
    try {
      const signal = AbortSignal.any([deps.signal, closing.signal]);
      const found = await look(instance, list, signal);
      if (found === undefined) return false;
      const { outcome, ownPassword } = found;
      list.show(outcome.rows, {
        placeholder: outcome.works ? l10n.t('The connection works.') : l10n.t('The connection does not work.'),
        focus: outcome.focus,
        busy: false,
      });
      const choice = await chosen;
      // Whatever comes next has boxes and messages of its own.
      list.close();
      return await act(choice, instance, outcome.report, ownPassword);
    } finally {
      list.close();
    }
  }

  async function look(instance: Instance, list: StepList<TestChoice>, signal: AbortSignal) {
    const busy = { placeholder: l10n.t('Testing… Press Escape to stop.'), busy: true };
    list.show(
      [
        {
          tone: 'running',
          label: l10n.t('Asking the service for address and account'),
          description: l10n.t('running…'),
        },
      ],
      { ...busy, focus: 0 },
    );
    const [{ createConnectionTest: create }, known, ownPassword] = await Promise.all([
      deps.load(),
      access(instance, signal),
      keptPassword(instance.id),
    ]);
    signal.throwIfAborted();
    const problem = known === undefined ? goneText(instance) : missingText(known);
    if (known === undefined || problem !== undefined) {
      list.close();
      await sayMissing(instance, known, problem ?? '');
      return undefined;
    }
    const test = create({ sleep, now, clock });
    const outcome = await test(
      { access: known, ...(ownPassword === undefined ? {} : { ownPassword }) },
      (rows, focus) => {
        list.show(rows, { ...busy, focus });
      },
      signal,
    );
    return { outcome, ownPassword };
  }

  /** Where there is nothing to test yet: one message, with the way out where there is one. */
  async function sayMissing(instance: Instance, known: InstanceAccess | undefined, text: string): Promise<void> {
    const helps = known !== undefined && !known.instance.addresses.some(isOpen);
    const actions = helps ? [{ label: l10n.t('Open Public Access'), value: () => openPublicAccess(instance) }] : [];
    await (
      await messages.warning(text, actions)
    )?.();
  }

  async function act(
    choice: TestChoice | undefined,
    instance: Instance,
    report: string,
    before: Secret | undefined,
  ): Promise<boolean> {
    switch (choice) {
      case undefined:
        return false;
      case 'testAgain':
        return true;
      case 'copyReport':
        await clipboard.write(report);
        messages.status(l10n.t('Report of the connection test copied. It holds no password.'));
        return false;
      case 'openPublicAccess':
        await openPublicAccess(instance);
        return false;
      case 'setPassword': {
        await setPassword(instance);
        const after = await keptPassword(instance.id);
        return after === undefined ? before !== undefined : before?.equals(after) !== true;
      }
    }
  }

  return async (instance) => {
    let again = true;
    while (again) again = await once(instance);
  };
}

function goneText({ name }: Instance): string {
  return l10n.t('The service no longer lists "{0}". Refresh the tree.', name);
}

/** What keeps us from trying at all. */
function missingText({ instance, accounts, databases }: InstanceAccess): string | undefined {
  const { name } = instance;
  if (!instance.addresses.some(isOpen)) {
    return l10n.t('"{0}" has no open address yet, so there is nothing to connect to.', name);
  }
  if (accounts.length === 0) {
    return l10n.t('The service named no database account for "{0}" yet. Try again when the instance runs.', name);
  }
  if (databases.length === 0) {
    return l10n.t('The service named no database for "{0}" yet. Try again when the instance runs.', name);
  }
  return undefined;
}
