import * as l10n from '@vscode/l10n';
import type { Explain } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { Catalog, Management, SwitchTime } from '../domain/ports.ts';
import type { Price } from '../domain/price.ts';
import { amountWords, hourlyWords } from '../domain/price.ts';
import type { InstanceClass, Size } from '../domain/rental.ts';
import { storageTypes } from '../domain/rental.ts';
import { storageRule, storageStep } from '../domain/rentalRules.ts';
import { sameSize, sizeWords } from '../domain/size.ts';
import type { Question, Row } from '../wizard/question.ts';
import { answering } from '../wizard/rows.ts';
import { fromService, lineRow } from './asking.ts';

export interface ResizeAnswers {
  readonly machine: InstanceClass;
  readonly storageGb: number;
  readonly at: SwitchTime;
  /** As the review showed it. */
  readonly price: Price | 'unknown';
}

export interface ResizeQuestionDeps {
  readonly catalog: Pick<Catalog, 'classes'>;
  readonly management: Pick<Management, 'resizePrice'>;
  readonly explain: Explain;
}

/** Class, storage and time of switching, then the price, and what will be sent. */
export function resizeQuestions(deps: ResizeQuestionDeps, instance: Instance): readonly Question<ResizeAnswers>[] {
  return [classQuestion(deps, instance), storageQuestion(instance), switchQuestion(), reviewQuestion(deps, instance)];
}

/** The size that the answers ask for. */
export function sizeOf({ machine, storageGb }: Partial<ResizeAnswers>): Size | undefined {
  if (machine === undefined || storageGb === undefined) return undefined;
  return { cpu: machine.cpu, memoryGb: machine.memoryGb, storageGb };
}

/** True for an instance whose time is paid at once. */
export function isPrepaid({ chargeType = '' }: Instance): boolean {
  return chargeType.trim().toLowerCase() === 'prepaid';
}

function classQuestion({ catalog, explain }: ResizeQuestionDeps, instance: Instance): Question<ResizeAnswers> {
  const { region, zone, version = '', storageType = storageTypes[0], storageGb = 0 } = instance;
  const row = (machine: InstanceClass, answered: InstanceClass | undefined): Row<ResizeAnswers> => {
    const { specCode, minStorageGb, maxStorageGb } = machine;
    const isCurrent = machine.cpu === instance.cpu && machine.memoryGb === instance.memoryGb;
    const range = l10n.t('{0} to {1} GB of storage', minStorageGb, maxStorageGb);
    const fits = maxStorageGb >= storageGb;
    return {
      ...(fits ? {} : { icon: 'circle-slash' }),
      label: plainText(specCode),
      description: [
        sizeWords({ cpu: machine.cpu, memoryGb: machine.memoryGb }),
        range,
        ...(isCurrent ? [l10n.t('as it is now')] : []),
      ].join(' · '),
      ...(fits ? {} : { detail: l10n.t('The instance has {0} GB, and storage cannot shrink.', storageGb) }),
      active: answered === undefined ? isCurrent : answered.specCode === specCode,
      choose: fits ? answering<ResizeAnswers>({ machine }) : { kind: 'nothing' },
    };
  };
  return {
    key: 'machine',
    title: l10n.t('Class'),
    holds: ({ machine }) => machine !== undefined,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose the class that "{0}" is to have', plainText(instance.name)),
      source: fromService(explain, l10n.t('The service offers no class here.'), async (signal) => {
        const of = { zone, version: majorOf(version), storageType };
        const classes = await catalog.classes(region, of, signal);
        return classes.map((machine) => row(machine, answers.machine));
      }),
    }),
  };
}

/** `16.4` is of the major version `16`, `9.5.4` of `9.5`. */
export function majorOf(version: string): string {
  const [first = '', second = ''] = version.split('.');
  return Number(first) >= 10 || second === '' ? first : `${first}.${second}`;
}

function rangeOf(instance: Instance, { machine }: Partial<ResizeAnswers>) {
  const { minStorageGb = storageStep, maxStorageGb } = machine ?? {};
  return {
    minStorageGb: Math.max(minStorageGb, instance.storageGb ?? 0),
    ...(maxStorageGb === undefined ? {} : { maxStorageGb }),
  };
}

function storageQuestion(instance: Instance): Question<ResizeAnswers> {
  const { storageGb: current } = instance;
  return {
    key: 'storage',
    title: l10n.t('Storage'),
    holds: (answers) =>
      answers.storageGb !== undefined &&
      storageRule(rangeOf(instance, answers))(String(answers.storageGb)) === undefined,
    prompt: (answers) => {
      const range = rangeOf(instance, answers);
      const { minStorageGb: least, maxStorageGb: most } = range;
      const value = answers.storageGb ?? least;
      return {
        kind: 'text',
        prompt:
          most === undefined
            ? l10n.t('Storage in GB, in steps of {0}, from {1} on', storageStep, least)
            : l10n.t('Storage in GB, in steps of {0}, from {1} to {2}', storageStep, least, most),
        placeholder: current === undefined ? '' : l10n.t('{0} now', current),
        value: String(value),
        rule: storageRule(range),
        answer: (text) => ({ kind: 'answer', values: { storageGb: Number(text.trim()) } }),
      };
    },
  };
}

function switchQuestion(): Question<ResizeAnswers> {
  return {
    key: 'switch',
    title: l10n.t('Time of switching'),
    holds: ({ at }) => at !== undefined,
    prompt: ({ at }) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose when the new size takes over. Connections are cut for a moment then.'),
      source: {
        rows: () =>
          (['now', 'maintenanceWindow'] as const).map((kind) => ({
            label: switchWords({ kind }),
            detail:
              kind === 'now'
                ? l10n.t('Preparing it may take minutes or hours, depending on the amount of data.')
                : l10n.t('Prepared at once; the maintenance window is set in the console.'),
            active: kind === (at?.kind ?? 'now'),
            choose: answering<ResizeAnswers>({ at: { kind } }),
          })),
      },
    }),
  };
}

function switchWords({ kind }: SwitchTime): string {
  return kind === 'now' ? l10n.t('As soon as it is prepared') : l10n.t('In the maintenance window');
}

function reviewQuestion(deps: ResizeQuestionDeps, instance: Instance): Question<ResizeAnswers> {
  const { management, explain } = deps;
  return {
    key: 'review',
    title: l10n.t('Review'),
    holds: () => false,
    prompt: (answers) => {
      const size = sizeOf(answers);
      const lines = size === undefined ? [] : reviewLines(instance, answers, size);
      return {
        kind: 'pick',
        placeholder: l10n.t('Nothing has been sent so far. Choose a line to change it.'),
        source: {
          async load(signal) {
            if (size === undefined || sameSize(size, instance)) return () => [sameRow(), ...lines];
            const price = await management.resizePrice(instance.region, instance.id, size, signal);
            return () => [sendRow(instance, price, undefined), ...lines];
          },
          failed: (error) => () => [
            sendRow(instance, undefined, explain(error).meaning),
            { icon: 'refresh', label: l10n.t('Ask for the price again'), choose: { kind: 'reload' } },
            ...lines,
          ],
        },
      };
    },
  };
}

function sameRow(): Row<ResizeAnswers> {
  return { icon: 'error', label: l10n.t('This is the size that it has now.'), choose: { kind: 'nothing' } };
}

/** @param reason why there is no price */
function sendRow(instance: Instance, price: Price | undefined, reason: string | undefined): Row<ResizeAnswers> {
  const none = reason === undefined ? l10n.t('Price not available') : l10n.t('Price not available: {0}', reason);
  return {
    icon: 'cloud-upload',
    label: l10n.t('Resize'),
    detail: price === undefined ? none : priceWords(instance, price),
    active: true,
    choose: { kind: 'reply', reply: { kind: 'finish', values: { price: price ?? 'unknown' } } },
  };
}

/** What a new size costs, in the words that fit the way of paying. */
export function priceWords(instance: Instance, price: Price): string {
  return isPrepaid(instance) ? l10n.t('{0}, taken at once', amountWords(price)) : hourlyWords(price);
}

function reviewLines(instance: Instance, { machine, at }: Partial<ResizeAnswers>, size: Size): Row<ResizeAnswers>[] {
  const before = sizeWords({ cpu: instance.cpu, memoryGb: instance.memoryGb });
  const changed = (was: string, is: string): string =>
    was === '' || was === is ? is : l10n.t('{0} (now {1})', is, was);
  const { cpu, memoryGb, storageGb } = size;
  return [
    {
      key: 'machine',
      label: l10n.t('Class'),
      value: `${machine?.specCode ?? ''} · ${changed(before, sizeWords({ cpu, memoryGb }))}`,
    },
    {
      key: 'storage',
      label: l10n.t('Storage'),
      value: changed(sizeWords({ storageGb: instance.storageGb }), sizeWords({ storageGb })),
    },
    { key: 'switch', label: l10n.t('Time of switching'), value: switchWords(at ?? { kind: 'now' }) },
  ].map(lineRow<ResizeAnswers>);
}
