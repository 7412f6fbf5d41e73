import { withoutInvisible } from './invisible.ts';
import { redact } from './redaction.ts';

/** The most characters that a single text of the service takes up on screen. */
const longest = 500;

/**
 * A text from outside, made safe to show as plain text: line breaks and control characters become one space,
 * invisible marks that hide or reverse text and halves of surrogate pairs go, and a very long text is cut. Secrets are
 * taken out before the cut, which could leave half of one.
 */
export function plainText(text: string): string {
  const clean = redact(withoutInvisible(text)).trim();
  if (clean.length <= longest) return clean;
  // The cut may fall within a character, and half of one is not shown.
  return `${clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The text without links: messages of the editor turn `[words](address)` into one, and words may come from outside. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
