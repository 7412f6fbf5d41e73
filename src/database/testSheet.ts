import * as l10n from '@vscode/l10n';
import type { Instance } from '../domain/instance.ts';
import { plainText } from '../domain/plainText.ts';
import type { StepRow } from '../domain/windowPorts.ts';
import type { Diagnosis, Remedy } from './diagnosis.ts';
import { stepNames } from './doctor.ts';
import type { Finding, StepName, StepState } from './doctor.ts';
import type { DoctorTarget } from './probes.ts';
import { addressTitle, detailWords, millisecondWords, placeOf, stateWords, stepTitle, toneOf } from './words.ts';

/** What can be done when the test is over. */
export type TestChoice = Remedy | 'testAgain' | 'copyReport';

/** One address on the sheet, as far as it has been tested. */
export interface TestedAddress {
  readonly target: DoctorTarget;
  readonly steps: ReadonlyMap<StepName, StepState>;
  /** Once it has failed. */
  readonly diagnosis?: Diagnosis;
}

/** The rows of all addresses, and which of them is to be read now. */
export function stepRows(tested: readonly TestedAddress[]): { rows: StepRow<TestChoice>[]; focus: number } {
  const rows = tested.flatMap((each) => {
    const heading = addressTitle(each.target);
    return shownSteps(each).map((step): StepRow<TestChoice> => {
      const state = each.steps.get(step);
      const detail = detailWords(state);
      return {
        heading,
        tone: toneOf(state),
        label: stepTitle(step),
        description: stateWords(state),
        ...(detail === undefined ? {} : { detail }),
      };
    });
  });
  return {
    rows,
    focus: Math.max(
      0,
      rows.findIndex(({ tone }) => tone === 'running'),
    ),
  };
}

/** The steps after one that failed are never taken. */
function shownSteps({ steps, diagnosis }: TestedAddress): readonly StepName[] {
  return diagnosis === undefined ? stepNames : stepNames.filter((step) => steps.has(step));
}

/** What the test came to and what can be done, below the rows of the steps. */
export function resultRows(tested: readonly TestedAddress[]): StepRow<TestChoice>[] {
  const heading = l10n.t('Result');
  const bad = tested.some(isWorking) ? 'noted' : 'failed';
  const findings = verdicts(tested).flatMap(({ works, meaning, more }): StepRow<TestChoice>[] => [
    { heading, tone: works ? 'passed' : bad, label: meaning },
    ...more.map((label): StepRow<TestChoice> => ({ heading, tone: 'noted', label })),
  ]);
  const remedies = new Set(tested.flatMap(({ diagnosis }) => diagnosis?.remedies ?? []));
  const choices: readonly TestChoice[] = [...remedies, 'testAgain', 'copyReport'];
  return [
    ...findings,
    ...choices.map((value): StepRow<TestChoice> => ({ heading, tone: 'action', label: choiceLabel(value), value })),
  ];
}

export function isWorking({ steps }: TestedAddress): boolean {
  return steps.get('latency')?.kind === 'passed';
}

interface Verdict {
  readonly works: boolean;
  readonly meaning: string;
  /** A sentence each. */
  readonly more: readonly string[];
}

/** What is good comes first. */
function verdicts(tested: readonly TestedAddress[]): Verdict[] {
  return tested
    .map((each): Verdict => {
      const { diagnosis } = each;
      return diagnosis === undefined
        ? success(each)
        : { works: false, meaning: diagnosis.meaning, more: diagnosis.advice };
    })
    .toSorted((a, b) => Number(b.works) - Number(a.works));
}

function success({ target, steps }: TestedAddress): Verdict {
  const version = findingOf(steps, 'version');
  const latency = findingOf(steps, 'latency');
  const facts =
    version?.step === 'version' && latency?.step === 'latency'
      ? [l10n.t('PostgreSQL {0}, {1} ms a round trip.', plainText(version.version), millisecondWords(latency.median))]
      : [];
  return {
    works: true,
    meaning: l10n.t('The connection to {0} works.', placeOf(target.host, target.port)),
    more: facts,
  };
}

function findingOf(steps: TestedAddress['steps'], step: StepName): Finding | undefined {
  const state = steps.get(step);
  return state?.kind === 'passed' ? state.finding : undefined;
}

function choiceLabel(choice: TestChoice): string {
  switch (choice) {
    case 'openPublicAccess':
      return l10n.t('Open public access…');
    case 'setPassword':
      return l10n.t('Set password used for connections…');
    case 'testAgain':
      return l10n.t('Test again');
    case 'copyReport':
      return l10n.t('Copy report');
  }
}

/** The sheet as plain text to send to somebody: no password, and nothing that leads to one. @param time when */
export function reportText(instance: Instance, tested: readonly TestedAddress[], time: Date): string {
  const sections = tested.map((each) => {
    const { user, database } = each.target;
    const lines = shownSteps(each).map((step) => {
      const state = each.steps.get(step);
      return `  ${[`${stepTitle(step)}: ${stateWords(state)}`, detailWords(state)].filter((part) => part !== undefined).join('. ')}`;
    });
    return [
      addressTitle(each.target),
      `  ${l10n.t('User {0}, database {1}', plainText(user), plainText(database))}`,
      ...lines,
    ].join('\n');
  });
  const results = verdicts(tested).map(({ meaning, more }) => [meaning, ...more].join(' '));
  const heading = l10n.t('Connection test of {0}', `${plainText(instance.name)} (${plainText(instance.id)})`);
  return [`${heading}\n${plainText(instance.region)}, ${time.toISOString()}`, ...sections, results.join('\n')].join(
    '\n\n',
  );
}
