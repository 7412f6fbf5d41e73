import * as l10n from '@vscode/l10n';
import { plainText } from '../domain/plainText.ts';
import type { StepTone } from '../domain/windowPorts.ts';
import type { AddressRange } from './addressRange.ts';
import type { Finding, StepName, StepState } from './doctor.ts';
import type { DoctorTarget, Encryption } from './probes.ts';
import type { TroubleKind } from './trouble.ts';

/** `Public address db.example:5432` */
export function addressTitle({ kind, host, port }: Pick<DoctorTarget, 'kind' | 'host' | 'port'>): string {
  const place = placeOf(host, port);
  switch (kind) {
    case 'public':
      return l10n.t('Public address {0}', place);
    case 'private':
      return l10n.t('Private address {0}', place);
    default:
      return l10n.t('Address {0} ({1})', place, plainText(kind));
  }
}

/** `host:port`, an IPv6 address in brackets. */
export function placeOf(host: string, port: number): string {
  return plainText(`${host.includes(':') ? `[${host}]` : host}:${String(port)}`);
}

export function stepTitle(step: StepName): string {
  switch (step) {
    case 'resolve':
      return l10n.t('Name resolution');
    case 'connect':
      return l10n.t('TCP connection');
    case 'encrypt':
      return l10n.t('Encryption (TLS)');
    case 'login':
      return l10n.t('Login');
    case 'query':
      return l10n.t('Query (select 1)');
    case 'version':
      return l10n.t('Server version');
    case 'latency':
      return l10n.t('Latency');
  }
}

/** @param state absent before the step's turn */
export function toneOf(state: StepState | undefined): StepTone {
  if (state === undefined) return 'waiting';
  if (state.kind !== 'passed') return state.kind;
  const { finding } = state;
  const unsafe =
    finding.step === 'encrypt' && (finding.encryption === undefined || finding.encryption.distrust !== undefined);
  return unsafe ? 'noted' : 'passed';
}

/** Where the step stands and what it found: `passed in 12 ms: 10.0.0.4 (private network)`. */
export function stateWords(state: StepState | undefined): string {
  if (state === undefined) return l10n.t('not done yet');
  if (state.kind === 'running') return l10n.t('running…');
  const time = millisecondWords(state.milliseconds);
  if (state.kind === 'passed') {
    const found = findingWords(state.finding);
    return found === undefined ? l10n.t('passed in {0} ms', time) : l10n.t('passed in {0} ms: {1}', time, found);
  }
  const { kind, code } = state.trouble;
  const what = troubleWords(kind);
  return l10n.t('failed after {0} ms: {1}', time, code === undefined ? what : `${what} (${code})`);
}

function findingWords(finding: Finding): string | undefined {
  switch (finding.step) {
    case 'resolve':
      return `${plainText(finding.addresses.join(', '))} (${rangeWords(finding.range)})`;
    case 'encrypt':
      return encryptionWords(finding.encryption);
    case 'version':
      return plainText(finding.version);
    case 'latency':
      return l10n.t('{0} ms a round trip, median of {1}', millisecondWords(finding.median), String(finding.rounds));
    case 'connect':
    case 'login':
    case 'query':
      return undefined;
  }
}

function rangeWords(range: AddressRange): string {
  switch (range) {
    case 'loopback':
      return l10n.t('this machine');
    case 'private':
      return l10n.t('private network');
    case 'public':
      return l10n.t('internet');
  }
}

function encryptionWords(encryption: Encryption | undefined): string {
  if (encryption === undefined) return l10n.t('not offered, so what is sent can be read on the way');
  const { protocol, distrust } = encryption;
  return distrust === undefined
    ? plainText(protocol)
    : l10n.t('{0}, certificate not trusted ({1})', plainText(protocol), plainText(distrust));
}

/** More about what a step found, where there is more. */
export function detailWords(state: StepState | undefined): string | undefined {
  if (state?.kind !== 'passed' || state.finding.step !== 'encrypt') return undefined;
  const { encryption } = state.finding;
  if (encryption === undefined || encryption.validTo === '') return undefined;
  const { subject, issuer, validTo } = encryption;
  return l10n.t('Certificate of {0}, by {1}, valid to {2}', plainText(subject), plainText(issuer), plainText(validTo));
}

function troubleWords(kind: TroubleKind): string {
  switch (kind) {
    case 'unknownName':
      return l10n.t('name not known');
    case 'nameServer':
      return l10n.t('no answer from the name server');
    case 'unreachable':
      return l10n.t('no way there');
    case 'refused':
      return l10n.t('refused');
    case 'timeout':
      return l10n.t('no answer in time');
    case 'closed':
      return l10n.t('cut off');
    case 'garbage':
      return l10n.t('not an answer of PostgreSQL');
    case 'encryption':
      return l10n.t('encryption failed');
    case 'password':
      return l10n.t('wrong password');
    case 'database':
      return l10n.t('no such database');
    case 'denied':
      return l10n.t('not allowed by the server');
    case 'full':
      return l10n.t('too many connections');
    case 'starting':
      return l10n.t('starting or stopping');
    case 'server':
      return l10n.t('error of the server');
    case 'other':
      return l10n.t('unknown reason');
  }
}

/** Short times with one decimal, longer ones without. */
export function millisecondWords(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
}
