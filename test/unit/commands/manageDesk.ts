import { applyChange } from '../../../src/commands/applyChange.ts';
import { createFailureDesk } from '../../../src/commands/failure.ts';
import { tellChange } from '../../../src/commands/tellChange.ts';
import { consoleLinks } from '../../../src/domain/links.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Confirm, Progress } from '../../../src/domain/windowPorts.ts';
import { memoryClipboard, memoryMessages } from '../../support/memory.ts';
import type { Move } from '../../support/scriptedPrompter.ts';
import { scriptedPrompter } from '../../support/scriptedPrompter.ts';
import { explain, managedWorld } from '../instances/changeWorld.ts';

export const generated = 'Generated-1234';

/** A person before one window, over the real engine and a service in memory. */
export async function manageDesk<A>(
  person: {
    readonly moves?: readonly Move[];
    readonly presses?: readonly string[];
    /** Answers of the dialogs, in order; then they are confirmed. */
    readonly confirms?: readonly boolean[];
  } = {},
) {
  const world = managedWorld();
  const window = await world.window();
  const messages = memoryMessages(person.presses);
  const clipboard = memoryClipboard();
  const prompter = scriptedPrompter<A>(person.moves ?? []);
  const dialogs: string[] = [];
  const reports: string[] = [];
  const done: string[] = [];
  const answers = [...(person.confirms ?? [])];
  const nothing = (): Promise<void> => Promise.resolve();
  const confirm: Confirm = (title, detail, action) => {
    dialogs.push([title, detail, action].join('\n'));
    return Promise.resolve(answers.shift() ?? true);
  };
  const progress: Progress = (title, work) => {
    reports.push(title);
    return work((text) => void reports.push(text));
  };
  const desk = createFailureDesk({
    messages,
    clipboard,
    openLink: nothing,
    links: () => consoleLinks('mainland'),
    signIn: nothing,
    openSettings: nothing,
  });
  const tell = tellChange({
    messages,
    desk,
    retry: ({ kind }) => Promise.resolve(void done.push(`retry ${kind}`)),
    showActivity: () => Promise.resolve(void done.push('activity')),
  });
  const apply = applyChange({ change: window.change, progress, tell, signal: window.signal });
  return {
    world,
    window,
    messages,
    clipboard,
    prompter,
    dialogs,
    reports,
    done,
    tell,
    calls: world.made.calls,
    /** What the commands have in common. */
    deps: {
      apply,
      confirm,
      messages,
      clipboard,
      ask: prompter.ask,
      explain,
      management: () => world.management,
      generate: () => new Secret(generated),
    },
  };
}
