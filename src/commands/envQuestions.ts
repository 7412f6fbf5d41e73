import * as l10n from '@vscode/l10n';
import { usualVariable } from '../domain/connectionFormats.ts';
import type { AddressKind, Targets } from '../domain/connectTarget.ts';
import { timesSet, variableRule } from '../domain/envFile.ts';
import { reachWords } from '../domain/reachability.ts';
import type { Folder, WorkspaceFiles } from '../domain/workspaceFiles.ts';
import type { Finding, Question } from '../wizard/question.ts';
import { answering, problemRow } from '../wizard/rows.ts';

export interface EnvAnswers {
  readonly folder: Folder;
  /** A name such as `.env.local`. */
  readonly file: string;
  readonly address: AddressKind;
  readonly variable: string;
}

const usualFile = '.env';

/** Which folder, where there are several; which file; which address, where both are open; which variable. */
export function envQuestions(context: {
  readonly files: Pick<WorkspaceFiles, 'envFiles' | 'read'>;
  readonly folders: readonly Folder[];
  readonly targets: Targets;
  /** The variable that was written last. */
  readonly variable: string | undefined;
}): readonly Question<EnvAnswers>[] {
  const { files, folders, targets, variable } = context;
  return [
    {
      key: 'folder',
      title: l10n.t('Folder'),
      shows: () => folders.length > 1,
      holds: ({ folder }) => folder !== undefined,
      prompt: () => ({
        kind: 'pick',
        placeholder: l10n.t('Choose a folder of the workspace'),
        source: { rows: () => folders.map((folder) => ({ label: folder.name, choose: answering({ folder }) })) },
      }),
    },
    {
      key: 'file',
      title: l10n.t('File'),
      holds: ({ file }) => file !== undefined,
      prompt: ({ folder }) => ({
        kind: 'pick',
        placeholder: l10n.t('Choose a file of variables'),
        source: {
          async load() {
            const there = folder === undefined ? [] : await files.envFiles(folder);
            const rows = [...new Set([usualFile, ...there])].map((file) => ({
              label: file,
              ...(there.includes(file) ? {} : { description: l10n.t('new file') }),
              choose: answering<EnvAnswers>({ file }),
            }));
            return () => rows;
          },
          failed: (error) => () => [problemRow(l10n.t('The folder cannot be read: {0}', error.message))],
        },
      }),
    },
    {
      key: 'address',
      title: l10n.t('Address'),
      shows: () => targets.length > 1,
      holds: ({ address }) => address !== undefined,
      prompt: () => ({
        kind: 'pick',
        placeholder: l10n.t('Where will the program run that reads the file?'),
        source: {
          rows: () =>
            targets.map(({ address, host, port, reach }) => ({
              label:
                address === 'public'
                  ? l10n.t('Public address {0}:{1}', host, port)
                  : l10n.t('Private address {0}:{1}', host, port),
              detail: reachWords(reach),
              choose: answering({ address }),
            })),
        },
      }),
    },
    {
      key: 'variable',
      title: l10n.t('Variable'),
      holds: () => false,
      prompt: ({ folder, file }) => ({
        kind: 'text',
        prompt: l10n.t('Name of the variable that holds the connection URI, password included'),
        placeholder: usualVariable,
        value: variable ?? usualVariable,
        rule: variableRule,
        lookUp: async (text) =>
          folder === undefined || file === undefined
            ? undefined
            : replacing(timesSet((await files.read(folder, file)) ?? '', text.trim()), text.trim(), file),
        answer: (text) => ({ kind: 'finish', values: { variable: text.trim() } }),
      }),
    },
  ];
}

function replacing(times: number, variable: string, file: string): Finding | undefined {
  if (times === 0) return undefined;
  return { severity: 'info', message: l10n.t('{0} stands in {1} already and will be replaced.', variable, file) };
}
