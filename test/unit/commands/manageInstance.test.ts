import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletionProtection } from '../../../src/commands/deletionProtection.ts';
import { isolateInstance } from '../../../src/commands/isolateInstance.ts';
import { renameInstance } from '../../../src/commands/renameInstance.ts';
import { restartInstance } from '../../../src/commands/restartInstance.ts';
import { restoreInstance } from '../../../src/commands/restoreInstance.ts';
import type { SecurityGroupAnswer } from '../../../src/commands/showSecurityGroups.ts';
import { showSecurityGroups } from '../../../src/commands/showSecurityGroups.ts';
import type { Instance } from '../../../src/domain/instance.ts';
import { displayNameRule } from '../../../src/domain/namingRules.ts';
import { offline, only, refusal } from '../instances/lifeWorld.ts';
import { running, success } from '../instances/changeWorld.ts';
import { manageDesk } from './manageDesk.ts';

const accountLabel = (id: string): string => `work (${id})`;

/** Renames with this text typed; `undefined` for Escape. */
async function renamed(typed: string | undefined, fields: Partial<Instance> = {}) {
  const desk = await manageDesk();
  const asked: { value: string; problem: string | undefined }[] = [];
  await renameInstance({
    ...desk.deps,
    rule: displayNameRule,
    askText: ({ value, rule }) => {
      asked.push({ value, problem: rule(typed ?? '') });
      return Promise.resolve(typed);
    },
  })(desk.world.add(fields));
  return { ...desk, asked };
}

test('a new name is asked for with the present one in the box, sent, and said', async () => {
  const { asked, calls, messages, reports } = await renamed(' 商店-2 ');
  assert.deepEqual(asked, [{ value: 'shop', problem: undefined }]);
  assert.deepEqual(calls, ['rename postgres-aaaa1111']);
  assert.deepEqual(reports, ['Renaming "shop"', 'Sending']);
  assert.deepEqual(messages.shown, ['status: "shop" is now called "商店-2".']);
});

test('the same name and Escape send nothing, even where the name breaks the rule', async () => {
  for (const typed of [undefined, 'shop', ' shop ']) assert.deepEqual((await renamed(typed)).calls, []);
  const { asked, calls } = await renamed('my shop', { name: 'my shop' });
  assert.deepEqual([asked[0]?.problem, calls], [undefined, []]);
});

test('a restart is confirmed, shows percent and step, and is said in the status bar', async () => {
  const { world, deps, dialogs, reports, messages } = await manageDesk();
  world.tasks.push(running(40, 'stop'), running(70), success);
  await restartInstance(deps)(world.add());
  assert.match(dialogs.join(), /Restart "shop"\?\nAll connections are cut/);
  assert.deepEqual(reports.slice(0, 4), ['Restarting "shop"', 'Sending', '40%: stop', '70%']);
  assert.deepEqual(messages.shown, ['status: "shop" has restarted.']);
});

test('without a task the status is what is waited for', async () => {
  const { world, deps, reports } = await manageDesk();
  await restartInstance(deps)(world.add());
  assert.ok(reports.includes('Its status: Restarting'), reports.join(' | '));
});

test('a dialog that is closed sends nothing', async () => {
  for (const command of [restartInstance, restoreInstance]) {
    const { world, deps, calls, messages } = await manageDesk({ confirms: [false] });
    await command(deps)(world.add());
    assert.deepEqual([calls, messages.shown], [[], []]);
  }
  const { world, deps, calls } = await manageDesk({ confirms: [false] });
  await isolateInstance({ ...deps, accountLabel })(world.add());
  assert.deepEqual(calls, []);
});

test('a refusal is an error with Try Again, which begins it anew', async () => {
  const { world, deps, messages, done } = await manageDesk({ presses: ['Try Again'] });
  world.made.meets.push(refusal('OperationDenied.X'));
  await restartInstance(deps)(world.add());
  assert.match(messages.shown.join(), /^error: Cannot restart "shop": OperationDenied\.X .*Request ID: req-refused/);
  assert.deepEqual(done, ['retry restart']);
});

test('what cannot be told is said once, and leads to the activity', async () => {
  const { world, window, deps, messages, done, tell } = await manageDesk({ presses: ['Show Activity'] });
  world.made.meets.push('lose');
  await restartInstance(deps)(world.add());
  assert.match(messages.shown.join(), /^error: It is not known whether this worked: Restarting "shop"/);
  assert.deepEqual(done, ['activity']);
  await tell('restart', await window.change.settle(only(window.journal, 'restart'), window.signal));
  assert.equal(messages.shown.length, 1);
});

test('a change that is left to another window is not spoken of', async () => {
  const { window, world, messages, tell } = await manageDesk();
  world.tasks.push(running(1));
  const changing = window.change.carryOut(world.add(), { kind: 'restart' }, window.signal, () => undefined);
  await world.made.clock.sleep(6_000, new AbortController().signal);
  window.end();
  await tell('restart', await changing);
  assert.deepEqual(messages.shown, []);
});

test('moving to the recycle bin says what it means, without a number of days', async () => {
  const { world, deps, dialogs, messages } = await manageDesk();
  await isolateInstance({ ...deps, accountLabel })(world.add());
  const [dialog = ''] = dialogs;
  assert.match(dialog, /^Move "shop" to the recycle bin\?/);
  assert.match(dialog, /shop \(postgres-aaaa1111\): ap-guangzhou, account work \(100000000001\)/);
  assert.match(dialog, /can be restored/);
  assert.match(dialog, /destroys it for good, backups included/);
  assert.doesNotMatch(dialog, /\d+ days/);
  assert.deepEqual(messages.shown, ['status: "shop" is in the recycle bin.']);
});

test('a protected instance is not moved before its protection is off', async () => {
  const fields = { deletionProtection: true };
  const stopped = await manageDesk();
  await isolateInstance({ ...stopped.deps, accountLabel })(stopped.world.add(fields));
  assert.match(stopped.messages.shown.join(), /^warning: "shop" is protected from deletion.*\[Turn Protection Off\]/);
  assert.deepEqual([stopped.calls, stopped.dialogs], [[], []]);

  const gone = await manageDesk({ presses: ['Turn Protection Off'] });
  await isolateInstance({ ...gone.deps, accountLabel })(gone.world.add(fields));
  assert.deepEqual(gone.calls, ['unprotect postgres-aaaa1111', 'isolate postgres-aaaa1111']);

  const refused = await manageDesk({ presses: ['Turn Protection Off'] });
  refused.world.made.meets.push(refusal('OperationDenied.X'));
  await isolateInstance({ ...refused.deps, accountLabel })(refused.world.add(fields));
  assert.deepEqual([refused.calls, refused.dialogs], [['unprotect postgres-aaaa1111'], []]);
});

test('restoring says that it costs money again', async () => {
  const { world, deps, dialogs, messages } = await manageDesk();
  await restoreInstance(deps)(world.add({ status: 'isolated' }));
  assert.match(dialogs.join(), /Restore "shop"\?\n.*is paid for as before/);
  assert.deepEqual(messages.shown, ['status: "shop" is restored and runs.']);
});

test('protection is turned on and off without a question', async () => {
  for (const [on, word] of [
    [true, 'on'],
    [false, 'off'],
  ] as const) {
    const { world, deps, dialogs, messages, calls } = await manageDesk();
    await deletionProtection({ ...deps, on })(world.add({ deletionProtection: !on }));
    assert.deepEqual(calls, [`${on ? 'protect' : 'unprotect'} postgres-aaaa1111`]);
    assert.deepEqual([dialogs, messages.shown], [[], [`status: Deletion protection of "shop" is ${word}.`]]);
  }
});

test('security groups are listed, and Enter copies the id of one', async () => {
  const { world, deps, prompter, clipboard, messages } = await manageDesk<SecurityGroupAnswer>({ moves: ['enter'] });
  await showSecurityGroups(deps)(world.add());
  assert.deepEqual(prompter.seen[0]?.rows, ['sg-1']);
  assert.equal(clipboard.text(), 'sg-1');
  assert.deepEqual(messages.shown, ['status: Copied: sg-1']);
});

test('no security groups, and a list that cannot be loaded, are said in the list', async () => {
  const none = await manageDesk<SecurityGroupAnswer>({ moves: ['enter', 'escape'] });
  none.world.management.securityGroups = () => Promise.resolve([]);
  await showSecurityGroups(none.deps)(none.world.add());
  assert.deepEqual(none.prompter.seen[0]?.rows, ['No security group guards this instance.']);

  const broken = await manageDesk<SecurityGroupAnswer>({ moves: ['enter', 'enter'] });
  const { securityGroups } = broken.world.management;
  broken.world.management.securityGroups = () => {
    broken.world.management.securityGroups = securityGroups;
    return Promise.reject(offline);
  };
  await showSecurityGroups(broken.deps)(broken.world.add());
  assert.match(broken.prompter.seen[0]?.rows.join() ?? '', /\$\(error\).*,\$\(refresh\) Retry/);
  assert.equal(broken.clipboard.text(), 'sg-1', 'Retry loads again');
});

test('what its kind cannot do is refused with words, and nothing is asked or sent', async () => {
  for (const offering of ['serverless', 'of-tomorrow']) {
    const { world, deps, messages, dialogs, calls } = await manageDesk<SecurityGroupAnswer>();
    const shop = world.add({ offering });
    const askText = (): Promise<string> => Promise.reject(new Error('not to be asked'));
    const commands = [
      renameInstance({ ...deps, askText, rule: displayNameRule }),
      restartInstance(deps),
      isolateInstance({ ...deps, accountLabel }),
      restoreInstance(deps),
      deletionProtection({ ...deps, on: true }),
      showSecurityGroups(deps),
    ];
    for (const command of commands) await command(shop);
    assert.equal(messages.shown.length, commands.length);
    for (const line of messages.shown) assert.match(line, /^info: "shop" cannot do this/);
    assert.deepEqual([dialogs, calls], [[], []]);
  }
});
