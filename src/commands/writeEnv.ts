import * as l10n from '@vscode/l10n';
import { uriOf } from '../domain/connectionUri.ts';
import type { ConnectTarget } from '../domain/connectTarget.ts';
import { preferred } from '../domain/connectTarget.ts';
import { appended, setVariable } from '../domain/envFile.ts';
import type { Instance } from '../domain/instance.ts';
import type { Memory } from '../domain/memory.ts';
import type { Messages } from '../domain/windowPorts.ts';
import type { Folder, WorkspaceFiles, Written } from '../domain/workspaceFiles.ts';
import type { Position, Reply } from '../wizard/engine.ts';
import { runWizard } from '../wizard/engine.ts';
import type { Question } from '../wizard/question.ts';
import type { EnvAnswers } from './envQuestions.ts';
import { envQuestions } from './envQuestions.ts';
import type { FindTargets } from './targetFinder.ts';

export interface WriteEnvDeps {
  readonly targets: FindTargets;
  readonly files: WorkspaceFiles;
  readonly memory: Memory;
  ask(
    heading: string,
    question: Question<EnvAnswers>,
    answers: Partial<EnvAnswers>,
    position: Position,
  ): Promise<Reply<EnvAnswers>>;
  readonly messages: Messages;
}

const remembered = 'envVariable';

/** Writes the connection URI into a file of variables: that one line, password included. Undo takes it back. */
export function writeEnv(deps: WriteEnvDeps): (instance: Instance) => Promise<void> {
  const { files, memory, messages } = deps;
  return async (instance) => {
    const folders = files.folders();
    const [first] = folders;
    if (first === undefined) {
      await messages.warning(l10n.t('No folder is open that a .env file could be in.'));
      return;
    }
    const targets = await deps.targets(instance);
    if (targets === undefined) return;

    const last = memory.read(remembered);
    const questions = envQuestions({ files, folders, targets, variable: typeof last === 'string' ? last : undefined });
    const start: Partial<EnvAnswers> = folders.length === 1 ? { folder: first } : {};
    const answers = await runWizard(questions, start, 'first', (question, sofar, position) =>
      deps.ask(l10n.t('Write to .env'), question, sofar, position),
    );
    if (answers?.folder === undefined || answers.file === undefined || answers.variable === undefined) return;
    const { folder, file, variable } = answers;
    await memory.write(remembered, variable);

    let times = 0;
    const written = await files.change(
      folder,
      file,
      (text) => {
        const change = setVariable(text, variable, valueOf(preferred(targets, answers.address)));
        times = change.times;
        return change.edit;
      },
      'show',
    );
    await tell(deps, { folder, file, variable, times, written });
  };
}

function valueOf(target: ConnectTarget): string {
  return uriOf(target, { scheme: 'postgresql', password: target.password.reveal() });
}

interface Outcome {
  readonly folder: Folder;
  readonly file: string;
  readonly variable: string;
  /** How often the variable stood there before. */
  readonly times: number;
  readonly written: Written;
}

/** One message: what was done and, before anything else, whether the password can now slip into a commit. */
async function tell({ files, messages }: WriteEnvDeps, outcome: Outcome): Promise<void> {
  const { folder, file, variable, written } = outcome;
  const obstacle = obstacleWords(written, file);
  if (obstacle !== undefined) {
    await messages.warning(obstacle);
    return;
  }
  const done = doneWords(outcome);
  switch (await files.git(folder, file)) {
    case 'tracked':
      await messages.warning(
        l10n.t('{0} But {1} is in the git repository: do not commit it, as it now holds a password.', done, file),
      );
      return;
    case 'exposed': {
      const ignore = await messages.warning(
        l10n.t('{0} But git does not ignore {1}, which now holds a password.', done, file),
        [{ label: l10n.t('Add to .gitignore'), value: true }],
      );
      if (ignore !== true) return;
      const added = await files.change(folder, '.gitignore', (text) => appended(text, file), 'quietly');
      const problem = obstacleWords(added, '.gitignore');
      if (problem !== undefined) await messages.warning(problem);
      else if ((await files.git(folder, file)) !== 'ignored') {
        await messages.warning(
          l10n.t('{0} is in .gitignore now, and git does not heed that yet. Save .gitignore.', file),
        );
      } else messages.status(l10n.t('Git ignores {0} now.', file));
      return;
    }
    case 'ignored':
    case 'unknown':
      if (outcome.times > 1 || written === 'unsaved') await messages.info(done);
      else messages.status(l10n.t('{0} written to {1}.', variable, file));
  }
}

function doneWords({ file, variable, times, written }: Outcome): string {
  return [
    l10n.t('{0} written to {1}.', variable, file),
    ...(times > 1 ? [l10n.t('It stands there {0} times; the last one counts, and that one was changed.', times)] : []),
    ...(written === 'unsaved' ? [l10n.t('The file is not saved yet.')] : []),
  ].join(' ');
}

function obstacleWords(written: Written, file: string): string | undefined {
  switch (written) {
    case 'readOnly':
      return l10n.t('{0} is read-only, so nothing was written.', file);
    case 'outside':
      return l10n.t('{0} is a link that leads out of the workspace, so nothing was written.', file);
    case 'notAFile':
      return l10n.t('{0} is not a file, so nothing was written.', file);
    case 'saved':
    case 'unsaved':
      return undefined;
  }
}
