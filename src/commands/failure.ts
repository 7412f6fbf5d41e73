import * as l10n from '@vscode/l10n';
import type { Explanation, NextStep } from '../domain/explanation.ts';
import type { Clipboard, MessageAction, Messages, OpenLink } from '../domain/windowPorts.ts';
import { plainText } from '../domain/plainText.ts';
import type { ConsoleLinks } from '../domain/links.ts';

/** What was being done, in the words of a message: `Cannot create "demo"`. */
export function failureText(what: string, explanation: Explanation): string {
  const { meaning, cause, next, serviceWords, requestId } = explanation;
  const advice = next.map(adviceOf).find((sentence) => sentence !== undefined);
  return [
    `${what}: ${meaning}`,
    cause,
    advice,
    serviceWords === undefined ? undefined : l10n.t('The service said: {0}', plainText(serviceWords)),
    requestId === undefined || requestId === '' ? undefined : l10n.t('Request ID: {0}', plainText(requestId)),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** A next step that is a sentence; the others are buttons. */
export function adviceOf(step: NextStep): string | undefined {
  switch (step) {
    case 'checkClock':
      return l10n.t('Set the clock of this machine.');
    case 'checkPermissions':
      return l10n.t('Ask the owner of the account for the permission.');
    case 'rename':
      return l10n.t('Choose another name.');
    case 'pickAnotherZone':
      return l10n.t('Choose another availability zone.');
    case 'pickAnotherRegion':
      return l10n.t('Choose another region.');
    case 'changeParameter':
      return l10n.t('Change the value and try again.');
    case 'wait':
      return l10n.t('Wait a little and try again.');
    case 'checkNetwork':
      return l10n.t('Check the network and the proxy settings.');
    case 'reportRequestId':
      return l10n.t('If it happens again, give the request ID to support.');
    case 'signIn':
    case 'openKeysPage':
    case 'verifyAccount':
    case 'retry':
    case 'openSettings':
      return undefined;
  }
}

/** With so many buttons of its own a message cuts the words of all of them when there is one more. */
const fullRow = 3;

/** Does what a button of a failure stands for. */
export interface FailureDesk {
  /**
   * Shows a failure once, with its next steps as buttons, and does what is chosen. The last button copies the request
   * id, unless the caller fills the row.
   * @param extra buttons of the caller; resolves to the value of the one that was pressed
   */
  show<T>(what: string, explanation: Explanation, extra?: readonly MessageAction<T>[]): Promise<T | undefined>;
}

export function createFailureDesk(deps: {
  readonly messages: Messages;
  readonly clipboard: Clipboard;
  readonly openLink: OpenLink;
  readonly links: () => ConsoleLinks;
  readonly signIn: () => Promise<void>;
  /** At one setting, or at all of ours. */
  readonly openSettings: (setting: string | undefined) => Promise<void>;
}): FailureDesk {
  const { messages, clipboard, openLink, links, signIn, openSettings } = deps;

  function buttonOf(
    step: NextStep,
    setting: string | undefined,
  ): MessageAction<{ act: () => Promise<void> }> | undefined {
    switch (step) {
      case 'signIn':
        return { label: l10n.t('Sign In'), value: { act: signIn } };
      case 'openKeysPage':
        return { label: l10n.t('Open API Keys'), value: { act: () => openLink(links().keys) } };
      case 'checkPermissions':
        return { label: l10n.t('Open Permissions'), value: { act: () => openLink(links().permissions) } };
      case 'verifyAccount':
        return { label: l10n.t('Verify Account'), value: { act: () => openLink(links().verification) } };
      case 'openSettings':
        return { label: l10n.t('Open Settings'), value: { act: () => openSettings(setting) } };
      case 'checkClock':
      case 'rename':
      case 'pickAnotherZone':
      case 'pickAnotherRegion':
      case 'changeParameter':
      case 'wait':
      case 'retry':
      case 'checkNetwork':
      case 'reportRequestId':
        return undefined;
    }
  }

  async function copy(text: string): Promise<void> {
    await clipboard.write(text);
  }

  return {
    async show<T>(what: string, explanation: Explanation, extra: readonly MessageAction<T>[] = []) {
      const { requestId } = explanation;
      const steps = explanation.next
        .map((step) => buttonOf(step, explanation.setting))
        .filter((button) => button !== undefined);
      const copying =
        requestId === undefined || requestId === '' || extra.length >= fullRow
          ? []
          : [{ label: l10n.t('Copy Request ID'), value: { act: () => copy(requestId) } }];
      const actions: MessageAction<{ extra: T } | { act: () => Promise<void> }>[] = [
        ...extra.map(({ label, value }) => ({ label, value: { extra: value } })),
        ...steps.slice(0, 2),
        ...copying,
      ];
      const chosen = await messages.error(failureText(what, explanation), actions);
      if (chosen === undefined) return undefined;
      if ('extra' in chosen) return chosen.extra;
      await chosen.act();
      return undefined;
    },
  };
}
