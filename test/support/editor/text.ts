/** The whole of `text` and nothing else but blanks around it, as a pattern; a pattern stays what it is. */
export function whole(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(`^\\s*${literal(text)}\\s*$`, 'u') : text;
}

/** One line without runs of blanks, as a person reads it off the screen. */
export function tidy(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
