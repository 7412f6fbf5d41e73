import * as l10n from '@vscode/l10n';
import { secretIdRule, secretKeyRule, tokenRule } from '../domain/keyRules.ts';
import type { Session } from '../credentials/session.ts';
import type { Credentials, Identity, Target } from '../domain/credentials.ts';
import { isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { ConsoleLinks } from '../domain/links.ts';
import type { Identify, Log } from '../domain/ports.ts';
import { Secret } from '../domain/secret.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { Messages, OpenLink, Waiting } from '../domain/windowPorts.ts';
import type { Entry, Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import { failureText } from './failure.ts';

interface KeyAnswers {
  readonly where: 'simulator' | 'account';
  readonly secretId: string;
  readonly secretKey: Secret;
  readonly token: Secret;
}

export interface SignInDeps {
  readonly session: Pick<Session, 'signIn' | 'useSimulator'>;
  readonly identify: Identify;
  /** Where keys of an account are checked. */
  readonly target: () => Target;
  /** A simulator that runs beside the editor. */
  readonly simulator: SimulatorAddress | undefined;
  ask(
    heading: string,
    question: Question<KeyAnswers>,
    answers: Partial<KeyAnswers>,
    position: Position,
  ): Promise<Reply<KeyAnswers>>;
  readonly explain: Explain;
  readonly messages: Messages;
  readonly waiting: Waiting;
  readonly openLink: OpenLink;
  readonly links: () => ConsoleLinks;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * Asks for keys, checks them with the service, and only then keeps them. Refused keys come back with the reason
 * at their box, nothing typed is lost. Resolves to true when somebody is signed in.
 */
export function createSignIn(deps: SignInDeps): (reason?: Explanation) => Promise<boolean> {
  const { session, identify, target, simulator, explain, messages, waiting, signal, log } = deps;

  async function check(credentials: Credentials, to: Target): Promise<Identity> {
    return waiting(l10n.t('Checking the keys…'), (cancelled) =>
      identify({ credentials, target: to }, AbortSignal.any([signal, cancelled])),
    );
  }

  return async (reason) => {
    let answers: Partial<KeyAnswers> = {};
    let entry: Entry = 'first';
    let problem = reason === undefined ? undefined : { key: 'secretId', words: refusal(reason) };

    for (;;) {
      const done: Partial<KeyAnswers> | undefined = await runWizard(
        keyQuestions(deps, problem),
        answers,
        entry,
        (question, sofar, position) => deps.ask(l10n.t('Sign in'), question, sofar, position),
      );
      if (done === undefined) return false;

      if (done.where === 'simulator' && simulator !== undefined) {
        const { secretId, secretKey, endpoint } = simulator;
        const identity = await check({ secretId, secretKey }, { site: target().site, endpoint });
        await session.useSimulator(simulator, identity);
        messages.status(l10n.t('The local simulator is in use.'));
        return true;
      }

      const credentials = credentialsOf(done);
      if (credentials === undefined) return false;
      try {
        const identity = await check(credentials, target());
        await session.signIn(credentials, identity);
        log.info(`Signed in: account ${identity.accountId}`);
        messages.status(l10n.t('Signed in to account {0}.', identity.accountId));
        return true;
      } catch (thrown) {
        const error = toError(thrown);
        answers = done;
        if (isCancelled(error)) {
          problem = undefined;
          entry = { at: 'token' };
          continue;
        }
        log.warn(`Keys not accepted: ${error.message}`);
        const explanation = explain(error);
        const key = placeOf(explanation);
        problem = { key, words: refusal(explanation) };
        entry = { at: key };
      }
    }
  };
}

function refusal(explanation: Explanation): string {
  const what =
    explanation.kind === 'credentials' ? l10n.t('The keys were not accepted') : l10n.t('The keys could not be checked');
  return failureText(what, explanation);
}

/** The box that a refusal is about. */
function placeOf({ serviceWords = '' }: Explanation): keyof KeyAnswers {
  if (serviceWords.includes('SecretId')) return 'secretId';
  return serviceWords.includes('Token') ? 'token' : 'secretKey';
}

function credentialsOf({ secretId, secretKey, token }: Partial<KeyAnswers>): Credentials | undefined {
  if (secretId === undefined || secretKey === undefined) return undefined;
  return {
    secretId,
    secretKey,
    ...(token === undefined || token.reveal() === '' ? {} : { token }),
  };
}

function keyQuestions(
  deps: Pick<SignInDeps, 'simulator' | 'openLink' | 'links'>,
  problem: { key: string; words: string } | undefined,
): readonly Question<KeyAnswers>[] {
  const { simulator, openLink, links } = deps;
  const problemAt = (key: string): { problem?: string } => (problem?.key === key ? { problem: problem.words } : {});

  return [
    {
      key: 'where',
      title: l10n.t('Where'),
      shows: () => simulator !== undefined,
      holds: () => true,
      prompt: () => ({
        kind: 'pick',
        placeholder: l10n.t('Choose what to sign in to'),
        source: {
          rows: () => [
            {
              label: `$(beaker) ${l10n.t('Use the local simulator')}`,
              description: simulator?.endpoint ?? '',
              detail: l10n.t('Test keys, nothing is billed'),
              choose: { kind: 'reply', reply: { kind: 'finish', values: { where: 'simulator' } } },
            },
            {
              label: `$(key) ${l10n.t('Enter the API keys of an account')}`,
              choose: { kind: 'reply', reply: { kind: 'answer', values: { where: 'account' } } },
            },
            {
              label: `$(link-external) ${l10n.t('Open the page of your API keys')}`,
              choose: { kind: 'act', act: () => openLink(links().keys) },
            },
          ],
        },
      }),
    },
    {
      key: 'secretId',
      title: 'SecretId',
      holds: (answers) => answers.secretId !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        prompt: l10n.t('SecretId of an API key of your Tencent Cloud account ({0})', links().keys),
        placeholder: 'AKID…',
        value: answers.secretId ?? '',
        rule: secretIdRule,
        ...problemAt('secretId'),
        answer: (text) => ({ kind: 'answer', values: { secretId: text.trim() } }),
      }),
    },
    {
      key: 'secretKey',
      title: 'SecretKey',
      holds: (answers) => answers.secretKey !== undefined,
      prompt: (answers) => ({
        kind: 'text',
        secret: true,
        prompt: l10n.t('SecretKey of the same API key. It is kept in the secret storage of your editor only.'),
        placeholder: '',
        value: answers.secretKey?.reveal() ?? '',
        rule: secretKeyRule,
        ...problemAt('secretKey'),
        answer: (text) => ({ kind: 'answer', values: { secretKey: new Secret(text.trim()) } }),
      }),
    },
    {
      key: 'token',
      title: l10n.t('Token'),
      holds: () => true,
      prompt: (answers) => ({
        kind: 'text',
        secret: true,
        prompt: l10n.t('Token of temporary keys. Leave it empty for ordinary keys.'),
        placeholder: l10n.t('Empty for ordinary keys'),
        value: answers.token?.reveal() ?? '',
        rule: tokenRule,
        ...problemAt('token'),
        answer: (text) => ({ kind: 'finish', values: { token: new Secret(text.trim()) } }),
      }),
    },
  ];
}
