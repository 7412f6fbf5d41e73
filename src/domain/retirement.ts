import type { Site } from './credentials.ts';
import type { Owner } from './ports.ts';

/** The service's word that it has withdrawn a kind of instance, for one account on one site. */
export interface Retirement extends Owner {
  readonly site: Site;
  /** When it said so, in milliseconds since the epoch. */
  readonly at: number;
  /** `Code: message`. */
  readonly serviceWords: string;
  readonly requestId: string;
}

/** What the service has said so far; kept between sessions. */
export interface Retirements {
  /** Absent: not withdrawn as far as is known, at the site in use. */
  of(owner: Owner): Retirement | undefined;
  note(owner: Owner, said: Pick<Retirement, 'serviceWords' | 'requestId'>): Promise<void>;
  /** The service answered after all, or is to be asked again. */
  forget(owner: Owner): Promise<void>;
}
