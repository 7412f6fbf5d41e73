import * as l10n from '@vscode/l10n';
import type { Rule } from '../domain/createPlan.ts';
import { charsetRule, regionRule, wireCharset } from '../domain/createPlan.ts';
import type { KnownValue, Offering } from '../domain/offerings/offering.ts';
import type { ServiceRegion } from '../domain/ports.ts';
import type { Answers } from './answers.ts';
import { holds } from './answers.ts';
import type { Finding, Question, Row, RowSource } from './question.ts';
import type { QuestionOptions } from './questionOptions.ts';
import { alsoTyped, answering, recentFirst } from './rows.ts';

/** Questions that every kind of instance asks, with what differs from kind to kind as their second parameter. */

export function regionQuestion(
  { recent, catalog }: Pick<QuestionOptions, 'recent' | 'catalog'>,
  { offering, asksService }: { readonly offering: Offering; readonly asksService: boolean },
): Question<Answers> {
  return {
    key: 'region',
    title: l10n.t('Region'),
    holds: holds.region,
    prompt: (answers) => {
      let listed: readonly ServiceRegion[] = [];
      const lately = recent('region');
      const rows = (): readonly Row<Answers>[] =>
        recentFirst(knownRegions(offering, listed), lately, ({ value }) => value).map((region) => ({
          label: region.value,
          description: region.note ?? '',
          heading: lately.includes(region.value) ? l10n.t('Recently used') : region.heading,
          active: region.value === answers.region,
          choose: answering<Answers>({ region: region.value }),
        }));
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a region, or type another one'),
        source: {
          rows: alsoTyped(rows, { rule: regionRule, values: (region) => ({ region }) }),
          ...(asksService
            ? {
                async later(changed, signal) {
                  try {
                    listed = await catalog.regions(signal);
                  } catch {
                    // The documents name the regions as well, and any other can be typed.
                    return;
                  }
                  changed();
                },
              }
            : {}),
        },
      };
    },
  };
}

/** Documented regions first; the service's own list adds new ones and says which are shut. */
function knownRegions(
  offering: Offering,
  listed: readonly ServiceRegion[],
): readonly (KnownValue & { readonly heading: string })[] {
  const documented = offering.regions().map(({ region, label }) => ({
    value: region,
    note: label,
    heading: l10n.t('Documented for this kind of instance'),
  }));
  const heading = documented.length === 0 ? l10n.t('Regions') : l10n.t('Other regions of the service');
  const others = offering.otherRegions().map((other) => {
    const shut = listed.some(({ region, available }) => region === other.value && !available);
    const note = other.note ?? '';
    return { value: other.value, note: shut ? l10n.t('{0} (not available now)', note) : note, heading };
  });
  const known = new Set([...documented, ...others].map(({ value }) => value));
  const added = listed
    .filter(({ region }) => !known.has(region))
    .map(({ region, name, available }) => ({
      value: region,
      note: available ? name : l10n.t('{0} (not available now)', name),
      heading,
    }));
  return [...documented, ...others, ...added];
}

export function nameQuestion(
  { proposeName, regionOfName }: Pick<QuestionOptions, 'proposeName' | 'regionOfName'>,
  { offering, rule, ask }: { readonly offering: Offering; readonly rule: Rule; readonly ask: string },
): Question<Answers> {
  return {
    key: 'name',
    title: l10n.t('Name'),
    holds: ({ name }) => name !== undefined && rule(name) === undefined,
    prompt: (answers) => ({
      kind: 'text',
      prompt: ask,
      placeholder: 'my-database',
      value: answers.name ?? proposeName(),
      rule,
      ...problemOf(answers.name, rule),
      lookUpText: l10n.t('Checking whether the name is free…'),
      lookUp: async (name, signal): Promise<Finding | undefined> => {
        const region = await regionOfName(offering.id, name.trim(), answers.region ?? '', signal);
        if (region === undefined) return undefined;
        return offering.can('uniqueName')
          ? { severity: 'error', message: l10n.t('An instance of this name exists in {0}.', region) }
          : { severity: 'warning', message: nameUsedWords(region) };
      },
      answer: (name) => ({ kind: 'answer', values: { name: name.trim() } }),
    }),
  };
}

/** For a name that may be used again, and is better not. */
export function nameUsedWords(region: string): string {
  return l10n.t(
    'An instance of this name exists in {0} already. Names may be alike; another one is easier to find.',
    region,
  );
}

/** What is wrong with an answer that was given before, for the box that shows it again. */
export function problemOf(value: string | undefined, rule: Rule): { problem?: string } {
  const problem = value === undefined ? undefined : rule(value);
  return problem === undefined ? {} : { problem };
}

export function charsetQuestion(offering: Offering): Question<Answers> {
  const values = (charset: string): Partial<Answers> => ({ charset: wireCharset(charset) });
  return {
    key: 'charset',
    title: l10n.t('Charset'),
    holds: holds.charset,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose the character set, or type another one'),
      source: {
        rows: alsoTyped(valueRows(offering.charsets(), answers.charset, values), { rule: charsetRule, values }),
      },
    }),
  };
}

export function valueRows(
  known: readonly KnownValue[],
  answered: string | undefined,
  values: (value: string) => Partial<Answers>,
): RowSource<Answers> {
  const rows = known.map<Row<Answers>>(({ value, note }) => ({
    label: value,
    description: note ?? '',
    active: value === answered,
    choose: answering(values(value)),
  }));
  return () => rows;
}
