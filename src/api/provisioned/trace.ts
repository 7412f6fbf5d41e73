import type { Instance } from '../../domain/instance.ts';
import type { CreateTrace } from '../../domain/ports.ts';
import type { Rental } from '../../domain/rental.ts';
import type { Client } from '../client.ts';
import { majorOf } from './wire.ts';

/**
 * Milliseconds that an instance may seem to be older than the request that made it: by so much the clock of this
 * machine may be ahead unnoticed, since the service refuses a signature that is further off.
 */
const clockMargin = 300_000;

/**
 * True when the create that left this trace may have made the instance. Names are not unique here, so the plan and the
 * time of creation are compared as well; what the service does not say speaks against nothing.
 */
export function mayComeFrom(
  instance: Instance,
  { plan, sentAt, clockAhead }: CreateTrace,
  clock: Client['clock'],
): boolean {
  const { name, zone, network, version, rental } = plan;
  const sent = sentAt + (clockAhead ?? clock.ahead());
  return (
    instance.name === name &&
    (instance.zone === '' || instance.zone === zone) &&
    fits(instance.vpcId, network?.vpcId) &&
    fits(instance.subnetId, network?.subnetId) &&
    (instance.version === undefined || majorOf(instance.version) === majorOf(version)) &&
    (rental === undefined || (fits(instance.storageGb, rental.storageGb) && hasClass(instance, rental))) &&
    isMadeAfter(sent, instance, clock)
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
