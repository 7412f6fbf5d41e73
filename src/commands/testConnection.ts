import * as l10n from '@vscode/l10n';
import type { createConnectionTest } from '../database/connectionTest.ts';
import type { TestChoice } from '../database/testSheet.ts';
import type { Passwords } from '../credentials/passwords.ts';
import type { Login, Missing } from '../domain/connectTarget.ts';
import { loginOf } from '../domain/connectTarget.ts';
import type { Instance, InstanceAccess } from '../domain/instance.ts';
import { isOpen } from '../domain/instance.ts';
import type { Now, Sleep } from '../domain/ports.ts';
import type { Clipboard, Messages, OpenStepList, StepList } from '../domain/windowPorts.ts';
import type { PasswordWays } from './missingPassword.ts';
import { keptPasswords, offerPassword } from './missingPassword.ts';

interface Found {
  readonly login: Login;
  /** As the service knows it now. */
  readonly instance: Instance;
}

/** Tests step by step whether one can connect, shows each step as it passes, and offers what would help. */
export function testConnection(
  deps: PasswordWays & {
    /** The instance with accounts and passwords as the service knows them now; `undefined` when it lists it no more. */
    readonly access: (instance: Instance, signal: AbortSignal) => Promise<InstanceAccess | undefined>;
    readonly passwords: Pick<Passwords, 'get'>;
    readonly load: () => Promise<{ readonly createConnectionTest: typeof createConnectionTest }>;
    readonly openStepList: OpenStepList;
    readonly openPublicAccess: (instance: Instance) => Promise<void>;
    readonly clipboard: Clipboard;
    readonly messages: Messages;
    readonly signal: AbortSignal;
    readonly sleep: Sleep;
    readonly now: Now;
    /** Milliseconds of a clock that only goes forward. */
    readonly clock: () => number;
  },
): (instance: Instance) => Promise<void> {
  const { access, passwords, openPublicAccess, setPassword, clipboard, messages, sleep, now, clock } = deps;

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
      if (found === 'again') return true;
      const { outcome, login } = found;
      list.show(outcome.rows, {
        placeholder: outcome.works ? l10n.t('The connection works.') : l10n.t('The connection does not work.'),
        focus: outcome.focus,
        busy: false,
      });
      const choice = await chosen;
      // Whatever comes next has boxes and messages of its own.
      list.close();
      return await act(choice, instance, outcome.report, login);
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
    const [{ createConnectionTest: create }, known] = await Promise.all([deps.load(), access(instance, signal)]);
    const found = await lookIn(known);
    signal.throwIfAborted();
    if (found === undefined || 'what' in found) {
      list.close();
      return (await sayMissing(instance, found)) ? 'again' : undefined;
    }
    const { login, instance: current } = found;
    const { user, password, passwordIsKept, database } = login;
    const test = create({ sleep, now, clock });
    const outcome = await test(
      {
        access: { instance: current, accounts: [{ user, password }], databases: [database] },
        ...(passwordIsKept ? { ownPassword: password } : {}),
      },
      (rows, focus) => {
        list.show(rows, { ...busy, focus });
      },
      signal,
    );
    return { outcome, login };
  }

  async function lookIn(known: InstanceAccess | undefined): Promise<Found | Missing | undefined> {
    if (known === undefined) return undefined;
    if (!known.instance.addresses.some(isOpen)) return { what: 'address' };
    const found = loginOf(known, await keptPasswords(known, passwords));
    return 'login' in found ? { ...found, instance: known.instance } : found;
  }

  /**
   * Where there is nothing to test yet: one message, with the way out where there is one. True when it can be tested
   * now.
   * @param missing absent: the service no longer lists the instance
   */
  async function sayMissing(instance: Instance, missing: Missing | undefined): Promise<boolean> {
    if (missing?.what === 'password') return offerPassword(deps, instance, missing.user);
    const actions =
      missing?.what === 'address'
        ? [{ label: l10n.t('Open Public Access'), value: () => openPublicAccess(instance) }]
        : [];
    await (
      await messages.warning(missingText(instance, missing?.what), actions)
    )?.();
    return false;
  }

  async function act(
    choice: TestChoice | undefined,
    instance: Instance,
    report: string,
    before: Login,
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
        await setPassword(instance, before.user);
        const after = await passwords.get(instance.id, before.user);
        return after === undefined ? before.passwordIsKept : !before.passwordIsKept || !before.password.equals(after);
      }
    }
  }

  return async (instance) => {
    let again = true;
    while (again) again = await once(instance);
  };
}

/** What keeps us from trying at all. */
function missingText({ name }: Instance, what: 'address' | 'account' | 'database' | undefined): string {
  switch (what) {
    case undefined:
      return l10n.t('The service no longer lists "{0}". Refresh the tree.', name);
    case 'address':
      return l10n.t('"{0}" has no open address yet, so there is nothing to connect to.', name);
    case 'account':
      return l10n.t('The service named no database account for "{0}" yet. Try again when the instance runs.', name);
    case 'database':
      return l10n.t('The service named no database for "{0}" yet. Try again when the instance runs.', name);
  }
}
