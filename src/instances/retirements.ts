import type { Site } from '../domain/credentials.ts';
import type { Memory } from '../domain/memory.ts';
import type { Now, Owner } from '../domain/ports.ts';
import { isRecord } from '../domain/record.ts';
import type { Retirement, Retirements } from '../domain/retirement.ts';

const key = 'retirements';

/**
 * Remembers between sessions what the service has withdrawn: per kind, account and site, since an account may be told
 * on one site what it is not told on the other.
 * @param deps.site of the account, at this moment; `undefined` where nothing is to be remembered, as for the simulator
 */
export function createRetirements(deps: {
  readonly memory: Memory;
  readonly site: (accountId: string) => Site | undefined;
  readonly now: Now;
}): Retirements {
  const { memory, site, now } = deps;
  /** Of accounts without a site: for this session only. */
  const passing = new Map<string, Retirement>();

  const kept = (): readonly Retirement[] => {
    const value = memory.read(key);
    return Array.isArray(value) ? value.flatMap(read) : [];
  };
  const nameOf = ({ accountId, offering }: Owner): string => JSON.stringify([accountId, offering]);

  async function change(owner: Owner, next: readonly Retirement[]): Promise<void> {
    const own = site(owner.accountId);
    const others = kept().filter((one) => !(sameOwner(one, owner) && one.site === own));
    await memory.write(key, [...others, ...next]);
  }

  return {
    of(owner) {
      const own = site(owner.accountId);
      if (own === undefined) return passing.get(nameOf(owner));
      return kept().find((one) => sameOwner(one, owner) && one.site === own);
    },
    async note({ accountId, offering }, { serviceWords, requestId }) {
      const own = site(accountId);
      const noted: Retirement = { accountId, offering, site: own ?? 'mainland', at: now(), serviceWords, requestId };
      if (own !== undefined) await change(noted, [noted]);
      else passing.set(nameOf(noted), noted);
    },
    async forget(owner) {
      passing.delete(nameOf(owner));
      if (site(owner.accountId) !== undefined) await change(owner, []);
    },
  };
}

function sameOwner(a: Owner, b: Owner): boolean {
  return a.accountId === b.accountId && a.offering === b.offering;
}

function read(value: unknown): Retirement[] {
  if (!isRecord(value)) return [];
  const { accountId, offering, site, at, serviceWords, requestId } = value;
  if (typeof accountId !== 'string' || typeof offering !== 'string' || typeof at !== 'number') return [];
  if (typeof serviceWords !== 'string' || typeof requestId !== 'string') return [];
  if (site !== 'mainland' && site !== 'international') return [];
  return [{ accountId, offering, site, at, serviceWords, requestId }];
}
