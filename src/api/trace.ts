import { wireCharset } from '../domain/createPlan.ts';
import type { Instance } from '../domain/instance.ts';
import type { CreateTrace } from '../domain/ports.ts';
import type { Rental } from '../domain/rental.ts';
import type { Client } from './client.ts';
import { majorOf } from './postgresWire.ts';

/**
 * Milliseconds that an instance may seem to be older than the request that made it: by so much the clock of this
 * machine may be ahead unnoticed, since the service refuses a signature that is further off.
 */
const clockMargin = 300_000;

/**
 * True when the create that left this trace may have made the instance. A name may be taken more than once, or may have
 * been taken before, so the plan is compared as well; what the service does not say speaks against nothing. Where it is
 * on record what was there before the create was sent, that decides what is older, and otherwise the time of creation:
 * it goes by the clock of this machine, which may be wrong.
 */
export function mayComeFrom(
  instance: Instance,
  { plan, sentAt, clockAhead, earlier }: CreateTrace,
  clock: Client['clock'],
): boolean {
  const { name, zone, network, version, charset, projectId, rental } = plan;
  const sent = sentAt + (clockAhead ?? clock.ahead());
  return (
    instance.name === name &&
    (instance.zone === '' || instance.zone === zone) &&
    fits(instance.projectId, projectId) &&
    (instance.charset === undefined || wireCharset(instance.charset) === wireCharset(charset)) &&
    fits(instance.vpcId, network?.vpcId) &&
    fits(instance.subnetId, network?.subnetId) &&
    (instance.version === undefined || majorOf(instance.version) === majorOf(version)) &&
    (rental === undefined || (fits(instance.storageGb, rental.storageGb) && hasClass(instance, rental))) &&
    (earlier === undefined ? isMadeAfter(sent, instance, clock) : !earlier.includes(instance.id))
  );
}

/** A request that is still to be sent was dated by another clock: this machine's, before somebody set it right. */
function isMadeAfter(sent: number, { createdAt }: Instance, clock: Client['clock']): boolean {
  const made = chinaTime(createdAt);
  return made === undefined || sent > clock.now() + clockMargin || made >= sent - clockMargin;
}

function fits<T>(seen: T | undefined, planned: T | undefined): boolean {
  return seen === undefined || planned === undefined || seen === planned;
}

/** A class may be called differently in an answer; then cores and memory tell. */
function hasClass(instance: Instance, { specCode, cpu, memoryGb }: Rental): boolean {
  return instance.specCode === specCode || (fits(instance.cpu, cpu) && fits(instance.memoryGb, memoryGb));
}

/** `YYYY-MM-DD HH:mm:ss` of the service's clocks, UTC+8, in milliseconds since the epoch. */
function chinaTime(text: string | undefined): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text ?? '');
  const [, day = '', time = ''] = parts ?? [];
  const parsed = Date.parse(`${day}T${time}+08:00`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
