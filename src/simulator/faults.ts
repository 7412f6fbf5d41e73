import { isRegion } from './regions.ts';

/**
 * What goes wrong, and where. Before the work: `error`, `html`, `cut-before`. After it, so that the caller does not
 * learn what happened: `cut-after`, `half`, `empty`, `shape`. Beside it: `delay`, `warning`, `answer` (a member of the
 * answer is another, or is missing where there is no value). The message of an error may repeat what was sent: `{NAME}`
 * stands for that parameter of the request, `{SecretKey}` and `{Token}` for what it was signed with.
 */
export type Effect =
  | { readonly kind: 'error'; readonly code: string; readonly message?: string }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'answer'; readonly path: readonly string[]; readonly value?: unknown }
  | { readonly kind: 'html' | 'cut-before' | 'cut-after' | 'half' | 'empty' | 'shape' };

export interface Fault {
  /** Name of an action, or `*`. */
  readonly action: string;
  /** Strikes calls of this region only; absent: of every region. */
  readonly region?: string;
  readonly effect: Effect;
  /** How many calls it strikes before it is gone; `Infinity` until it is cleared. */
  readonly count: number;
  /** As it was written. */
  readonly spec: string;
}

/** A fault that cannot be understood. The message says what is wrong with it. */
export class FaultSpecError extends Error {
  override readonly name = 'FaultSpecError';
}

/** How a fault is written; for the help text. */
export const faultForm =
  'ACTION[@REGION]=EFFECT[*COUNT], where ACTION is an action or *, and EFFECT is error:CODE[:MESSAGE], delay:MS, warning:TEXT, answer:PATH[=JSON], html, cut-before, cut-after, half, empty or shape';

/**
 * Reads a fault such as `CreateServerlessDBInstance=error:FlowError*2` or `*@ap-beijing=delay:500`.
 * @throws FaultSpecError
 */
export function parseFault(spec: string): Fault {
  const parts = /^(\*|[A-Za-z]+)(?:@([a-z-]+))?=([a-z-]+)(?::(.*?))?(?:\*([1-9]\d{0,5}))?$/s.exec(spec);
  if (parts === null) throw new FaultSpecError(`Cannot read the fault "${spec}". Its form is ${faultForm}.`);
  const [, action = '', region, kind = '', value, count] = parts;
  if (region !== undefined && !isRegion(region)) {
    throw new FaultSpecError(`The fault "${spec}" names a region that no call can have.`);
  }
  return {
    action,
    ...(region === undefined ? {} : { region }),
    effect: parseEffect(kind, value, spec),
    count: count === undefined ? Infinity : Number(count),
    spec,
  };
}

function parseEffect(kind: string, value: string | undefined, spec: string): Effect {
  switch (kind) {
    case 'error':
      return errorEffect(value ?? '', spec);
    case 'delay':
      if (value === undefined || !/^\d{1,7}$/.test(value)) break;
      return { kind, milliseconds: Number(value) };
    case 'warning':
      return { kind, text: value ?? 'This API is going offline.' };
    case 'answer':
      return answerEffect(value ?? '', spec);
    case 'html':
    case 'cut-before':
    case 'cut-after':
    case 'half':
    case 'empty':
    case 'shape':
      if (value !== undefined) break;
      return { kind };
    default:
      break;
  }
  throw unreadable(spec);
}

/** Such as `FlowError`, or `InvalidParameterValue:"{Password}" is too simple.` */
function errorEffect(text: string, spec: string): Effect {
  const [, code, message] = /^([A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)?)(?::(.+))?$/s.exec(text) ?? [];
  if (code === undefined) throw unreadable(spec);
  return { kind: 'error', code, ...(message === undefined ? {} : { message }) };
}

/** The words of an error, with what they repeat. A name that nothing was sent under stays as it is. */
export function errorWords(message: string, sent: Readonly<Record<string, unknown>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = sent[name];
    return typeof value === 'string' ? value : whole;
  });
}

/** Such as `Price=null`, `DBInstanceSet.*.DBInstanceStatus="frozen"`, or `DBInstanceIdSet` for one that is missing. */
function answerEffect(text: string, spec: string): Effect {
  const [, path = '', json] = /^([A-Za-z0-9]+(?:\.(?:[A-Za-z0-9]+|\*))*)(?:=(.+))?$/s.exec(text) ?? [];
  if (path === '') throw unreadable(spec);
  if (json === undefined) return { kind: 'answer', path: path.split('.') };
  try {
    const value: unknown = JSON.parse(json);
    return { kind: 'answer', path: path.split('.'), value };
  } catch {
    throw unreadable(spec);
  }
}

function unreadable(spec: string): FaultSpecError {
  return new FaultSpecError(`Cannot read the effect of the fault "${spec}". Its form is ${faultForm}.`);
}

/** The answer with what the effects say about its members; a `*` in a path stands for every member there. */
export function changedAnswer<T>(answer: T, effects: readonly Effect[]): T {
  const changed = structuredClone(answer);
  for (const effect of effects) if (effect.kind === 'answer') change(changed, effect.path, effect);
  return changed;
}

function change(target: unknown, [name = '', ...rest]: readonly string[], to: { readonly value?: unknown }): void {
  if (typeof target !== 'object' || target === null) return;
  for (const key of name === '*' ? Object.keys(target) : [name]) {
    if (rest.length > 0) change(Reflect.get(target, key), rest, to);
    else if ('value' in to) Reflect.set(target, key, to.value);
    else Reflect.deleteProperty(target, key);
  }
}

/** The faults that are waiting for calls. */
export interface FaultList {
  add(fault: Fault): void;
  clear(): void;
  /** The specs that still strike, with the calls that are left (`null`: no limit). */
  list(): { spec: string; left: number | null }[];
  /** Effects for this call of the action in the region; counts them as used. Of several that exclude each other the oldest strikes. */
  strike(action: string, region: string): Effect[];
}

export function createFaultList(initial: readonly Fault[]): FaultList {
  let waiting: Fault[] = [...initial];
  return {
    add(fault) {
      waiting.push(fault);
    },
    clear() {
      waiting = [];
    },
    list: () => waiting.map(({ spec, count }) => ({ spec, left: Number.isFinite(count) ? count : null })),
    strike(action, region) {
      const effects: Effect[] = [];
      waiting = waiting.flatMap((fault) => {
        const applies =
          (fault.action === '*' || fault.action === action) && (fault.region === undefined || fault.region === region);
        if (!applies || (isMain(fault.effect) && effects.some(isMain))) return [fault];
        effects.push(fault.effect);
        return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
      });
      return effects;
    },
  };
}

/** Delays, warnings and changed members go with anything; of the others a call can suffer only one. */
function isMain(effect: Effect): boolean {
  return effect.kind !== 'delay' && effect.kind !== 'warning' && effect.kind !== 'answer';
}
