/**
 * A date of HTTP in its one preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), in milliseconds
 * since the epoch; `undefined` for every other text.
 */
export function readHttpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const time = Date.parse(text);
  // A date that does not exist, such as 31 February, is taken for a later one; written out again it differs.
  return !Number.isNaN(time) && new Date(time).toUTCString() === text ? time : undefined;
}
