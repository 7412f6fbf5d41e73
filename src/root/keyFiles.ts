import type { Session, SessionState } from '../credentials/session.ts';
import type { LocalKeySources } from '../credentials/sources/localKeySources.ts';
import type { Profile } from '../domain/profile.ts';

/** Follows the files that profiles take their keys from. */
export function watchKeyFiles(deps: {
  readonly session: Pick<Session, 'onDidChange'>;
  readonly keySources: () => Promise<Pick<LocalKeySources, 'watch'>>;
  readonly onChange: (profile: Profile) => void;
  readonly background: (work: Promise<unknown>) => void;
}): { dispose(): void } {
  const { session, keySources, onChange, background } = deps;
  const watching = new Map<string, { dispose(): void }>();
  let disposed = false;

  async function follow(profiles: readonly Profile[]): Promise<void> {
    const wanted = profiles.filter(({ source }) => source.kind !== 'stored');
    for (const [id, one] of watching) {
      if (wanted.some((profile) => profile.id === id)) continue;
      one.dispose();
      watching.delete(id);
    }
    const missing = wanted.filter(({ id }) => !watching.has(id));
    if (missing.length === 0) return;
    const { watch } = await keySources();
    if (disposed) return;
    for (const profile of missing) {
      if (watching.has(profile.id)) continue;
      watching.set(
        profile.id,
        watch(profile.source, () => {
          onChange(profile);
        }),
      );
    }
  }

  const profilesOf = (state: SessionState): readonly Profile[] =>
    state.kind === 'cloud' || state.kind === 'simulator' ? state.profiles : [];
  const listening = session.onDidChange((state) => {
    background(follow(profilesOf(state)));
  });

  return {
    dispose() {
      disposed = true;
      listening.dispose();
      for (const one of watching.values()) one.dispose();
      watching.clear();
    },
  };
}
