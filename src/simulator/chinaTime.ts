/** What the service writes where there is no time. */
const none = '0000-00-00 00:00:00';

/** `YYYY-MM-DD HH:mm:ss` in UTC+8. @param time milliseconds since the epoch; 0 where there is none */
export function chinaTime(time: number): string {
  return time === 0 ? none : new Date(time + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since the epoch; `undefined` for what is no such time. */
export function readChinaTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(time) ? undefined : time;
}
