import * as l10n from '@vscode/l10n';
import { chooseRegions } from '../commands/chooseRegions.ts';
import { commandIds } from '../commands/ids.ts';
import { renameProfile } from '../commands/renameProfile.ts';
import type { Handler } from '../commands/run.ts';
import { signOut } from '../commands/signOut.ts';
import { findInstances } from '../commands/findInstances.ts';
import { startSimulator, stopSimulator } from '../commands/simulator.ts';
import { switchProfile } from '../commands/switchProfile.ts';
import { accountOf, profileOf } from '../credentials/session.ts';
import { NotSignedInError } from '../domain/errors.ts';
import { profileWords } from '../domain/keyWords.ts';
import { offerings } from '../domain/offerings/offerings.ts';
import { askText, choose, chooseMany } from '../platform/lists.ts';
import { messages, progress } from '../platform/messages.ts';
import type { Services } from './services.ts';
import type { Shared } from './shared.ts';

type Names =
  | 'signIn'
  | 'signOut'
  | 'addProfile'
  | 'switchProfile'
  | 'renameProfile'
  | 'chooseRegions'
  | 'findInstances'
  | 'startSimulator'
  | 'stopSimulator';

/** Whose instances are shown and made. */
export function accountCommands(
  services: Services,
  { run, signIn }: Shared,
  others: { readonly create: () => Promise<void> },
): {
  readonly handlers: Readonly<Record<Names, Handler>>;
  readonly findQuietly: (accountId: string) => Promise<void>;
} {
  const { cloud, session, connections, registry, refresher, regions, simulator, target, now, signal, log } = services;
  const finding = findInstances({
    catalog: cloud.catalog,
    chosen: (accountId) => profileOf(session.state(), accountId)?.regions,
    known: [...new Set(offerings.flatMap((one) => one.otherRegions().map(({ value }) => value)))],
    refresher,
    states: registry.regions,
    progress,
    messages,
    signal,
    log,
  });
  const stop = (): Promise<void> => simulator.stop();
  const add = async (): Promise<void> => {
    await signIn.addProfile();
  };
  return {
    findQuietly: finding.findQuietly,
    handlers: {
      findInstances: run(commandIds.findInstances, l10n.t('Cannot look for instances'), async () => {
        const accountId = accountOf(session.state());
        if (accountId === '') throw new NotSignedInError();
        await finding.find(accountId);
      }),
      signIn: run(commandIds.signIn, l10n.t('Cannot sign in'), async () => {
        await signIn.signIn();
      }),
      signOut: run(
        commandIds.signOut,
        l10n.t('Cannot sign out'),
        signOut({ session, stopSimulator: stop, choose, messages }),
      ),
      addProfile: run(commandIds.addProfile, l10n.t('Cannot add the profile'), add),
      switchProfile: run(
        commandIds.switchProfile,
        l10n.t('Cannot switch the profile'),
        switchProfile({
          session,
          source: (profile) => profileWords(profile, connections.seen(profile.id).expiresAt, now()),
          choose,
          add,
          messages,
        }),
      ),
      renameProfile: run(
        commandIds.renameProfile,
        l10n.t('Cannot rename the profile'),
        renameProfile({ session, askText }),
      ),
      chooseRegions: run(
        commandIds.chooseRegions,
        l10n.t('Cannot choose regions'),
        chooseRegions({
          session,
          catalog: cloud.catalog,
          offerings,
          asked: regions,
          chooseMany,
          refresh: (accountId) => refresher.refresh(accountId),
          explain: cloud.explain,
          messages,
          signal,
          log,
        }),
      ),
      startSimulator: run(
        commandIds.startSimulator,
        l10n.t('Cannot start the local simulator'),
        startSimulator({
          start: () => simulator.start(),
          identify: cloud.identify,
          target,
          session,
          messages,
          progress,
          create: others.create,
          signal,
        }),
      ),
      stopSimulator: run(
        commandIds.stopSimulator,
        l10n.t('Cannot stop the local simulator'),
        stopSimulator({ session, stop, messages }),
      ),
    },
  };
}
