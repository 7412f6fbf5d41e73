import * as l10n from '@vscode/l10n';
import type { Rule } from './createPlan.ts';

/** One stretch of a text, from `start` up to and without `end`, that gives way to another text. Offsets in UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What setting a variable comes to. */
export interface VariableEdit {
  readonly edit: TextEdit;
  /** How often the variable stands in the file beforehand. */
  readonly times: number;
}

/** Where the value of an assignment stands, quotes included. */
interface Assignment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Values that mean the same without quotes to every reader: dotenv, docker's `--env-file` and shells. */
const plainValue = /^[A-Za-z0-9._%:/@[\]?=&-]+$/;

// A variable of which a shell is told, `NAME: value` as some loaders take it, or simply `NAME=value`.
const assignment = /[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)(?:[ \t]*=|:[ \t])[ \t]*/y;
const lineBreak = /\r\n|\n|\r/;

/** A name that shells, docker and every dotenv take. */
export const variableRule: Rule = (text) => {
  const name = text.trim();
  if (name === '') return l10n.t('Type a value.');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return l10n.t('A variable is letters, digits and "_", and does not begin with a digit.');
  }
  return name.length > 100 ? l10n.t('At most {0} characters; this has {1}.', 100, name.length) : undefined;
};

/** True for a file that loaders read. Examples and templates are made to be shared, so no password belongs there. */
export function isEnvFile(name: string): boolean {
  return /^\.env(\.[A-Za-z0-9_-]+)*$/.test(name) && !/\.(example|sample|template|dist|defaults?)(\.|$)/i.test(name);
}

/**
 * The edit that gives a variable its value; everything else of the file stays byte for byte. Where the variable stands
 * more than once the last place is changed: dotenv, docker and shells read from the top, and what comes last holds.
 *
 * @param value must be a text that needs no quotes, such as a URI of ours; throws a `RangeError` for any other, as no
 *   way of quoting is read alike by dotenv, docker and shells. Quotes that are there already are kept.
 */
export function setVariable(file: string, name: string, value: string): VariableEdit {
  if (!plainValue.test(value)) throw new RangeError('The value would need quotes');
  const found = assignments(file).filter((candidate) => candidate.name === name);
  const last = found.at(-1);
  if (last === undefined) return { edit: appended(file, `${name}=${value}`), times: 0 };
  const quote = /^["'`]/.exec(file.slice(last.start, last.end))?.[0] ?? '';
  // `NAME = value` is for loaders, which trim; an empty value may have nothing before it that parts it from a comment.
  const gap = /^[ \t]*#/.test(file.slice(last.end)) && last.start === last.end ? ' ' : '';
  return {
    edit: { start: last.start, end: last.end, text: `${quote}${value}${quote}${gap}` },
    times: found.length,
  };
}

/** How often the variable stands in the file. */
export function timesSet(file: string, name: string): number {
  return assignments(file).filter((candidate) => candidate.name === name).length;
}

/** The edit that adds a line at the end, with the line ends that the file has. */
export function appended(file: string, line: string): TextEdit {
  const eol = lineBreak.exec(file)?.[0] ?? '\n';
  const closed = file === '' || file === '\uFEFF' || /[\r\n]$/.test(file);
  return { start: file.length, end: file.length, text: `${closed ? '' : eol}${line}${eol}` };
}

/** The text with the edit made. */
export function applied(text: string, { start, end, text: insert }: TextEdit): string {
  return text.slice(0, start) + insert + text.slice(end);
}

/** Every assignment, in order. Lines within a quoted value are no assignments. */
function assignments(file: string): Assignment[] {
  const found: Assignment[] = [];
  let at = file.startsWith('\uFEFF') ? 1 : 0;
  while (at < file.length) {
    assignment.lastIndex = at;
    const match = assignment.exec(file);
    const name = match?.groups?.['name'];
    if (name !== undefined) {
      const start = assignment.lastIndex;
      const end = endOfValue(file, start);
      found.push({ name, start, end });
      at = end;
    }
    at = nextLine(file, at);
  }
  return found;
}

/** A quote that is never closed, or has more of a word after it, is a plain character, as it is for dotenv. */
function endOfValue(file: string, start: number): number {
  const quoted = /"(?:\\[^]|[^"\\])*"|'[^']*'|`[^`]*`/y;
  quoted.lastIndex = start;
  if (quoted.test(file) && /^(?:[\s#]|$)/.test(file.slice(quoted.lastIndex))) return quoted.lastIndex;
  const [line = ''] = file.slice(start).split(lineBreak, 1);
  // The comment begins at a "#" after a space: a "#" within the value is a part of it for shells.
  const comment = /(?:^|[ \t])#/.exec(line);
  return start + line.slice(0, comment?.index).trimEnd().length;
}

function nextLine(file: string, from: number): number {
  const rest = lineBreak.exec(file.slice(from));
  return rest === null ? file.length : from + rest.index + rest[0].length;
}
