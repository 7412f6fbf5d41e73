import type { Site } from './instrument.ts';

/** Why no write of this test comes by a point, by the beginnings of their names. Everything else has to be passed. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'it belongs to questions and looks, not to a write': [
    'src/api/serverless/instances.ts findByName:',
    'src/instances/creation.ts found: whatMayBeIt(operation',
    'src/instances/creation.ts others: holders(operation',
    'src/api/assumeRole.ts',
    'src/api/identity.ts',
    'src/api/network.ts',
    'src/api/paging.ts page: read(token)',
    'src/api/provisioned/catalog.ts',
    'src/api/provisioned/instances.ts access:',
    'src/api/provisioned/instances.ts findByName:',
    'src/api/provisioned/instances.ts instance: findById',
    'src/api/provisioned/management.ts securityGroups:',
    'src/api/provisioned/price.ts',
    'src/api/regions.ts',
    'src/api/serverless/instances.ts row: readById',
    'src/api/tags.ts',
    'src/credentials/passwords.ts set: secrets.store(instanceKey',
    'src/instances/refresher.ts createTurns:',
  ],
  'the simulator is called without TLS and without a proxy, it can be reached, and the window stays signed in': [
    'src/api/client.ts unlessAborted: reject',
    'src/api/connector.ts',
    'src/api/transport.ts callbackForm:',
  ],
  'it is the orderly end of a window, which comes after its writes': [
    'src/api/transport.ts close:',
    'src/instances/claims.ts dispose:',
    'src/instances/claims.ts take: release(mine)',
    'src/instances/claims.ts take: () => undefined',
    'src/instances/creation.ts create: claim.release()',
    'src/instances/follower.ts dispose:',
    'src/instances/journal.ts open: () => undefined',
    'src/instances/jsonFolder.ts soon: () => undefined',
  ],
  'it takes a disk that fails, or a file that is damaged': [
    'src/instances/claims.ts listed: () => undefined',
    'src/instances/journal.ts open: reread',
    'src/instances/keptRegions.ts away: setAside(',
    'src/instances/keptRegions.ts note: setAside(',
    'src/instances/registry.ts saveAll: (error',
    'src/credentials/passwords.ts inTurn: () => undefined',
    'src/instances/change.ts begin: begun.claim.release()',
    'src/instances/change.ts begin: journal.remove(',
    'src/instances/claims.ts inTurn: () => undefined',
    'src/instances/creation.ts keepPassword:',
    'src/instances/deletion.ts beginAll:',
    'src/instances/journal.ts begin: claim.release()',
    'src/instances/journal.ts inTurn: () => undefined',
    'src/instances/journal.ts open: (thrown',
    'src/instances/jsonFile.ts replace: rm(draft',
    'src/instances/jsonFile.ts setAside:',
    'src/instances/jsonFile.ts write: () => undefined',
    'src/instances/jsonFolder.ts again:',
    'src/instances/jsonFolder.ts read: file.setAside()',
    'src/instances/jsonFolder.ts unwatched:',
    'src/instances/publicAccess.ts planClosing:',
    'src/instances/keptRegions.ts setAside:',
  ],
  'it takes two windows at the same moment, or one on another machine': [
    'src/instances/change.ts run: done(',
    'src/instances/follower.ts claimed: claim.release()',
    'src/instances/follower.ts decide: claim.release()',
    'src/instances/keptRegions.ts change: sleep(turn',
    'src/instances/keptRegions.ts change: claims.take(writing)',
    'src/instances/claims.ts isFree: sleep(',
    'src/instances/claims.ts isFree: standing(file)',
    'src/instances/claims.ts take: rm(file,',
  ],
  'it takes a service that needs longer than the limit, gives up, or says so of an instance that is there': [
    'src/instances/creation.ts left: note(',
    'src/instances/publicAccess.ts follow: write.unsettled(',
    'src/instances/change.ts follow: failed(current, words.taskFailed',
    'src/instances/change.ts follow: unsettled(current, words.notThrough',
    'src/instances/closing.ts later: backToPlan(',
    "src/instances/creation.ts operation: note(operation, { state: 'failed'",
    'src/instances/publicAccess.ts follow: write.failed(',
  ],
  'it takes more than the one operation of a trial, or one of a month ago, or what an earlier version kept': [
    'src/instances/registry.ts drain: kept.forgetInherited()',
    'src/api/tokenBucket.ts take: sleep(',
    'src/instances/claims.ts take: rm(pathOf(id, earlier)',
    'src/instances/closing.ts closed: journal.remove(others)',
    'src/instances/journal.ts clearOut: folder.remove(id)',
  ],
};

/** `undefined` where none is known. */
export function reasonFor({ name }: Pick<Site, 'name'>): string | undefined {
  return Object.entries(reasons).find(([, beginnings]) => beginnings.some((start) => name.startsWith(start)))?.[0];
}

/** The beginnings with which no point of the sources begins any more. */
export function outdated(sites: readonly Site[]): readonly string[] {
  return Object.values(reasons)
    .flat()
    .filter((start) => !sites.some(({ name }) => name.startsWith(start)));
}
