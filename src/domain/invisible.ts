/**
 * Characters that a person does not see: controls (Unicode category Cc), marks that hide or reverse text (Cf), halves of
 * surrogate pairs (Cs), and the separators of lines and paragraphs (Zl, Zp).
 *
 * These expressions are made when they are first needed. Written as literals they would be built as soon as the file is
 * read, which takes longer than loading the whole extension.
 */
function lazily(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= new RegExp(source, flags));
}

const any = lazily('[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]', 'u');
const everyMark = lazily('[\\p{Cf}\\p{Cs}]', 'gu');
const every = lazily('[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]', 'gu');
const everyBreak = lazily('[\\p{Cc}\\p{Zl}\\p{Zp}]+', 'gu');

/** True when the text holds a character that is not seen. */
export function hasInvisible(text: string): boolean {
  return any().test(text);
}

/** The text with something to see in the place of each such character. */
export function showInvisible(text: string): string {
  return text.replace(every(), '�');
}

/** The text in one line and without marks: breaks and controls become one space. */
export function withoutInvisible(text: string): string {
  return text.replace(everyMark(), '').replace(everyBreak(), ' ');
}

/** The text with each such character as the escape that JSON has for it: `\\u202e`. */
export function escapeInvisible(text: string): string {
  return text.replace(every(), (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
