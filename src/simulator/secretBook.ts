/** Every password that was sent to the simulator or told by it, for tests that look for them elsewhere. */
export interface SecretBook {
  /** Notes what members called `…Password` hold, however deep they lie. */
  note(value: unknown): void;
  all(): readonly string[];
}

export function createSecretBook(): SecretBook {
  const passwords = new Set<string>();
  function note(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const members: readonly (readonly [string, unknown])[] = Object.entries(value);
    for (const [name, member] of members) {
      if (typeof member === 'string' && member !== '' && /Password$/.test(name)) passwords.add(member);
      else note(member);
    }
  }
  return { note, all: () => [...passwords] };
}
