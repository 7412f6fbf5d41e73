import * as l10n from '@vscode/l10n';
import type { InstanceClass, PriceQuery } from '../../domain/rental.ts';
import { storageTypes } from '../../domain/rental.ts';
import { leastStorage, specCodeRule, storageRule, storageTypeRule } from '../../domain/rentalRules.ts';
import { sizeWords } from '../../domain/size.ts';
import { toError } from '../../domain/errors.ts';
import type { Answers, Machine } from '../answers.ts';
import { problemOf } from '../commonQuestions.ts';
import { listed } from '../listed.ts';
import type { Asked, Prices } from '../prices.ts';
import { briefPrice, fullPrice } from '../prices.ts';
import type { Question, Row } from '../question.ts';
import type { QuestionOptions } from '../questionOptions.ts';
import { answering, recentFirst } from '../rows.ts';
import { rentalHolds } from './holds.ts';
import { elsewhere } from './placeQuestions.ts';

interface Options extends Pick<QuestionOptions, 'catalog' | 'recent' | 'trouble' | 'settings'> {
  readonly prices: Prices;
}

export function classQuestion({ catalog, recent, trouble, settings, prices }: Options): Question<Answers> {
  return {
    key: 'class',
    title: l10n.t('Class'),
    holds: rentalHolds.machine,
    prompt: (answers) => {
      const { zone = '', majorVersion = '' } = answers;
      const storageType = answers.storageType ?? settings.defaults.storageType ?? storageTypes[0];
      const answered = answers.machine?.specCode ?? settings.defaults.specCode;
      const asked = new Map<string, Asked>();
      let classes: readonly InstanceClass[] = [];
      const machine = (one: InstanceClass | { specCode: string }): Partial<Answers> => ({
        machine: { ...one, zone, majorVersion, storageType },
      });
      const rows = (): readonly Row<Answers>[] =>
        classes.map((one) => ({
          label: one.specCode,
          ...withPrice([sizeWords(one), rangeWords(one)], asked.get(one.specCode)),
          active: one.specCode === answered,
          choose: answering(machine(one)),
        }));
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a class; its price is the one with the least storage, or with yours'),
        source: listed({
          trouble,
          typed: { rule: specCodeRule, values: (specCode) => machine({ specCode }) },
          async load(signal) {
            const all = await catalog.classes(
              answers.region ?? '',
              { zone, version: majorVersion, storageType },
              signal,
            );
            classes = recentFirst(all, recent('class'), ({ specCode }) => specCode);
            return rows;
          },
          instead: [
            elsewhere('zone', l10n.t('Choose another zone')),
            elsewhere('version', l10n.t('Choose another version')),
            ...(answers.storageType === undefined
              ? []
              : [elsewhere('storageType', l10n.t('Choose another type of storage'))]),
          ],
          async later(changed, signal) {
            const queries = classes.map((one): [string, PriceQuery] => {
              const storageGb = fitting(answers.storageGb ?? settings.defaults.storageGb, one) ?? leastStorage(one);
              return [one.specCode, queryOf(settings, answers, { ...one, storageType }, storageGb)];
            });
            await prices.askEach(
              new Map(queries),
              (specCode, price) => {
                asked.set(specCode, price);
                changed();
              },
              signal,
            );
          },
        }),
      };
    },
  };
}

export function storageQuestion({ settings, prices }: Options): Question<Answers> {
  return {
    key: 'storage',
    title: l10n.t('Storage'),
    holds: rentalHolds.storage,
    prompt: (answers) => {
      const machine: Partial<Machine> = answers.machine ?? {};
      const rule = storageRule(machine);
      const least = leastStorage(machine);
      const given = answers.storageGb ?? fitting(settings.defaults.storageGb, machine) ?? least;
      return {
        kind: 'text',
        prompt:
          machine.maxStorageGb === undefined
            ? l10n.t('Storage in GB, in steps of 10')
            : l10n.t('Storage in GB, in steps of 10, from {0} to {1}', least, machine.maxStorageGb),
        placeholder: String(least),
        value: String(given),
        rule,
        ...problemOf(String(given), rule),
        onlyTells: true,
        lookUp: async (text, signal) => {
          if (answers.machine === undefined) return undefined;
          const asked = await prices.ask(queryOf(settings, answers, answers.machine, Number(text.trim())), signal);
          return { severity: 'info', message: fullPrice(asked) };
        },
        answer: (text) => ({ kind: 'answer', values: { storageGb: Number(text.trim()) } }),
      };
    },
  };
}

/** What a type of storage is to the class that was chosen. */
interface TypeOffer {
  readonly type: string;
  /** Absent: the class is not offered with it. */
  readonly found?: InstanceClass;
  readonly reason?: string;
}

export function storageTypeQuestion(options: Options): Question<Answers> {
  const { catalog, trouble, settings, prices } = options;
  return {
    key: 'storageType',
    title: l10n.t('Storage type'),
    holds: rentalHolds.storageType,
    prompt: (answers) => {
      const { region = '', zone = '', majorVersion = '', storageGb, machine } = answers;
      const answered = answers.storageType ?? machine?.storageType;
      const types = [...new Set([...storageTypes, ...(answered === undefined ? [] : [answered])])];
      const asked = new Map<string, Asked>();
      let offers: readonly TypeOffer[] = [];

      /** The types are asked for side by side; one that is refused is one that is not to be had. */
      async function offersOf(signal: AbortSignal): Promise<readonly TypeOffer[]> {
        const lists = await Promise.allSettled(
          types.map((storageType) => catalog.classes(region, { zone, version: majorVersion, storageType }, signal)),
        );
        const [first] = lists;
        if (first?.status === 'rejected' && lists.every(({ status }) => status === 'rejected')) {
          throw toError(first.reason);
        }
        return lists.map((list, at): TypeOffer => {
          const type = types[at] ?? '';
          if (list.status === 'rejected') return { type, reason: trouble(toError(list.reason)).words };
          const found = list.value.find(({ specCode }) => specCode === machine?.specCode);
          if (found === undefined) return { type, reason: l10n.t('not with this class in {0}', zone) };
          return storageGb !== undefined && fitting(storageGb, found) === undefined
            ? { type, reason: l10n.t('not with {0} GB: it takes {1}', storageGb, rangeWords(found)) }
            : { type, found };
        });
      }

      const values = (type: string, found: InstanceClass | undefined): Partial<Answers> => {
        const one = found ?? (machine === undefined ? undefined : { specCode: machine.specCode });
        return {
          storageType: type,
          ...(one === undefined ? {} : { machine: { ...one, zone, majorVersion, storageType: type } }),
        };
      };
      const rows = (): readonly Row<Answers>[] =>
        offers.map(({ type, found, reason }) => ({
          label: type,
          ...withPrice([typeWords(type), reason ?? ''], asked.get(type)),
          active: type === answered,
          choose: found === undefined ? { kind: 'nothing' } : answering(values(type, found)),
        }));
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose the type of storage'),
        source: listed({
          trouble,
          typed: { rule: storageTypeRule, values: (type) => values(type, undefined) },
          async load(signal) {
            offers = await offersOf(signal);
            return rows;
          },
          async later(changed, signal) {
            const queries = offers.flatMap(({ type, found }): [string, PriceQuery][] =>
              found === undefined
                ? []
                : [
                    [
                      type,
                      queryOf(settings, answers, { ...found, storageType: type }, storageGb ?? leastStorage(found)),
                    ],
                  ],
            );
            await prices.askEach(
              new Map(queries),
              (type, price) => {
                asked.set(type, price);
                changed();
              },
              signal,
            );
          },
        }),
      };
    },
  };
}

function typeWords(type: string): string {
  switch (type) {
    case 'PHYSICAL_LOCAL_SSD':
      return l10n.t('Local SSD of the machine');
    case 'CLOUD_PREMIUM':
      return l10n.t('Premium cloud disk');
    case 'CLOUD_SSD':
      return l10n.t('SSD cloud disk');
    case 'CLOUD_HSSD':
      return l10n.t('Enhanced SSD cloud disk');
    default:
      return '';
  }
}

function rangeWords(one: InstanceClass): string {
  return l10n.t('{0} to {1} GB storage', leastStorage(one), one.maxStorageGb);
}

/** The storage, where the class takes it. */
function fitting(storageGb: number | undefined, range: Partial<InstanceClass>): number | undefined {
  return storageGb !== undefined && storageRule(range)(String(storageGb)) === undefined ? storageGb : undefined;
}

/** The price in the line of the row, and why there is none below it. */
function withPrice(parts: readonly string[], asked: Asked | undefined): Pick<Row<Answers>, 'description' | 'detail'> {
  const all = asked === undefined ? parts : [...parts, briefPrice(asked)];
  return {
    description: all.filter((part) => part !== '').join(' · '),
    ...(asked === undefined || asked.price !== undefined ? {} : { detail: asked.reason }),
  };
}

function queryOf(
  { create: { prepaidMonths } }: QuestionOptions['settings'],
  { region = '', zone = '' }: Partial<Answers>,
  { specCode, storageType }: Pick<Machine, 'specCode' | 'storageType'>,
  storageGb: number,
): PriceQuery {
  return { region, zone, specCode, storageGb, storageType, ...(prepaidMonths === undefined ? {} : { prepaidMonths }) };
}
