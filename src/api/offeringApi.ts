import type { InstanceService, Management, Now, Sleep } from '../domain/ports.ts';
import type { Client } from './client.ts';

/** The actions of one kind of instance, in one account. */
export interface OfferingApi {
  /** Id of the offering. */
  readonly offering: string;
  readonly instances: InstanceService;
  /** Absent for a kind that can be made and deleted only. */
  readonly management?: Management;
}

export interface OfferingApiParts {
  /** Calls with the keys of the account. */
  readonly client: Client;
  readonly accountId: string;
  readonly now: Now;
  readonly sleep: Sleep;
}
