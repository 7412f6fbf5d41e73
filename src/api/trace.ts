import { wireCharset } from '../domain/createPlan.ts';
import type { Instance } from '../domain/instance.ts';
import type { CreateTrace } from '../domain/ports.ts';
import type { Rental } from '../domain/rental.ts';
import { majorOf } from './postgresWire.ts';

/**
 * Milliseconds that an instance may seem to be older than the request that made it: by so much the clock of this
 * machine may be ahead, since the service refuses a signature that is further off.
 */
const clockMargin = 300_000;

/**
 * True when the create that left this trace may have made the instance. A name may be taken more than once, or may have
 * been taken before, so the plan is compared as well; what the service does not say speaks against nothing. Where it is
 * on record what was there before the create was sent, that decides what is older, and otherwise the time of creation:
 * it goes by the clock of this machine, which may be wrong.
 */
export function mayComeFrom(instance: Instance, { plan, sentAt, earlier }: CreateTrace): boolean {
  const { name, zone, network, version, charset, projectId, rental } = plan;
  return (
    instance.name === name &&
    (instance.zone === '' || instance.zone === zone) &&
    fits(instance.projectId, projectId) &&
    (instance.charset === undefined || wireCharset(instance.charset) === wireCharset(charset)) &&
    fits(instance.vpcId, network?.vpcId) &&
    fits(instance.subnetId, network?.subnetId) &&
    (instance.version === undefined || majorOf(instance.version) === majorOf(version)) &&
    (rental === undefined || (fits(instance.storageGb, rental.storageGb) && hasClass(instance, rental))) &&
    (earlier === undefined
      ? (chinaTime(instance.createdAt) ?? sentAt) >= sentAt - clockMargin
      : !earlier.includes(instance.id))
  );
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
