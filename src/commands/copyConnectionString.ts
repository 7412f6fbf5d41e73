import * as l10n from '@vscode/l10n';
import type { ConnectionFormat } from '../domain/connectionFormats.ts';
import { formatOf } from '../domain/connectionFormats.ts';
import type { ConnectTarget } from '../domain/connectTarget.ts';
import { preferred } from '../domain/connectTarget.ts';
import type { CopyChoice } from '../domain/copyChoice.ts';
import { readCopyChoice } from '../domain/copyChoice.ts';
import type { Instance } from '../domain/instance.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import type { Clipboard, Messages } from '../domain/windowPorts.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { copyQuestions } from './copyQuestions.ts';
import type { FindTargets } from './targetFinder.ts';
import { copiedWords, toClipboard } from './toClipboard.ts';

export interface CopyConnectionStringDeps {
  readonly targets: FindTargets;
  readonly memory: Memory;
  ask(
    heading: string,
    question: Question<CopyChoice>,
    answers: Partial<CopyChoice>,
    position: Position,
  ): Promise<Reply<CopyChoice>>;
  readonly clipboard: Clipboard;
  readonly messages: Messages;
  readonly log: Log;
}

const remembered = 'copyChoice';

/**
 * Puts where and how to connect on the clipboard.
 * `asBefore` repeats the last choice and asks only whether the password goes along, if that was never asked;
 * `ask` shows the forms. The password is the service's, or the kept one, at this moment.
 */
export function copyConnectionString(
  deps: CopyConnectionStringDeps,
): (instance: Instance, how: 'asBefore' | 'ask') => Promise<void> {
  return async (instance, how) => {
    const targets = await deps.targets(instance);
    if (targets === undefined) return;
    const before = readCopyChoice(deps.memory.read(remembered));
    const questions = copyQuestions(targets, how === 'ask' || before.withPassword !== undefined ? 'all' : 'password');
    const choice =
      how === 'asBefore' && before.withPassword !== undefined
        ? before
        : await runWizard(questions, before, 'first', (question, answers, position) =>
            deps.ask(l10n.t('Copy connection string'), question, answers, position),
          );
    if (choice?.withPassword === undefined) return;
    await deps.memory.write(remembered, choice);

    const target = preferred(targets, choice.address);
    const format = formatOf(choice.format ?? 'uri');
    const cleared = await toClipboard(deps, format.write(target, choice.withPassword));
    if (cleared !== undefined) deps.messages.status(copiedWords(saidOf(format, target, choice.withPassword), cleared));
  };
}

function saidOf({ label, holdsPassword }: ConnectionFormat, target: ConnectTarget, withPassword: boolean): string {
  const { host, port, address, passwordIsKept } = target;
  const where =
    address === 'public' ? l10n.t('public address {0}:{1}', host, port) : l10n.t('private address {0}:{1}', host, port);
  if (!holdsPassword || !withPassword)
    return l10n.t('Connection string copied without password: {0}, {1}.', label, where);
  return passwordIsKept
    ? l10n.t('Connection string copied, with the password that you set: {0}, {1}.', label, where)
    : l10n.t('Connection string copied, password included: {0}, {1}.', label, where);
}
