import * as l10n from '@vscode/l10n';
import type { Database, ServerAccount } from '../domain/contents.ts';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import type { Management, ServiceOf } from '../domain/ports.ts';
import { plainText } from '../domain/plainText.ts';
import type { Finding, Question, Row } from '../wizard/question.ts';
import { answering } from '../wizard/rows.ts';
import { fromService } from './asking.ts';

/** What the questions about the inside of an instance ask the service. */
export interface InsideDeps {
  readonly management: ServiceOf<Pick<Management, 'accounts' | 'databases'>>;
  readonly explain: Explain;
}

/** One of the accounts of the instance. */
export function accountQuestion<A>(
  { management, explain }: InsideDeps,
  instance: Instance,
  options: {
    readonly key: string;
    readonly title: string;
    readonly placeholder: string;
    shows?(answers: Partial<A>): boolean;
    answered(answers: Partial<A>): string | undefined;
    values(account: string): Partial<A>;
  },
): Question<A> {
  const { key, title, placeholder, shows, answered, values } = options;
  return {
    key,
    title,
    ...(shows === undefined ? {} : { shows }),
    holds: (answers) => answered(answers) !== undefined,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder,
      source: fromService(explain, l10n.t('There is no account.'), async (signal) => {
        const accounts = await management(instance).accounts(instance.region, instance.id, signal);
        return accounts.map((account): Row<A> => {
          const { name, remark } = account;
          return {
            label: plainText(name),
            description: typeWords(account),
            ...(remark === undefined || remark === '' ? {} : { detail: plainText(remark) }),
            active: name === answered(answers),
            choose: answering(values(name)),
          };
        });
      }),
    }),
  };
}

/** One of the databases of the instance. */
export function databaseQuestion<A>(
  { management, explain }: InsideDeps,
  instance: Instance,
  options: {
    readonly placeholder: string;
    holds(answers: Partial<A>): boolean;
    values(database: Database): Partial<A>;
  },
): Question<A> {
  return {
    key: 'database',
    title: l10n.t('Database'),
    holds: (answers) => options.holds(answers),
    prompt: () => ({
      kind: 'pick',
      placeholder: options.placeholder,
      source: fromService(explain, l10n.t('There is no database.'), async (signal) => {
        const databases = await management(instance).databases(instance.region, instance.id, signal);
        return databases.map((database): Row<A> => {
          const { name, owner } = database;
          return {
            label: plainText(name),
            ...(owner === undefined ? {} : { description: l10n.t('owned by {0}', plainText(owner)) }),
            choose: answering(options.values(database)),
          };
        });
      }),
    }),
  };
}

/** A look-up for a new name: whether it is taken already. */
export function taken(
  list: (signal: AbortSignal) => Promise<readonly { readonly name: string }[]>,
): (text: string, signal: AbortSignal) => Promise<Finding | undefined> {
  return async (text, signal) => {
    const name = text.trim();
    const exists = (await list(signal)).some((one) => one.name === name);
    return exists ? { severity: 'error', message: l10n.t('"{0}" exists already.', name) } : undefined;
  };
}

function typeWords({ type, ready }: ServerAccount): string {
  const words = accountTypeWords(type);
  return ready ? words : l10n.t('{0}, being changed', words);
}

/** A type of account in words; one that is not known is returned as it came. */
export function accountTypeWords(type: string): string {
  switch (type) {
    case 'normal':
      return l10n.t('Ordinary account');
    case 'tencentDBSuper':
      return l10n.t('Administrator');
    default:
      return plainText(type);
  }
}
