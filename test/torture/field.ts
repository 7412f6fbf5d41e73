import { setTimeout as wait } from 'node:timers/promises';
import { createCloud, type Cloud, type CloudOptions } from '../../src/api/cloud.ts';
import type { Credentials } from '../../src/domain/credentials.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { publicAccessState } from '../../src/domain/publicAddress.ts';
import { Secret } from '../../src/domain/secret.ts';
import { startSimulator, type RunningSimulator } from '../simulator/support.ts';
import { cloudOptions } from '../support/cloudBundle.ts';
import { startEnemy, type Enemy } from '../support/enemy.ts';
import { account, adminName, extraAccount, extraDatabase, newPassword, plans, region } from './actions.ts';
import type { Needed, Place, Write } from './actions.ts';
import { proxyPassword } from './arsenal.ts';

/** Planted, so that they can be looked for. Temporary keys, so that there is a token to be lost. */
const key = {
  secretId: 'AKIDtortureofnobody00000000000000000',
  secretKey: 'PlantedSecretKey0000000000000000',
  token: 'PlantedToken11111111111111111111',
};

/** Milliseconds, and a little more. */
const second = 1_050;

const plantedInAnswers = 'PlantedInAnswers222222222222222';

/** Of the accounts that are there before the fight. */
const firstPassword = new Secret('Planted-First-4');

/** What the simulator has written down itself. */
export interface Books {
  readonly instances: readonly { readonly id: string; readonly kind: Write['group']; readonly status: string }[];
  /** How many calls of the action did their work since the field was prepared. */
  worked(wire: string): number;
}

/** A simulator with an enemy before it: everything of one fight, and of one at a time. */
export interface Field {
  readonly enemy: Enemy;
  readonly control: RunningSimulator['control'];
  readonly credentials: Credentials;
  /** Texts that must be nowhere but in the secret storage. */
  readonly secrets: ReadonlySet<string>;
  /** Two running instances to read about. */
  place(): Promise<Place>;
  /** The instance that the write is about, as it is needed; absent where none is. */
  prepare(write: Write): Promise<Instance | undefined>;
  books(): Promise<Books>;
  /** The keys are refused from now on, as expired ones. */
  expireKeys(): Promise<void>;
  /** Takes back all that a fault has changed. */
  disarm(): Promise<void>;
  close(): Promise<void>;
}

export interface FieldOptions {
  /**
   * With PostgreSQL behind its instances, without which they have no public address. They take long to make, so they
   * are kept.
   */
  readonly addresses: boolean;
}

export async function startField({ addresses }: FieldOptions): Promise<Field> {
  const simulator = await startSimulator({
    postgres: addresses ? 'auto' : 'none',
    pace: 2,
    keys: [`${key.secretId}:${key.secretKey}:${key.token}@${account}`],
  });
  const { control, endpoint } = simulator;
  const enemy = await startEnemy(endpoint, plantedInAnswers);
  const credentials: Credentials = {
    secretId: key.secretId,
    secretKey: new Secret(key.secretKey),
    token: new Secret(key.token),
  };
  const options: CloudOptions = {
    ...cloudOptions(endpoint),
    connection: () => Promise.resolve({ credentials, target: { site: 'mainland', endpoint } }),
    timeout: () => 60_000,
  };
  const cloud: Cloud = createCloud(options);
  const secrets = new Set([
    ...[key.secretKey, key.token, proxyPassword, plantedInAnswers, newPassword.reveal(), firstPassword.reveal()],
    'TC3-HMAC-SHA256',
  ]);
  const { signal } = new AbortController();
  const own = { ...key, account };
  /** What the field is prepared for; empty when it has to be made anew. */
  let standing = '';
  let place: Place | undefined;
  const kept = new Map<Write['group'], string>();

  async function settled(
    group: Write['group'],
    id: string,
    accept: (instance: Instance) => boolean,
  ): Promise<Instance> {
    for (let tries = 0; tries < 20_000; tries += 1) {
      const found = await cloud.instances({ accountId: account, offering: group }).findById(region, id, signal);
      if (found !== undefined && accept(found)) return found;
      await wait(3);
    }
    throw new Error(`The instance did not become what was needed: ${id}`);
  }

  const isRunning = ({ status }: Instance): boolean => status === 'running';

  async function made(group: Write['group']): Promise<{ readonly instance: Instance; readonly order: string }> {
    const password = group === 'provisioned' ? { password: firstPassword } : {};
    const service = cloud.instances({ accountId: account, offering: group });
    const { instanceId = '', orders = [] } = await service.create({ plan: plans[group], ...password }, signal);
    const instance = await settled(group, instanceId, isRunning);
    const access = await service.access(region, instanceId, signal);
    for (const one of access?.accounts ?? []) if (one.password !== undefined) secrets.add(one.password.reveal());
    return { instance, order: orders[0] ?? '' };
  }

  async function become({ id }: Instance, needed: Needed): Promise<Instance> {
    const management = cloud.management({ accountId: account, offering: 'provisioned' });
    switch (needed) {
      case 'protected':
        await management.setDeletionProtection(region, id, true, signal);
        break;
      case 'binned':
        await management.isolate(region, id, signal);
        return settled('provisioned', id, ({ status }) => status === 'isolated');
      case 'account':
        await management.createAccount(
          region,
          id,
          { name: extraAccount, type: 'normal', password: firstPassword },
          signal,
        );
        break;
      case 'database':
        await management.createDatabase(region, id, { name: extraDatabase, owner: adminName }, signal);
        break;
      case 'oldPassword':
        await wait(second);
        break;
      case 'nothing':
      case 'running':
      case 'open':
      case 'closed':
        break;
    }
    return settled('provisioned', id, isRunning);
  }

  /** The kept instance, its public address as it is needed. */
  async function withAddress(group: Write['group'], needed: 'open' | 'closed'): Promise<Instance> {
    const id = kept.get(group) ?? (await made(group)).instance.id;
    kept.set(group, id);
    const service = cloud.instances({ accountId: account, offering: group });
    const found = await settled(group, id, isRunning);
    if (publicAccessState(found, false) === needed) return found;
    if (needed === 'open') await service.openPublicAccess(region, id, false, signal);
    else await service.closePublicAccess(region, id, false, signal);
    return settled(group, id, (one) => isRunning(one) && publicAccessState(one, false) === needed);
  }

  async function afresh(): Promise<void> {
    standing = '';
    place = undefined;
    kept.clear();
    await control.reset();
  }

  return {
    enemy,
    control,
    credentials,
    secrets,
    async place() {
      if (place !== undefined) return place;
      await afresh();
      const serverless = await made('serverless');
      const provisioned = await made('provisioned');
      const management = cloud.management({ accountId: account, offering: 'provisioned' });
      const { taskId = 0 } = await management.restart(region, provisioned.instance.id, signal);
      const instance = await settled('provisioned', provisioned.instance.id, isRunning);
      const connection = { credentials, target: { site: 'mainland', endpoint: enemy.endpoint } } as const;
      place = {
        ...{ accountId: account, connection, taskId, order: provisioned.order },
        ...{ serverless: serverless.instance, provisioned: instance },
      };
      return place;
    },

    async prepare({ group, needs }) {
      let instance: Instance | undefined;
      if (needs === 'open' || needs === 'closed') {
        instance = await withAddress(group, needs);
      } else {
        const wanted = `${group} ${needs}`;
        const { calls, instances } = await control.state();
        const worked = calls.some((one) => one.worked && !/^Describe/.test(one.action));
        const [only] = instances;
        if (standing === wanted && !worked) {
          instance = only === undefined ? undefined : await settled(group, only.id, () => true);
        } else {
          await afresh();
          if (needs !== 'nothing') {
            const { instance: fresh } = await made(group);
            instance = group === 'provisioned' ? await become(fresh, needs) : fresh;
          }
          standing = wanted;
        }
      }
      await control.clearCalls();
      return instance;
    },

    async books() {
      const { instances, calls } = await control.state();
      return {
        instances,
        worked: (wire) => calls.filter(({ action, worked }) => worked && action === wire).length,
      };
    },
    expireKeys: () => control.expire(key.secretId),
    async disarm() {
      enemy.arm(undefined);
      await control.clearFaults();
      await control.addKey(own);
    },
    async close() {
      await cloud.close();
      await enemy.close();
      await simulator.stop();
    },
  };
}
