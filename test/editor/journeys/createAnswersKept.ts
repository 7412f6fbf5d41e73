import assert from 'node:assert/strict';
import { vpcsOf, subnetsOf } from '../../../src/simulator/account.ts';
import { until } from '../../simulator/support.ts';
import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests } from './createdRequests.ts';

const region = 'ap-shanghai';
const [, vpc] = vpcsOf(region);
const subnet = subnetsOf(region).find(({ vpcId }) => vpcId === vpc?.id);

/** Each question with a text that is begun and left by Back, and the answer that is given afterwards. */
const questions = [
  { title: 'Region', begun: 'ap-', answer: region },
  { title: 'Availability zone', begun: 'ap-shanghai-7', answer: 'ap-shanghai-2' },
  { title: 'Name', begun: 'not yet', answer: 'answers-kept' },
  { title: 'Version', begun: '11.', answer: '10.4' },
  { title: 'Charset', begun: 'LAT', answer: 'LATIN1' },
  { title: 'Network', begun: 'vpc-', answer: vpc?.id ?? '' },
  { title: 'Subnet', begun: 'sub', answer: subnet?.id ?? '' },
  { title: 'Project', begun: '12', answer: '1200002' },
  { title: 'Tags', begun: 'env=', answer: 'Done' },
] as const;

export async function answersKept({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  const sentBefore = await createRequests(simulator);
  /** What is marked or stands in the box when the person comes back: the answer given before. */
  const given = (title: string): Promise<string> => (title === 'Name' ? input.value() : input.focused());
  const answer = async ({ title, answer: text }: (typeof questions)[number]): Promise<void> => {
    await input.type(title === 'Tags' ? '' : text);
    if (title !== 'Name') await until(input.focused, (row) => row === text);
    await input.accept();
  };

  await workbench.run(command('Create Instance...'));
  await question('Region');
  await answer(questions[0]);
  for (const [at, current] of questions.entries()) {
    const before = questions[at - 1];
    if (before === undefined) continue;
    await question(current.title);
    if (current.title === 'Tags') {
      await input.type('team=search');
      await input.choose('Add team = search');
      // The box is emptied with the answer; what is typed before that would go with it.
      await input.row('team = search').waitFor();
    }
    await input.type(current.begun);
    await input.back();
    await question(before.title);
    await until(
      () => given(before.title),
      (text) => text === before.answer,
    );
    await input.accept();
    await question(current.title);
    await until(input.value, (text) => text === current.begun);
    await answer(current);
  }

  await question('Review');
  assert.ok((await input.rows()).includes('Tags, team=search'));
  await workbench.screenshot('create-back-and-forth');
  for (const one of [...questions].reverse()) {
    await input.back();
    await question(one.title);
    await until(
      () => given(one.title),
      (text) => text === one.answer,
    );
  }
  assert.equal(await input.backs(), false, 'there is nothing before the first question');
  await input.escape();

  assert.equal(await createRequests(simulator), sentBefore, 'nothing is sent');
}

/** Needs a full set of defaults in the settings: Enter leads to the review then, and from there every question is near. */
export async function givenUp({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  const sentBefore = await createRequests(simulator);
  for (const title of [...questions.map((one) => one.title), 'Review']) {
    await workbench.run(command('Create Instance...'));
    await question('Region');
    await until(input.focused, (row) => row === 'Create with my defaults');
    await input.accept();
    await question('Review');
    if (title !== 'Review') await input.choose(title === 'Network' ? 'VPC' : title);
    await question(title);
    await input.escape();
    await input.waitUntilGone();
  }
  assert.equal(await createRequests(simulator), sentBefore, 'nothing is sent');
}
