import { isDeepStrictEqual } from 'node:util';
import type { CreatePlan } from '../domain/createPlan.ts';
import { CancelledError, isCancelled, toError } from '../domain/errors.ts';
import type { Explain, Explanation } from '../domain/explanation.ts';
import type { Instance } from '../domain/instance.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import { hasEnded } from '../domain/operation.ts';
import type { Created, CreateOrder, InstanceService, Log, Now, ServiceOf, Sleep } from '../domain/ports.ts';
import type { PendingPasswords } from '../domain/pendingPasswords.ts';
import type { Secret } from '../domain/secret.ts';
import type { Claim } from './claims.ts';
import * as words from './creationWords.ts';
import { brokeDown, mayHaveArrived, saysNameTaken } from './failedWrite.ts';
import type { Journal, OperationFacts } from './journal.ts';
import type { CreateOperation, Operation } from './operation.ts';
import type { Registry } from './registry.ts';
import type { Watcher } from './watcher.ts';

/** How a create stands when it is no longer being followed. */
export type Settlement =
  | { readonly kind: 'usable'; readonly operation: CreateOperation; readonly instance: Instance }
  /** Refused, or provably never arrived: nothing was made. */
  | {
      readonly kind: 'failed';
      readonly operation: CreateOperation;
      readonly explanation: Explanation;
      readonly error?: Error;
    }
  /**
   * Nobody can tell yet; the journal keeps it, and the next start asks again. Where the operation has candidates, a
   * person can tell: `adopt` or `ruleOut`.
   */
  | { readonly kind: 'unsettled'; readonly operation: CreateOperation; readonly explanation: Explanation }
  /** It exists and does not run yet, longer than the limit. */
  | { readonly kind: 'tooLong'; readonly operation: CreateOperation; readonly instance?: Instance };

/**
 * Carries a confirmed plan out, once, and stays with it until it settles. All reject with `CancelledError` when the
 * signal aborts, or when another window has taken the operation over.
 */
export interface Creation {
  /** @param onSeen hears of every state the instance passes through */
  create(
    accountId: string,
    order: CreateOrder,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement>;
  /** Takes up what an earlier session left open. */
  resume(operation: CreateOperation, signal: AbortSignal, onSeen: (instance: Instance) => void): Promise<Settlement>;
  /** The instances that may be what an unsettled create has made, as the service lists them now. */
  candidates(operation: CreateOperation, signal: AbortSignal): Promise<readonly Instance[]>;
  /** A person said which instance it is. Rejects when that cannot be put on record; then the question stays. */
  adopt(
    operation: CreateOperation,
    instance: Instance,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement>;
  /** A person said that it is none of these: it stays unsettled, and they are not asked about again. */
  ruleOut(operation: CreateOperation, instanceIds: readonly string[]): Promise<CreateOperation>;
}

export interface CreationDeps {
  readonly journal: Journal;
  readonly registry: Pick<Registry, 'put' | 'regions'>;
  readonly service: ServiceOf<Pick<InstanceService, 'create' | 'clockAhead' | 'findCreated' | 'findNamed'>>;
  /** Keeps the password of a create until it is known which instance it belongs to. */
  readonly passwords: PendingPasswords;
  readonly watcher: Pick<Watcher, 'follow'>;
  readonly explain: Explain;
  readonly sleep: Sleep;
  readonly now: Now;
  /** Milliseconds after which a lost answer is given up for now. */
  readonly limit: () => number;
  readonly log: Log;
}

/**
 * A list may lag behind a create; only so many clear "no such instance" in a row count as "it never arrived". Where
 * a second create would make a second instance, more are asked for: two minutes instead of fifteen seconds.
 */
function enoughDenials(plan: CreatePlan): number {
  return hasUniqueName(plan) ? 4 : 8;
}

/** Looks in a row that find the same instances, before a person is asked which of them it is: fifteen seconds. */
const enoughSightings = 4;

function hasUniqueName({ offering }: Pick<CreatePlan, 'offering'>): boolean {
  return findOffering(offering)?.can('uniqueName') === true;
}

/** Milliseconds that a confirmed create is held up at most to see what is there before it. */
const patience = 5_000;

export function createCreation(deps: CreationDeps): Creation {
  const { journal, registry, service, passwords, watcher, explain, sleep, now, limit, log } = deps;

  /** Whoever was stopped may have lost the claim: the record is another window's then. */
  async function note(
    operation: CreateOperation,
    facts: OperationFacts,
    signal: AbortSignal,
  ): Promise<CreateOperation> {
    if (signal.aborted) throw new CancelledError();
    return journal.change(operation, facts);
  }

  /** For what has happened whether or not it can be written down: an older record is settled anew at the next start. */
  async function noteIfPossible(operation: CreateOperation, facts: OperationFacts): Promise<CreateOperation> {
    try {
      return await journal.change(operation, facts);
    } catch (thrown) {
      log.warn(`Record of a create not updated: ${operation.name}: ${toError(thrown).message}`);
      return { ...operation, ...facts };
    }
  }

  /** Kept before it is sent, or nobody would know it when the editor ends in between. Without it nothing is sent. */
  async function keepPassword(operation: CreateOperation, user: string, password: Secret, claim: Claim): Promise<void> {
    try {
      await passwords.keepPending(operation.id, user, password);
    } catch (thrown) {
      await journal.remove([operation]);
      await claim.release();
      throw thrown;
    }
  }

  async function send(
    operation: CreateOperation,
    password: Secret | undefined,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<CreateOperation | Settlement> {
    const { plan } = operation;
    let created: Created;
    try {
      created = await service(operation).create({ plan, ...(password === undefined ? {} : { password }) }, signal);
    } catch (thrown) {
      return refusedOrLost(operation, toError(thrown), signal);
    }
    const { instanceId, orders = [], requestId } = created;
    log.info(`Create accepted: ${plan.name}: ${instanceId ?? orders.join(', ')}, request ${requestId}`);
    if (instanceId === undefined) {
      const ordered = await noteIfPossible(operation, { state: 'settling', orders, requestId });
      return settle(ordered, signal);
    }
    const accepted = expected(operation, instanceId, requestId);
    registry.put(operation.accountId, accepted);
    onSeen(accepted);
    return noteIfPossible(operation, { state: 'working', instanceId, requestId });
  }

  async function nothingMade(
    operation: CreateOperation,
    explanation: Explanation,
    signal: AbortSignal,
    error?: Error,
  ): Promise<Settlement> {
    const { requestId } = explanation;
    const facts = { state: 'failed', explanation, ...(requestId === undefined ? {} : { requestId }) } as const;
    if (signal.aborted) throw new CancelledError();
    // Before the record ends: nobody comes back to what a crash would leave then.
    await passwords.dropPending(operation.id);
    const failed = await note(operation, facts, signal);
    return { kind: 'failed', operation: failed, explanation, ...(error === undefined ? {} : { error }) };
  }

  async function refusedOrLost(
    operation: CreateOperation,
    error: Error,
    signal: AbortSignal,
  ): Promise<CreateOperation | Settlement> {
    const isLost = mayHaveArrived(error);
    // A moment ago nobody had this name: the request may have arrived twice, and been carried out the first time.
    const isTaken = saysNameTaken(error) && hasUniqueName(operation.plan) && (operation.earlier ?? []).length === 0;
    if (isLost || isTaken || brokeDown(error)) {
      log.warn(`Create may have been carried out, asking what was made: ${operation.plan.name}: ${error.message}`);
      // Kept with it: whoever is told that the clock is wrong may set it right before this is settled.
      const clockAhead = await service(operation).clockAhead();
      return settle(
        await note(operation, { state: 'settling', clockAhead }, signal),
        signal,
        isLost ? undefined : error,
      );
    }
    return nothingMade(operation, explain(error), signal, error);
  }

  /**
   * What was there before it is sent: that cannot be what it makes, whatever the clocks say. The list of the service may
   * lag behind what is known here. Absent when the service cannot be asked; nothing depends on it but how well a lost
   * answer can be settled.
   */
  async function namedBefore(
    accountId: string,
    { offering, region, name }: CreatePlan,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined> {
    const looking = new AbortController();
    const either = AbortSignal.any([signal, looking.signal]);
    const tooSlow = async (): Promise<never> => {
      await sleep(patience, either);
      throw new Error('no answer in time');
    };
    try {
      const listed = await Promise.race([service({ accountId, offering }).findNamed(region, name, either), tooSlow()]);
      const known = registry.regions(accountId).flatMap(({ instances }) => instances);
      return [...new Set([...listed, ...known].filter((one) => one.name === name).map(({ id }) => id))];
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      log.warn(`Name not looked up before a create: ${name}: ${toError(thrown).message}`);
      return undefined;
    } finally {
      looking.abort();
    }
  }

  function otherCreates({ id, accountId }: CreateOperation): CreateOperation[] {
    return journal.operations(accountId).filter((one): one is CreateOperation => isCreate(one) && one.id !== id);
  }

  /** Other creates of that name of which it is not known what they have made: what is found may be theirs. */
  function rivalsOf(operation: CreateOperation): CreateOperation[] {
    return otherCreates(operation).filter(
      (one) =>
        one.instanceId === undefined &&
        one.orders === undefined &&
        !hasEnded(one) &&
        one.name === operation.name &&
        one.region === operation.region,
    );
  }

  /** What this create may have made, without what is known to be something else. */
  async function whatMayBeIt(operation: CreateOperation, signal: AbortSignal): Promise<readonly Instance[]> {
    const { plan, startedAt: sentAt, clockAhead, orders, earlier, ruledOut = [] } = operation;
    const trace = {
      ...{ plan, sentAt },
      ...(clockAhead === undefined ? {} : { clockAhead }),
      ...(orders === undefined ? {} : { orders }),
      ...(earlier === undefined ? {} : { earlier }),
    };
    const found = await service(operation).findCreated(trace, signal);
    if (orders !== undefined) return found;
    const taken = new Set(otherCreates(operation).map(({ instanceId }) => instanceId));
    return found.filter(({ id }) => !taken.has(id) && !ruledOut.includes(id));
  }

  /** Where a name is unique: who has it, when it is not what was planned. */
  async function holders(operation: CreateOperation, signal: AbortSignal): Promise<readonly Instance[]> {
    const { plan, ruledOut = [] } = operation;
    if (!hasUniqueName(plan)) return [];
    const named = await service(operation).findNamed(plan.region, plan.name, signal);
    return named.filter(({ id }) => !ruledOut.includes(id));
  }

  /**
   * A lost answer is not a failure: the service is asked what was made, by the orders where there are some, else by
   * the name and by the rest of the plan.
   * @param refusal what the service answered, where that may be the answer to a repetition
   */
  async function settle(
    operation: CreateOperation,
    signal: AbortSignal,
    refusal?: Error,
  ): Promise<CreateOperation | Settlement> {
    const { plan, orders, requestId, ruledOut } = operation;
    const deadline = now() + limit();
    const enough = enoughDenials(plan);
    let denials = 0;
    let sightings = 0;
    let seen: readonly Instance[] = [];
    for (let pause = 1_000; now() < deadline; pause = Math.min(pause * 2, 30_000)) {
      await sleep(pause, signal);
      let found: readonly Instance[];
      let others: readonly Instance[] = [];
      try {
        found = await whatMayBeIt(operation, signal);
        if (found.length === 0 && denials + 1 >= enough) others = await holders(operation, signal);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        log.warn(`Cannot ask what was made yet: ${plan.name}: ${toError(thrown).message}`);
        continue;
      }
      if (signal.aborted) throw new CancelledError();
      const rivals = orders === undefined ? rivalsOf(operation) : [];
      const [only] = found;
      if (only !== undefined && found.length === 1 && rivals.length === 0) {
        return adopted(operation, only);
      }
      if (found.length > 0) {
        denials = 0;
        const isSame = isDeepStrictEqual(idsOf(found), idsOf(seen));
        // A rival that is about to be settled may answer the question.
        sightings = isSame && rivals.every(({ state }) => state === 'unsettled') ? sightings + 1 : 1;
        seen = found;
        if (sightings === enoughSightings) return ask(operation, found, words.whichOne(plan.name), signal);
        continue;
      }
      // What was ordered is there sooner or later, and somebody who ruled one out may have been mistaken; only a
      // request that was never answered may never have arrived.
      if (orders !== undefined || ruledOut !== undefined) continue;
      denials += 1;
      if (denials < enough) continue;
      if (refusal !== undefined) return nothingMade(operation, explain(refusal), signal, refusal);
      return nobody(operation, others, signal);
    }
    if (seen.length > 0) return ask(operation, seen, words.whichOne(plan.name), signal);
    const explanation =
      orders !== undefined
        ? words.stillOrdered(requestId)
        : ruledOut !== undefined
          ? words.noneOfThem(plan.name)
          : words.cannotAsk();
    return unsettled(operation, { explanation }, signal);
  }

  /** The service lists nothing that this create may have made. Where a name is unique, somebody else may have it. */
  function nobody(operation: CreateOperation, others: readonly Instance[], signal: AbortSignal): Promise<Settlement> {
    const { name, earlier } = operation;
    const [holder] = others;
    if (holder === undefined) return nothingMade(operation, words.neverArrived(), signal);
    // Since nobody else can have the name, there is no other one of it.
    if (others.every(({ id }) => earlier?.includes(id))) {
      return nothingMade(operation, words.nameTaken(name, holder.id), signal);
    }
    return ask(operation, others, words.notAsPlanned(name, holder.id), signal);
  }

  function ask(
    operation: CreateOperation,
    found: readonly Instance[],
    explanation: Explanation,
    signal: AbortSignal,
  ): Promise<Settlement> {
    return unsettled(operation, { explanation, candidates: idsOf(found) }, signal);
  }

  async function unsettled(
    operation: CreateOperation,
    facts: OperationFacts & { readonly explanation: Explanation },
    signal: AbortSignal,
  ): Promise<Settlement> {
    const left = await note(operation, { state: 'unsettled', ...facts }, signal);
    return { kind: 'unsettled', operation: left, explanation: facts.explanation };
  }

  function adopted(operation: CreateOperation, found: Instance): Promise<CreateOperation> {
    registry.put(operation.accountId, withOrigin(found, operation.requestId));
    return noteIfPossible(operation, { state: 'working', instanceId: found.id });
  }

  async function follow(
    operation: CreateOperation,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    const { id, accountId, offering, plan, instanceId } = operation;
    if (instanceId === undefined) throw new Error('A create without an instance id cannot be followed');
    // The record names the instance already: a crash in between is made good when it is taken up.
    await passwords.settlePending(id, instanceId);
    const result = await watcher.follow(
      { accountId, offering, region: plan.region, instanceId },
      signal,
      (instance) => {
        registry.put(accountId, instance);
        onSeen(instance);
      },
    );
    const { instance, outcome } = result;
    if (outcome === 'usable' && instance !== undefined) {
      if (signal.aborted) throw new CancelledError();
      // Once more, for a secret storage that could not be reached before.
      await passwords.settlePending(id, instanceId);
      return { kind: 'usable', operation: await noteIfPossible(operation, { state: 'done' }), instance };
    }
    if (outcome === 'gone') {
      const explanation = words.givenUp(operation.requestId);
      return {
        kind: 'failed',
        operation: await note(operation, { state: 'failed', explanation }, signal),
        explanation,
      };
    }
    return { kind: 'tooLong', operation, ...(instance === undefined ? {} : { instance }) };
  }

  async function onwards(
    step: CreateOperation | Settlement,
    signal: AbortSignal,
    onSeen: (instance: Instance) => void,
  ): Promise<Settlement> {
    return step.kind === 'create' ? follow(step, signal, onSeen) : step;
  }

  return {
    async create(accountId, { plan, password }, signal, onSeen) {
      const { offering, name, region, zone } = plan;
      const place = { accountId, offering, name, region, zone };
      const earlier = await namedBefore(accountId, plan, signal);
      const { operation, claim } = await journal.begin({
        kind: 'create',
        ...place,
        plan,
        state: 'sending',
        ...(earlier === undefined ? {} : { earlier }),
      });
      const either = AbortSignal.any([signal, claim.signal]);
      try {
        if (password !== undefined && plan.rental !== undefined) {
          await keepPassword(operation, plan.rental.adminName, password, claim);
        }
        const settlement = await onwards(await send(operation, password, either, onSeen), either, onSeen);
        // What takes too long stays claimed, or the next window would begin to wait, and say so, at once.
        if (settlement.kind !== 'tooLong') await claim.release();
        return settlement;
      } catch (error) {
        if (isCancelled(error)) await claim.release();
        throw error;
      }
    },
    async resume(operation, signal, onSeen) {
      if (operation.instanceId !== undefined) return onwards(operation, signal, onSeen);
      // What was being sent when the editor ended may or may not have left: it is asked for, as after a lost answer.
      const settling = await note(operation, { state: 'settling' }, signal);
      return onwards(await settle(settling, signal), signal, onSeen);
    },
    async candidates(operation, signal) {
      const found = await whatMayBeIt(operation, signal);
      if (found.length > 0) return found;
      const others = await holders(operation, signal);
      return others.filter(({ id }) => !operation.earlier?.includes(id));
    },
    async adopt(operation, instance, signal, onSeen) {
      if (otherCreates(operation).some(({ instanceId }) => instanceId === instance.id)) {
        throw new Error(`Another create has made this instance: ${instance.id}`);
      }
      const chosen = await note(operation, { state: 'working', instanceId: instance.id }, signal);
      registry.put(operation.accountId, withOrigin(instance, operation.requestId));
      log.info(`Instance of a create chosen: ${operation.plan.name}: ${instance.id}`);
      return onwards(chosen, signal, onSeen);
    },
    ruleOut: (operation, instanceIds) =>
      journal.change(operation, {
        state: 'unsettled',
        explanation: words.noneOfThem(operation.name),
        candidates: [],
        ruledOut: [...new Set([...(operation.ruledOut ?? []), ...instanceIds])],
      }),
  };
}

function isCreate(operation: Operation): operation is CreateOperation {
  return operation.kind === 'create';
}

function idsOf(instances: readonly Instance[]): string[] {
  return instances.map(({ id }) => id).sort();
}

/** What is known of an instance whose making was just accepted. */
function expected({ accountId, plan }: CreateOperation, id: string, createRequestId: string): Instance {
  const { rental } = plan;
  return {
    id,
    accountId,
    offering: plan.offering,
    name: plan.name,
    status: 'applying',
    region: plan.region,
    zone: plan.zone,
    version: plan.version,
    charset: plan.charset,
    ...(plan.projectId === undefined ? {} : { projectId: plan.projectId }),
    ...(plan.network ?? {}),
    addresses: [],
    createRequestId,
    tags: plan.tags,
    ...(rental === undefined
      ? {}
      : {
          specCode: rental.specCode,
          storageGb: rental.storageGb,
          storageType: rental.storageType,
          deletionProtection: rental.deletionProtection,
          ...(rental.cpu === undefined ? {} : { cpu: rental.cpu }),
          ...(rental.memoryGb === undefined ? {} : { memoryGb: rental.memoryGb }),
          ...(rental.standbyZone === undefined ? {} : { standbyZone: rental.standbyZone }),
        }),
  };
}

function withOrigin(found: Instance, createRequestId: string | undefined): Instance {
  return createRequestId === undefined ? found : { ...found, createRequestId };
}
