import assert from 'node:assert/strict';
import type { Catalog } from '../../../src/domain/ports.ts';
import type { SettingKey } from '../../../src/domain/settings.ts';
import { checkSettings } from '../../../src/domain/settings.ts';
import type { Answers } from '../../../src/wizard/answers.ts';
import type { Entry } from '../../../src/wizard/engine.ts';
import { runWizard } from '../../../src/wizard/engine.ts';
import type { PickPrompt, Question, Row } from '../../../src/wizard/question.ts';
import type { QuestionOptions } from '../../../src/wizard/questionOptions.ts';
import { createQuestions, orderOf } from '../../../src/wizard/questions.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';

/** An account with one of everything, and a few things that cannot be had. */
export const catalog: Catalog = {
  regions: () => Promise.resolve([]),
  zones: (region) =>
    Promise.resolve([
      { zone: `${region}-1`, name: 'One', state: 'unavailable', standbyZones: [] },
      { zone: `${region}-2`, name: 'Two', state: 'available', standbyZones: [`${region}-2`, `${region}-3`] },
      { zone: `${region}-3`, name: 'Three', state: 'available', standbyZones: [] },
      { zone: `${region}-4`, name: 'Four', state: 'soldOut', standbyZones: [] },
    ]),
  versions: () =>
    Promise.resolve([
      { major: '11', full: '11.22', creatable: false },
      { major: '9', full: '9.6', creatable: true },
      { major: '16', full: '16.8', creatable: true },
      { major: '16', full: '16.10', creatable: true },
      { major: '14', full: '14.2', creatable: true },
    ]),
  classes: (_region, { storageType }) =>
    Promise.resolve([
      { specCode: 'pg.small', cpu: 1, memoryGb: 2, minStorageGb: 10, maxStorageGb: 100 },
      ...(storageType === 'CLOUD_HSSD'
        ? []
        : [{ specCode: 'pg.medium', cpu: 2, memoryGb: 4, minStorageGb: 20, maxStorageGb: 500 }]),
    ]),
  price: ({ storageGb, specCode }) =>
    Promise.resolve({ hundredths: (specCode === 'pg.small' ? 100 : 200) + storageGb, currency: 'CNY' }),
  vpcs: () => Promise.resolve([{ id: 'vpc-1', name: 'main', cidr: '10.0.0.0/16', isDefault: true }]),
  subnets: (region) =>
    Promise.resolve(
      [250, 0].map((freeAddresses, at) => ({
        id: `subnet-${String(at + 1)}`,
        name: 'db',
        vpcId: 'vpc-1',
        cidr: '10.0.1.0/24',
        zone: `${region}-2`,
        isDefault: false,
        freeAddresses,
        totalAddresses: 253,
      })),
    ),
  securityGroups: () =>
    Promise.resolve([
      { id: 'sg-1', name: 'usual', isDefault: true },
      { id: 'sg-2', name: 'office', isDefault: false, note: 'For the office' },
    ]),
  projects: () => Promise.resolve([{ id: 7, name: 'shop' }]),
  tagKeys: () => Promise.resolve(['env']),
  tagValues: () => Promise.resolve([]),
};

export type Given = Partial<Record<SettingKey, unknown>>;

export function options(overrides: Partial<QuestionOptions> = {}, set: Given = {}): QuestionOptions {
  const { settings, problems } = checkSettings((key) => set[key]);
  assert.deepEqual(problems, []);
  return {
    catalog,
    settings,
    recent: () => [],
    proposeName: () => 'pg-free',
    regionOfName: () => Promise.resolve(undefined),
    retirement: () => undefined,
    recheck: () => Promise.resolve(),
    trouble: (error) => ({ words: 'No way', detail: error.message }),
    randomInt: () => 0,
    review: { account: '1000', version: '2017-03-12', copyRequest: () => Promise.resolve() },
    ...overrides,
  };
}

/** Plays a person through the whole of "create". */
export async function play(
  moves: readonly Move[],
  using: QuestionOptions,
  entry: Entry = 'first',
  start: Partial<Answers> = {},
) {
  const person = scriptedPrompter<Answers>(moves);
  const answers = await runWizard<Answers, Question<Answers>>(
    createQuestions(using),
    start,
    entry,
    (question, sofar, position) => person.ask('Create', question, sofar, position),
  );
  assert.equal(person.left(), 0, 'every move was used');
  return {
    answers,
    order: answers === undefined ? undefined : orderOf(answers, using.settings.create),
    seen: person.seen,
    keys: person.seen.map(({ key }) => key),
  };
}

/** A question that shows with these answers. */
export function shown(using: QuestionOptions, key: string, answers: Partial<Answers>): Question<Answers> {
  const found = createQuestions(using).find((question) => question.key === key && (question.shows?.(answers) ?? true));
  assert.ok(found !== undefined, `no question ${key}`);
  return found;
}

/** The list of such a question, loaded; `rows` draws it as it is now. */
export async function list(
  using: QuestionOptions,
  key: string,
  answers: Partial<Answers>,
): Promise<{ source: PickPrompt<Answers>['source']; rows: (text?: string) => readonly Row<Answers>[] }> {
  const prompt = shown(using, key, answers).prompt(answers);
  assert.ok(prompt.kind === 'pick');
  const { source } = prompt;
  const draw = 'rows' in source ? source.rows : await source.load(new AbortController().signal);
  return { source, rows: (text = '') => draw(text) };
}

export const serverlessOnly: Given = { 'create.kind': 'serverless' };
export const rentedOnly: Given = { 'create.kind': 'pay-as-you-go' };

/** From the region of a pay-as-you-go instance to its review, taking what is proposed where that will do. */
export const rented: readonly Move[] = [
  { choose: 'ap-guangzhou' },
  { choose: 'ap-guangzhou-2' },
  { choose: '16' },
  { choose: 'pg.medium' },
  { type: '50' },
  { choose: 'CLOUD_SSD' },
  { choose: 'No second zone' },
  { choose: 'vpc-1' },
  { choose: 'subnet-1' },
  { choose: 'Default group' },
  'enter',
  'enter',
  { choose: 'Generate one' },
  { choose: 'UTF8' },
  { choose: 'Default project' },
  { choose: 'No tags' },
  { choose: 'Off' },
];
