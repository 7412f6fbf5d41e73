import { command } from '../../support/editor/product.ts';
import type { Stage } from '../../support/editor/stage.ts';
import { createRequests } from './createdRequests.ts';
import assert from 'node:assert/strict';

const long = { text: 'a'.repeat(10_000), reason: 'This is too long: 10000 characters.' };
const invisible = 'This contains invisible or control characters. Type it instead of pasting it.';
const control = { text: 'a\u0007b', reason: invisible };
const reversed = { text: 'abc\u202Edef', reason: invisible };
const blank = { text: '   ', reason: 'Type a value.' };

/** What is pasted into each box, and what the box says to it; `answer` is what it takes at last. */
const boxes = [
  { title: 'Region', form: 'A region looks like ap-guangzhou.', answer: 'ap-guangzhou' },
  { title: 'Availability zone', form: 'A zone looks like ap-guangzhou-2.', answer: 'ap-guangzhou-2' },
  { title: 'Name', form: /Use letters, digits, "_" and "-" only/u, answer: 'bad-text' },
  { title: 'Version', form: 'A version looks like 10.4.', answer: '10.4' },
  { title: 'Charset', form: 'A charset looks like UTF8 or LATIN1.', answer: 'UTF8' },
  { title: 'Network', form: 'A VPC ID looks like vpc-1a2b3c4d.', answer: 'vpc-0000aaaa' },
  { title: 'Subnet', form: 'A subnet ID looks like subnet-1a2b3c4d.', answer: 'subnet-0000aaaa' },
  { title: 'Project', form: 'A project ID is a whole number, 0 or greater.', answer: '1200001' },
] as const;

const tags = [
  { text: `key=${long.text}`, reason: 'This is too long: 10000 characters.' },
  { text: `${long.text}=value`, reason: 'This is too long: 10000 characters.' },
  { text: `key=${control.text}`, reason: invisible },
  { text: `${reversed.text}=value`, reason: invisible },
  { text: `key=${'v'.repeat(256)}`, reason: 'A tag value has at most 255 characters.' },
  { text: '=value', reason: 'A tag needs a key before "=".' },
  { text: 'key= ', reason: 'Type a value after "=".' },
] as const;

export async function badText({ product, simulator }: Stage): Promise<void> {
  const { workbench, question } = product;
  const { input } = workbench;
  const sentBefore = await createRequests(simulator);

  /** An Enter that passed would lead to another question, and the next reason would not be seen there. */
  async function refused(text: string, reason: string | RegExp, isPick: boolean): Promise<void> {
    await input.type(text);
    if (isPick) await input.row(reason).waitFor();
    else await input.waitForMessage(reason);
    await input.accept();
  }

  await workbench.run(command('Create Instance...'));
  for (const { title, form, answer } of boxes) {
    await question(title);
    const isPick = title !== 'Name';
    const forms = ['１２３', 'שלום', '-1'].filter((text) => isPick || text !== '-1');
    for (const text of forms) await refused(text, form, isPick);
    for (const { text, reason } of [blank, control, reversed, long]) await refused(text, reason, isPick);
    await question(title);
    if (title === 'Name') await workbench.screenshot('create-bad-text-name');
    if (title === 'Network') await workbench.screenshot('create-bad-text-network');
    await input.type(answer);
    await (isPick ? input.acceptProposed() : input.accept());
  }

  await question('Tags');
  for (const { text, reason } of tags) await refused(text, reason, true);
  await question('Tags');
  await input.escape();
  assert.equal(await createRequests(simulator), sentBefore, 'nothing is sent');
}
