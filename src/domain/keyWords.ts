import * as l10n from '@vscode/l10n';
import { plainText, withoutLinks } from './plainText.ts';
import type { KeySource, KeysProblem, Profile } from './profile.ts';

/** Where keys come from, to stand behind the keys or the name of a profile: `from tccli profile "dev"`. */
export function sourceWords(source: KeySource): string {
  switch (source.kind) {
    case 'stored':
      return l10n.t('kept in this editor');
    case 'environment':
      return l10n.t('from environment variables');
    case 'sdkFile':
      return l10n.t('from the SDK credentials file');
    case 'tccli':
      return l10n.t('from tccli profile "{0}"', shown(source.profile));
    case 'cvmRole':
      return l10n.t('from the CVM role');
  }
}

/**
 * Where the keys of a profile come from and until when they hold: `from tccli profile "dev", expires 14:20`.
 * Empty for keys that are kept in the editor and sign themselves.
 * @param now milliseconds since the epoch
 */
export function profileWords({ source, role }: Profile, expiresAt: number | undefined, now: number): string {
  const parts = [
    source.kind === 'stored' ? '' : sourceWords(source),
    role === undefined ? '' : l10n.t('role {0}', shown(role.roleArn.replace(/^.*[/]/, ''))),
    expiresAt === undefined ? '' : l10n.t('expires {0}', clockWords(expiresAt, now)),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The time of day, and the day as well when it is another one. */
function clockWords(milliseconds: number, now: number): string {
  const words = dateWords(milliseconds);
  const [day = '', time = ''] = words.split(' ');
  return dateWords(now).startsWith(day) ? time : words;
}

/** What a person does to get new keys where these have ended, or where nobody has logged in yet. */
export function renewalWords(source: KeySource): string {
  switch (source.kind) {
    case 'stored':
      return l10n.t('Sign in again with new keys.');
    case 'environment':
      return l10n.t('Set new values and start the editor again: it reads the environment when it starts.');
    case 'sdkFile':
      return l10n.t('Write new keys into the file. They are used at once.');
    case 'tccli':
      return l10n.t(
        'Log in with "tccli auth login{0}", or with "tccli sso login{0}" for SSO. While a login lasts, any tccli command with this profile renews its keys. They are used at once.',
        profileOption(source.profile),
      );
    case 'cvmRole':
      return l10n.t('The server gets new keys by itself. Try again in a minute.');
  }
}

/** Why a source has no keys to give, as one sentence. */
export function problemWords(problem: KeysProblem): string {
  switch (problem.kind) {
    case 'missing':
      return l10n.t('There are no keys.');
    case 'incomplete':
      return l10n.t('{0} is missing.', shown(problem.what));
    case 'unreadable':
      return l10n.t('{0} cannot be read, or is not as it should be.', shown(problem.what));
    case 'expired':
      return l10n.t('The keys expired at {0}.', dateWords(problem.at));
    case 'notLoggedIn':
      return l10n.t('Nobody is logged in.');
    case 'otherAccount':
      return l10n.t('The keys belong to another account, {0}.', shown(problem.accountId));
  }
}

/** Names come from files of the person, and files may have any name. */
function shown(text: string): string {
  return withoutLinks(plainText(text));
}

/** The option that names the profile on a command line; a name that a shell would take apart goes between quotes. */
function profileOption(profile: string): string {
  if (profile === 'default') return '';
  return /^[\w.-]+$/.test(profile) ? ` --profile ${profile}` : ` --profile '${shown(profile).replaceAll("'", '')}'`;
}

/** Local time to the minute, in the one order that reads the same in every language. */
function dateWords(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
