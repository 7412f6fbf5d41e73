import { escapeInvisible, showInvisible, withoutInvisible } from './invisible.ts';
import { withoutLinks } from './plainText.ts';
import { redact } from './redaction.ts';

/**
 * What a text becomes on its way to each kind of place, as the last thing before it is handed to the editor. Words from
 * outside may stand in any text: names, error messages, settings. They come out as text that does nothing, and without
 * secrets. Line breaks stay, as they part the lines that this program writes; `plainText` takes them out of what is one
 * line from outside.
 */

/** More than a tooltip with every fact, or a dialog with a list, ever says; less than what would hold up the editor. */
const longest = 5_000;

/** A notification, a dialog, progress. The editor makes links of `[words](address)` there, and addresses run commands. */
export function inMessage(text: string): string {
  return withoutLinks(tidy(text));
}

/** A row, a title or a placeholder of a list, an item of the status bar. The editor draws icons for `$(name)` there. */
export function inRow(text: string): string {
  return withoutIcons(cut(redact(showInvisible(text))));
}

/** What stands below an input box: links work there, and icons are drawn. */
export function inPrompt(text: string): string {
  return withoutIcons(inMessage(text));
}

/** What the tree shows or says: label, description, tooltip, the line above it. */
export function inTree(text: string): string {
  return withoutIcons(inMessage(text));
}

/** The name of a terminal. */
export function inTerminal(text: string): string {
  return withoutIcons(tidy(text).replaceAll('\n', ' '));
}

/** A document that is read: what cannot be seen is written as an escape. */
export function inDocument(text: string): string {
  return redact(text.split('\n').map(escapeInvisible).join('\n'));
}

/** The text without icons: the editor draws one for `$(name)`, and words may come from outside. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** Secrets go last and first: taking out what is invisible may put one together, and a cut could leave half of one. */
function tidy(text: string): string {
  return cut(redact(text.split('\n').map(withoutInvisible).join('\n')));
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
