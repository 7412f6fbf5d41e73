import { serverless } from '../../domain/offerings/serverless.ts';
import type { OfferingApi, OfferingApiParts } from '../offeringApi.ts';
import { createTokenBucket } from '../tokenBucket.ts';
import { createServerlessInstances } from './instances.ts';

/** "A maximum of 20 requests can be initiated per second" (CreateServerlessDBInstance, 2021-05-19). */
const creates = { tokens: 20, period: 1_000 };

export function createServerlessApi({ client, accountId, now, sleep }: OfferingApiParts): OfferingApi {
  return {
    offering: serverless.id,
    instances: createServerlessInstances(client, accountId, createTokenBucket({ ...creates, now, sleep })),
  };
}
