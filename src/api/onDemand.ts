import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../domain/createPlan.ts';
import { NotSignedInError } from '../domain/errors.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { CreateRequest, InstanceService, ServiceOf } from '../domain/ports.ts';
import type { Cloud } from './cloud.ts';

/** The cloud behind a door that loads it on the first call, so that the editor starts without it. */
export interface CloudOnDemand extends Omit<Cloud, 'instances'> {
  readonly instances: ServiceOf<Omit<InstanceService, 'request'>>;
  request(accountId: string, plan: CreatePlan): Promise<CreateRequest>;
}

/** @param load makes the cloud; called once */
export function createCloudOnDemand(load: () => Promise<Cloud>): CloudOnDemand {
  let loading: Promise<Cloud> | undefined;
  let loaded: Cloud | undefined;

  async function cloud(): Promise<Cloud> {
    loading ??= load();
    loaded = await loading;
    return loaded;
  }

  return {
    instances: (owner) => late(async () => (await cloud()).instances(owner)),
    management: (owner) => late(async () => (await cloud()).management(owner)),
    catalog: (accountId) => late(async () => (await cloud()).catalog(accountId)),
    identify: async (...call) => (await cloud()).identify(...call),
    assumeRole: async (...call) => (await cloud()).assumeRole(...call),
    request: async (accountId, plan) => (await cloud()).instances({ accountId, offering: plan.offering }).request(plan),
    // Failures of the service come out of the cloud, so the words for them are there when they are needed.
    explain: (error) => loaded?.explain(error) ?? withoutCatalogue(error),
    async close() {
      await (await loading)?.close();
    },
  };
}

/** A service whose every method waits for the real one; each of them answers by a promise, so nobody sees a difference. */
function late<T extends object>(load: () => Promise<T>): T {
  // It has no method of its own: all are those of the real one.
  return new Proxy({} as T, {
    get(_empty, name): unknown {
      // A service is no promise, whoever awaits it.
      if (name === 'then') return undefined;
      return async (...call: readonly unknown[]): Promise<unknown> => {
        const service = await load();
        const method: unknown = Reflect.get(service, name);
        if (typeof method !== 'function') throw new TypeError(`No such method of a service: ${String(name)}`);
        const answer: unknown = Reflect.apply(method, service, call);
        return answer;
      };
    },
  });
}

function withoutCatalogue(error: Error): Explanation {
  return error instanceof NotSignedInError
    ? { kind: 'credentials', meaning: l10n.t('You are not signed in.'), next: ['signIn'] }
    : { kind: 'service', meaning: error.message, next: [] };
}
