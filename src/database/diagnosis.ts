import * as l10n from '@vscode/l10n';
import { plainText } from '../domain/plainText.ts';
import { statusGroup, statusWords } from '../domain/status.ts';
import type { Examination, StepName } from './doctor.ts';
import type { DoctorTarget } from './probes.ts';
import type { Trouble } from './trouble.ts';
import { placeOf } from './words.ts';

/** What can be done about it by a command. */
export type Remedy = 'openPublicAccess' | 'setPassword';

/** What an examination comes to, in words for a person. */
export interface Diagnosis {
  readonly meaning: string;
  /** Why, and what to do, a sentence each. */
  readonly advice: readonly string[];
  /** The most useful first; empty where one can only wait or look elsewhere. */
  readonly remedies: readonly Remedy[];
}

/** What is known beside the examination itself. */
export interface Circumstances {
  /** The instance's status as the service sent it. */
  readonly status: string;
  /** The network of the private address; empty where it is not known. */
  readonly vpcId: string;
  readonly publicAccess: 'open' | 'changing' | 'closed';
  /** The password was set by the person; else it is the service's copy. */
  readonly ownPassword: boolean;
}

/** `undefined` when the address works. */
export function diagnose(
  target: DoctorTarget,
  examination: Pick<Examination, 'failure' | 'range'>,
  circumstances: Circumstances,
): Diagnosis | undefined {
  const { failure, range } = examination;
  if (failure === undefined) return undefined;
  const { step, trouble } = failure;
  const {
    meaning,
    advice,
    remedies = [],
  } = target.kind === 'private' && range !== 'loopback' && isNoWay(step)
    ? insideVpc(target, circumstances)
    : explain(step, trouble, target, circumstances);
  const notReady =
    statusGroup(circumstances.status) === 'usable'
      ? []
      : [l10n.t('The instance is not ready for connections: {0}.', plainText(statusWords(circumstances.status)))];
  const words =
    trouble.serverWords === undefined ? [] : [l10n.t('The server said: {0}', plainText(trouble.serverWords))];
  return { meaning, advice: [...notReady, ...advice, ...words], remedies };
}

interface Words {
  readonly meaning: string;
  readonly advice: readonly string[];
  readonly remedies?: readonly Remedy[];
}

/** True when nothing there has spoken to us. */
function isNoWay(step: StepName): boolean {
  return step === 'resolve' || step === 'connect';
}

/** Whatever answered or did not: private addresses repeat, so in another network it may be anybody. */
function insideVpc({ host, port }: DoctorTarget, { vpcId, publicAccess }: Circumstances): Words {
  const place = placeOf(host, port);
  const meaning = l10n.t('The private address {0} cannot be reached from here.', place);
  const onlyThere =
    vpcId === ''
      ? l10n.t('It works from machines in its VPC, or in a network that is joined to it.')
      : l10n.t('It works from machines in {0}, or in a network that is joined to it.', plainText(vpcId));
  switch (publicAccess) {
    case 'open':
      return { meaning, advice: [onlyThere, l10n.t('From here, use the public address.')] };
    case 'changing':
      return { meaning, advice: [onlyThere, l10n.t('Public access is being changed.'), again()] };
    case 'closed':
      return {
        meaning,
        advice: [onlyThere, l10n.t('From here, it takes public access.')],
        remedies: ['openPublicAccess'],
      };
  }
}

function explain(step: StepName, trouble: Trouble, target: DoctorTarget, circumstances: Circumstances): Words {
  const place = placeOf(target.host, target.port);
  switch (trouble.kind) {
    case 'unknownName':
      return {
        meaning: l10n.t('The name {0} is not known.', plainText(target.host)),
        advice: [l10n.t('The name of a new address takes a while to be known everywhere.'), again()],
      };
    case 'nameServer':
      return {
        meaning: l10n.t('The name server of this machine gives no answer about {0}.', plainText(target.host)),
        advice: [l10n.t('Check the network of this machine.')],
      };
    case 'unreachable':
      return {
        meaning: l10n.t('There is no way from here to {0}.', place),
        advice: [l10n.t('Check the network of this machine, and the firewalls and VPNs in between.')],
      };
    case 'refused':
      return {
        meaning: l10n.t('Nothing accepts connections at {0}.', place),
        advice: [
          target.kind === 'public'
            ? l10n.t('The instance may be restarting, or its public access has just been closed.')
            : l10n.t('The instance may be restarting, or has stopped.'),
          again(),
        ],
      };
    case 'timeout':
      return timedOut(step, target, place);
    case 'closed':
      return {
        meaning: l10n.t('The connection to {0} was cut off.', place),
        advice: [l10n.t('The server may be restarting, or a firewall or proxy in between does that.'), again()],
      };
    case 'garbage':
      return {
        meaning: l10n.t('What answers at {0} does not speak as PostgreSQL does.', place),
        advice: [l10n.t('Another program may have that port, or a proxy stands in between.')],
      };
    case 'encryption':
      return {
        meaning: l10n.t('The server at {0} offers encryption, and then it fails.', place),
        advice: [l10n.t('It may know old versions of TLS only, or something in between interferes.')],
      };
    case 'password':
      return circumstances.ownPassword
        ? {
            meaning: l10n.t('The server refuses the password that you set for connections.'),
            advice: [
              l10n.t('Set the password of the user "{0}" as it is now in the database.', plainText(target.user)),
            ],
            remedies: ['setPassword'],
          }
        : {
            meaning: l10n.t('The server refuses the password of the user "{0}".', plainText(target.user)),
            advice: [
              l10n.t('The service knows the first password only.'),
              l10n.t('If it was changed in the database, set the new one.'),
            ],
            remedies: ['setPassword'],
          };
    case 'database':
      return {
        meaning: l10n.t('There is no database "{0}" on the server.', plainText(target.database)),
        advice: [l10n.t('It may have been dropped or renamed.'), l10n.t('The login itself works.')],
      };
    case 'denied':
      return {
        meaning: l10n.t('The server does not let the user "{0}" in from here.', plainText(target.user)),
        advice: [l10n.t('Its rules (pg_hba) do not allow this user, database or address.')],
      };
    case 'full':
      return {
        meaning: l10n.t('The server takes no more connections: all are in use.'),
        advice: [l10n.t('Close connections that are not needed, or wait until one is free.')],
      };
    case 'starting':
      return { meaning: l10n.t('The server is starting up or shutting down.'), advice: [again()] };
    case 'server':
      return {
        meaning: isLate(step)
          ? l10n.t('The login works, but the server answers a query with an error.')
          : l10n.t('The server answers with an error before anybody is logged in.'),
        advice: [],
      };
    case 'other':
      return {
        meaning: l10n.t('The test of {0} failed for a reason that is not known here.', place),
        advice: [l10n.t('The report names the step.')],
      };
  }
}

function again(): string {
  return l10n.t('Wait a little and test again.');
}

function timedOut(step: StepName, target: DoctorTarget, place: string): Words {
  switch (step) {
    case 'resolve':
      return {
        meaning: l10n.t('The name server of this machine gives no answer about {0}.', plainText(target.host)),
        advice: [l10n.t('Check the network of this machine.')],
      };
    case 'connect':
      return {
        meaning: l10n.t('There is no answer from {0}.', place),
        advice: [l10n.t('Check the network of this machine, and the firewalls and VPNs in between.')],
      };
    case 'encrypt':
    case 'login':
      return {
        meaning: l10n.t('Something accepts connections at {0}, and then says nothing.', place),
        advice: [l10n.t('The server may be overloaded, or a firewall or proxy in between holds everything back.')],
      };
    case 'query':
    case 'version':
    case 'latency':
      return {
        meaning: l10n.t('The login works, but a query gets no answer in time.'),
        advice: [l10n.t('The server may be overloaded.')],
      };
  }
}

/** True for the steps that come after the login. */
function isLate(step: StepName): boolean {
  return step === 'query' || step === 'version' || step === 'latency';
}
