import * as l10n from '@vscode/l10n';
import { chargeWords } from '../domain/charge.ts';
import type { Explanation } from '../domain/explanation.ts';
import { isOpen, type Instance, type NetworkAddress } from '../domain/instance.ts';
import { findOffering } from '../domain/offerings/offerings.ts';
import type { OperationView } from '../domain/operation.ts';
import { sizeWords } from '../domain/size.ts';
import { statusWords } from '../domain/status.ts';
import { operationWords } from './operationWords.ts';
import { dateWords, elapsedWords } from './timeWords.ts';

/** One thing worth knowing. Label and tail are localized; the value may hold text of the service, as it came. */
export interface Fact {
  /** Stable name within its owner. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/**
 * What is known about an instance, without addresses and tags, most useful first.
 * @param project the name of its project, where it is known
 */
export function instanceFacts(instance: Instance, project?: string): Fact[] {
  const { version, kernelVersion, charset, projectId, vpcId, subnetId, createdAt, createRequestId } = instance;
  const { specCode, cpu, memoryGb, storageGb, storageType, chargeType, deletionProtection } = instance;
  return present([
    fact('id', l10n.t('ID'), instance.id),
    fact('status', l10n.t('Status'), instanceStatusWords(instance.status)),
    fact('kind', l10n.t('Kind of instance'), offeringWords(instance.offering)),
    fact('primary', l10n.t('Read-only replica of'), instance.primaryId),
    fact('class', l10n.t('Class'), joined([specCode, sizeWords({ cpu, memoryGb })])),
    fact('storage', l10n.t('Storage'), joined([sizeWords({ storageGb }), storageType])),
    fact('zone', l10n.t('Region and zone'), joined([instance.region, instance.zone])),
    fact('standbyZone', l10n.t('Zone of the standby'), instance.standbyZone),
    fact('version', l10n.t('Version'), version),
    fact('kernelVersion', l10n.t('Kernel version'), kernelVersion),
    fact('charset', l10n.t('Charset'), charset),
    fact('project', l10n.t('Project'), project ?? (projectId === undefined ? undefined : projectWords(projectId))),
    fact('network', l10n.t('Network'), joined([vpcId, subnetId])),
    fact('charge', l10n.t('Charge type'), chargeType === undefined ? undefined : chargeWords(chargeType)),
    fact('created', l10n.t('Created'), createdAt),
    fact('expires', l10n.t('Expires'), instance.expiresAt),
    fact('isolated', l10n.t('In the recycle bin since'), instance.isolatedAt),
    fact(
      'protection',
      l10n.t('Deletion protection'),
      deletionProtection === undefined ? undefined : deletionProtection ? l10n.t('On') : l10n.t('Off'),
    ),
    fact('requestId', l10n.t('Request ID'), createRequestId),
  ]);
}

/** What is known about an operation, most useful first. */
export function operationFacts(operation: OperationView): Fact[] {
  const { state, startedAt, dueAt, endedAt, taskId } = operation;
  return present([
    fact('state', l10n.t('Status'), operationWords(operation)),
    ...(operation.explanation === undefined ? [] : explanationFacts(operation.explanation)),
    fact('started', l10n.t('Started'), dateWords(startedAt)),
    fact('due', l10n.t('Due'), state === 'scheduled' && dueAt !== undefined ? dateWords(dueAt) : undefined),
    fact('duration', l10n.t('Duration'), endedAt === undefined ? undefined : elapsedWords(endedAt - startedAt)),
    fact('requestId', l10n.t('Request ID'), operation.requestId ?? operation.explanation?.requestId),
    fact('taskId', l10n.t('Task ID'), taskId === undefined ? undefined : String(taskId)),
    fact('orders', l10n.t('Orders'), operation.orders?.join(', ')),
    fact('zone', l10n.t('Region and zone'), joined([operation.region, operation.zone])),
    fact('instanceId', l10n.t('Instance ID'), operation.instanceId),
  ]);
}

/** What a failure means, without its request id. */
export function explanationFacts(explanation: Explanation): Fact[] {
  return present([
    fact('meaning', l10n.t('Meaning'), explanation.meaning),
    fact('cause', l10n.t('Likely cause'), explanation.cause),
    fact('serviceWords', l10n.t('Answer of the service'), explanation.serviceWords),
  ]);
}

/** The status in words, a status we do not know as it came, and never nothing. */
export function instanceStatusWords(status: string): string {
  const words = statusWords(status).trim();
  return words === '' ? l10n.t('No status given') : words;
}

/** A kind of instance by its name; one that this version does not know by its id. */
export function offeringWords(id: string): string {
  return findOffering(id)?.label ?? id;
}

/** `Private address`, `Public address`, or with the service's own word. */
export function addressLabel(address: NetworkAddress): string {
  switch (address.kind.trim().toLowerCase()) {
    case 'private':
      return l10n.t('Private address');
    case 'public':
      return l10n.t('Public address');
    default:
      return l10n.t('Address ({0})', address.kind);
  }
}

/** Where it is, and its state in words: `10.0.0.4:5432 · Open`. A state we do not know is shown as it came. */
export function addressWords(address: NetworkAddress): string {
  return joined([endpoint(address), addressStatusWords(address)]) ?? '';
}

function endpoint({ host, port }: NetworkAddress): string {
  if (host === '') return '';
  const name = host.includes(':') ? `[${host}]` : host;
  return port > 0 ? `${name}:${String(port)}` : name;
}

function addressStatusWords(address: NetworkAddress): string {
  if (isOpen(address)) return l10n.t('Open');
  switch (address.status.trim().toLowerCase()) {
    case 'opened':
    case '1':
      return l10n.t('Open, but without an address yet');
    case 'opening':
      return l10n.t('Opening');
    case 'closing':
      return l10n.t('Closing');
    case 'closed':
    case '0':
      return l10n.t('Closed');
    case 'initing':
      return l10n.t('Not open');
    default:
      return address.status;
  }
}

/** A project by its name where that is known, else by its number. */
export function projectWords(projectId: number, projects?: ReadonlyMap<number, string>): string {
  return projects?.get(projectId) ?? (projectId === 0 ? l10n.t('Default project') : String(projectId));
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const there = parts.filter((part) => part !== undefined && part !== '');
  return there.length === 0 ? undefined : there.join(' · ');
}

function fact(name: string, label: string, value: string | undefined): Fact | undefined {
  return value === undefined || value === '' ? undefined : { name, label, value };
}

function present(facts: readonly (Fact | undefined)[]): Fact[] {
  return facts.filter((one) => one !== undefined);
}
