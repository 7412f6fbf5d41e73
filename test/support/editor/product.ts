import type { Page } from 'playwright-core';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Title of the extension's container in the activity bar. */
const container = 'TencentDB';

/** Title of its first view: what is listed is Tencent Cloud's, or the simulator's. */
const instances = /^(?:Instances|Simulator)$/u;

/** A command's title in the palette, its category before it. */
export function command(title: string): string {
  return `TencentDB PostgreSQL: ${title}`;
}

/** Answers of the create wizard; a question without an answer here keeps what it proposes. */
export interface WizardAnswers {
  /** Absent where settings decide the kind, so that it is not asked for. */
  readonly kind?: string;
  readonly region?: string;
  readonly zone?: string;
  readonly name?: string;
  readonly version?: string;
  readonly charset?: string;
  /** Absent: no VPC. */
  readonly network?: { readonly vpc: string | RegExp; readonly subnet: string | RegExp };
  /** Absent: the default project. */
  readonly project?: string | RegExp;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** The extension in a window, in the words of its user. */
export interface Product {
  readonly workbench: Workbench;
  /** Signs in to the simulator that the sign-in offers. */
  signInToSimulator(): Promise<void>;
  /** Answers the sign-in, which is at its first question, with ordinary keys; what comes of it is not waited for. */
  typeKeys(keys: { readonly secretId: string; readonly secretKey: string }): Promise<void>;
  /** Waits for a question of the create wizard by its title, such as `Region`. */
  question(title: string): Promise<void>;
  /** Runs "Create Instance..." and answers up to the review; `seen` is told of every question before its answer. */
  answerUpToReview(answers: WizardAnswers, seen?: (question: string) => Promise<void>): Promise<void>;
  /** The same for a wizard that is at its first question already. */
  answerOpenWizard(answers: WizardAnswers, seen?: (question: string) => Promise<void>): Promise<void>;
  /** Waits for the message that the instance is ready. */
  waitUntilReady(name: string): Promise<void>;
}

/** What the editor may take to make a simulated instance, its PostgreSQL included, on a busy machine. */
const makingTakes = 60_000;

export async function openProduct(page: Page): Promise<Product> {
  const workbench = await openWorkbench(page, container, instances);
  const { input } = workbench;
  const question = (title: string): Promise<void> => input.waitFor(`Create instance: ${title} (`);

  async function pick(answer: string | RegExp | undefined): Promise<void> {
    await (answer === undefined ? input.acceptProposed() : input.choose(answer));
  }

  async function addTags(tags: WizardAnswers['tags'] = []): Promise<void> {
    for (const { key, value } of tags) {
      await input.type(`${key}=${value}`);
      await input.choose(`Add ${key} = ${value}`);
      await input.row(`${key} = ${value}`).waitFor();
    }
    await pick(tags.length === 0 ? 'No tags' : 'Done');
  }

  async function answerOpenWizard(
    answers: WizardAnswers,
    seen: (question: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { network } = answers;
    const { kind } = answers;
    const steps: [string, () => Promise<void>][] = [
      ...(kind === undefined
        ? []
        : ([['Kind of instance', () => pick(kind)]] satisfies [string, () => Promise<void>][])),
      ['Region', () => pick(answers.region)],
      ['Availability zone', () => pick(answers.zone)],
      [
        'Name',
        async () => {
          if (answers.name !== undefined) await input.type(answers.name);
          await input.accept();
        },
      ],
      ['Version', () => pick(answers.version)],
      ['Charset', () => pick(answers.charset)],
      ['Network', () => pick(network === undefined ? 'No VPC' : network.vpc)],
      ...(network === undefined
        ? []
        : ([['Subnet', () => pick(network.subnet)]] satisfies [string, () => Promise<void>][])),
      ['Project', () => pick(answers.project ?? 'Default project')],
      ['Tags', () => addTags(answers.tags)],
    ];

    for (const [title, answer] of steps) {
      await question(title);
      await seen(title);
      await answer();
    }
    await question('Review');
    await seen('Review');
  }

  return {
    workbench,
    question,
    async signInToSimulator() {
      await workbench.run(command('Sign In'));
      await input.waitFor('Sign in: Where');
      await input.choose('Use the local simulator');
      await input.waitUntilGone();
    },
    async typeKeys({ secretId, secretKey }) {
      await input.waitFor('Sign in: SecretId (');
      await input.type(secretId);
      await input.accept();
      await input.waitFor('Sign in: SecretKey (');
      await input.type(secretKey);
      await input.accept();
      await input.waitFor('Sign in: Token (');
      await input.accept();
    },
    async answerUpToReview(answers, seen) {
      await workbench.run(command('Create Instance...'));
      await answerOpenWizard(answers, seen);
    },
    answerOpenWizard,
    async waitUntilReady(name) {
      await workbench.notifications.waitFor(`PostgreSQL instance "${name}" (`, { timeout: makingTakes });
    },
  };
}
