/** The most characters that a single text of the service takes up on screen. */
const longest = 500;

/**
 * A text from outside, made safe to show as plain text: line breaks and control characters become one space,
 * invisible marks that hide or reverse text and halves of surrogate pairs go, and a very long text is cut.
 */
export function plainText(text: string): string {
  const clean = text
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  if (clean.length <= longest) return clean;
  // The cut may fall within a character, and half of one is not shown.
  return `${clean.slice(0, longest - 1).replace(/\p{Cs}$/u, '')}…`;
}

/** The text without links: messages of the editor turn `[words](address)` into one, and words may come from outside. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
