import * as l10n from '@vscode/l10n';
import type { Way } from '../credentials/connections.ts';
import type { NewProfile, Session } from '../credentials/session.ts';
import type { Connection, Identity, Target } from '../domain/credentials.ts';
import { isCancelled, KeysUnavailableError, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { ConsoleLinks } from '../domain/links.ts';
import type { Identify, Log } from '../domain/ports.ts';
import { freeName } from '../domain/profileName.ts';
import type { SimulatorAddress } from '../domain/simulatorAddress.ts';
import type { Messages, OpenLink, Waiting } from '../domain/windowPorts.ts';
import type { Entry, Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { KeyAnswers, SourceChoice } from '../wizard/keyQuestions.ts';
import { keyQuestions } from '../wizard/keyQuestions.ts';
import type { Question } from '../wizard/question.ts';
import { failureText } from './failure.ts';

export interface SignInDeps {
  readonly session: Pick<Session, 'add' | 'useSimulator' | 'state'>;
  /** Hears of every account whose keys were kept. */
  readonly kept: (accountId: string) => void;
  readonly identify: Identify;
  /** The connection that a way leads to now; rejects as any call, and with `KeysUnavailableError`. */
  readonly connect: (way: Way, signal: AbortSignal) => Promise<Connection>;
  /** Where keys can come from beside the editor, as things are now. */
  readonly sources: () => Promise<readonly SourceChoice[]>;
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

/** Both resolve to true when somebody is signed in. */
export interface SignIn {
  /** The short way: keys of one account. @param reason why the keys at hand were refused */
  signIn(reason?: Explanation): Promise<boolean>;
  /** A further profile, with every source, a role and a name. */
  addProfile(): Promise<boolean>;
}

/**
 * Asks for keys, checks them with the service, and only then keeps them. Refused keys come back with the reason
 * at their box, nothing typed is lost.
 */
export function createSignIn(deps: SignInDeps): SignIn {
  const { session, identify, connect, target, simulator, explain, messages, waiting, signal, log } = deps;

  function taken(): string[] {
    const state = session.state();
    return state.kind === 'cloud' ? state.profiles.map(({ name }) => name) : [];
  }

  /** Waits with Cancel in sight. */
  const check = <T>(work: (cancelled: AbortSignal) => Promise<T>): Promise<T> =>
    waiting(l10n.t('Checking the keys…'), (cancelled) => work(AbortSignal.any([signal, cancelled])));

  async function useSimulator(address: SimulatorAddress): Promise<void> {
    const { secretId, secretKey, endpoint } = address;
    const connection = { credentials: { secretId, secretKey }, target: { site: target().site, endpoint } };
    await session.useSimulator(address, await check((cancelled) => identify(connection, cancelled)));
    messages.status(l10n.t('The local simulator is in use.'));
  }

  async function keep(answers: Partial<KeyAnswers>, way: Way): Promise<void> {
    const { connection, identity } = await check(async (cancelled) => {
      const found = await connect(way, cancelled);
      return { connection: found, identity: await identify(found, cancelled) };
    });
    const profile = profileFor(answers, way, identity, connection, taken());
    const { accountId, name } = await session.add(profile, way.keys);
    log.info(`Signed in: account ${accountId}, ${profile.source.kind}`);
    deps.kept(accountId);
    messages.status(
      name === accountId
        ? l10n.t('Signed in to account {0}.', accountId)
        : l10n.t('Signed in to account {0} as "{1}".', accountId, name),
    );
  }

  async function ask(all: boolean, reason: Explanation | undefined): Promise<boolean> {
    const sources = await deps.sources();
    let answers: Partial<KeyAnswers> = {};
    let entry: Entry = 'first';
    let problem: { key: keyof KeyAnswers; words: string } | undefined =
      reason === undefined ? undefined : { key: 'secretId', words: refusal(reason) };

    for (;;) {
      const questions = keyQuestions({
        simulator: simulator?.endpoint,
        sources,
        all,
        taken: taken(),
        keysPage: deps.links().keys,
        openLink: deps.openLink,
        problem,
      });
      const heading = all ? l10n.t('Add profile') : l10n.t('Sign in');
      const done: Partial<KeyAnswers> | undefined = await runWizard(
        questions,
        answers,
        entry,
        (question, sofar, position) => deps.ask(heading, question, sofar, position),
      );
      if (done === undefined) return false;
      if (done.where === 'simulator' && simulator !== undefined) {
        await useSimulator(simulator);
        return true;
      }
      const way = wayOf(done);
      if (way === undefined) return false;
      try {
        await keep(done, way);
        return true;
      } catch (thrown) {
        const error = toError(thrown);
        answers = done;
        if (isCancelled(error)) {
          problem = undefined;
          entry = { at: all ? 'name' : way.source.kind === 'stored' ? 'token' : 'where' };
          continue;
        }
        log.warn(`Keys not accepted: ${error.message}`);
        const explanation = explain(error);
        const key = placeOf(error, explanation, way);
        problem = { key, words: refusal(explanation) };
        entry = { at: key };
      }
    }
  }

  return {
    signIn: (reason) => ask(false, reason),
    addProfile: () => ask(true, undefined),
  };
}

function refusal(explanation: Explanation): string {
  const what =
    explanation.kind === 'credentials' ? l10n.t('The keys were not accepted') : l10n.t('The keys could not be checked');
  return failureText(what, explanation);
}

/** The box that a refusal is about. */
function placeOf(error: Error, { serviceWords = '' }: Explanation, { source, role }: Way): keyof KeyAnswers {
  if ('action' in error && error.action === 'AssumeRole' && role !== undefined && !serviceWords.includes('AuthFailure'))
    return 'role';
  if (source.kind !== 'stored' || error instanceof KeysUnavailableError) return 'where';
  if (serviceWords.includes('SecretId')) return 'secretId';
  return serviceWords.includes('Token') ? 'token' : 'secretKey';
}

/** Named by this extension in the logs of the account. */
const sessionName = 'vscode-tencentdb-postgres';

function wayOf({ where = 'typed', secretId, secretKey, token, role = '' }: Partial<KeyAnswers>): Way | undefined {
  const assumed = role === '' ? {} : { role: { roleArn: role, sessionName } };
  if (typeof where === 'object') return { source: where, ...assumed };
  if (secretId === undefined || secretKey === undefined) return undefined;
  const keys = { secretId, secretKey, ...(token === undefined || token.reveal() === '' ? {} : { token }) };
  return { source: { kind: 'stored' }, keys, ...assumed };
}

function profileFor(
  { name = '' }: Partial<KeyAnswers>,
  { source, role }: Way,
  { accountId, userId }: Identity,
  { target }: Connection,
  taken: readonly string[],
): NewProfile {
  return {
    name: freeName(name === '' ? accountId : name, taken),
    source,
    accountId,
    userId,
    site: target.site,
    ...(role === undefined ? {} : { role }),
  };
}
