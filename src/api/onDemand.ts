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
    instances: (id) => ({
      create: async (...call) => (await cloud()).instances(id).create(...call),
      list: async (...call) => (await cloud()).instances(id).list(...call),
      findByName: async (...call) => (await cloud()).instances(id).findByName(...call),
      findById: async (...call) => (await cloud()).instances(id).findById(...call),
      access: async (...call) => (await cloud()).instances(id).access(...call),
      delete: async (...call) => (await cloud()).instances(id).delete(...call),
      openPublicAccess: async (...call) => (await cloud()).instances(id).openPublicAccess(...call),
      closePublicAccess: async (...call) => (await cloud()).instances(id).closePublicAccess(...call),
    }),
    catalog: (id) => ({
      regions: async (...call) => (await cloud()).catalog(id).regions(...call),
      vpcs: async (...call) => (await cloud()).catalog(id).vpcs(...call),
      subnets: async (...call) => (await cloud()).catalog(id).subnets(...call),
      projects: async (...call) => (await cloud()).catalog(id).projects(...call),
      tagKeys: async (...call) => (await cloud()).catalog(id).tagKeys(...call),
      tagValues: async (...call) => (await cloud()).catalog(id).tagValues(...call),
    }),
    identify: async (...call) => (await cloud()).identify(...call),
    assumeRole: async (...call) => (await cloud()).assumeRole(...call),
    request: async (id, plan) => (await cloud()).instances(id).request(plan),
    // Failures of the service come out of the cloud, so the words for them are there when they are needed.
    explain: (error) => loaded?.explain(error) ?? withoutCatalogue(error),
    async close() {
      await (await loading)?.close();
    },
  };
}

function withoutCatalogue(error: Error): Explanation {
  return error instanceof NotSignedInError
    ? { kind: 'credentials', meaning: l10n.t('You are not signed in.'), next: ['signIn'] }
    : { kind: 'service', meaning: error.message, next: [] };
}
