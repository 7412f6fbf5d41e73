import * as l10n from '@vscode/l10n';
import { chargeWords } from './charge.ts';
import type { Instance, InstanceAccess, NetworkAddress } from './instance.ts';
import { isOpen } from './instance.ts';
import { escapeInvisible } from './invisible.ts';
import { findOffering } from './offerings/offerings.ts';
import { plainText } from './plainText.ts';
import { statusWords } from './status.ts';

/** What is written about an instance. */
export interface InstanceFacts {
  readonly instance: Instance;
  /** Absent when the service could not be asked. No password of it is written. */
  readonly access?: Pick<InstanceAccess, 'accounts' | 'databases'>;
}

/** What only the document with comments says. */
export interface DocumentNotes {
  /** What the account is called; empty for nothing to add to its number. */
  readonly account: string;
  /** The name of its project, where it is known. */
  readonly project?: string;
  /** True when a password was set in this editor that is used instead of the service's. */
  readonly passwordKept: boolean;
  /** Why the service could not be asked, in words; then this is what was known last. */
  readonly problem?: string;
}

/** The instance as JSON, two spaces deep. A password reads `***`. */
export function instanceJson(facts: InstanceFacts): string {
  return `${written(objectOf(fieldsOf(facts, undefined)), '')}\n`;
}

/** The same as JSON with comments: what the fields mean and in which unit they are. */
export function instanceDocument(facts: InstanceFacts, notes: DocumentNotes): string {
  const head = [
    ...(notes.problem === undefined
      ? []
      : [l10n.t('This is what was known last; the service could not be asked: {0}', plainText(notes.problem))]),
    l10n.t('Read-only. The command "Refresh Details" in the title of this editor reads it anew.'),
  ];
  return [...comments(head, ''), written(objectOf(fieldsOf(facts, notes)), ''), ''].join('\n');
}

interface Field {
  readonly key: string;
  readonly value: Value;
  readonly comment: string;
}

type Value = { readonly plain: unknown } | { readonly fields: readonly Field[] } | { readonly items: readonly Value[] };

function plain(value: unknown): Value {
  return { plain: value };
}

function objectOf(fields: readonly Field[]): Value {
  return { fields };
}

function fieldsOf({ instance, access }: InstanceFacts, notes: DocumentNotes | undefined): Field[] {
  const say = (words: () => string): string => (notes === undefined ? '' : words());
  const field: FieldOf = (key, value, comment = () => '') =>
    value === undefined ? [] : [{ key, value: plain(value), comment: say(comment) }];
  return [
    ...field('id', instance.id, () => l10n.t('The number of the instance; it never changes.')),
    ...field('name', instance.name),
    ...field('offering', instance.offering, () => findOffering(instance.offering)?.label ?? ''),
    ...field('accountId', instance.accountId, () => plainText(notes?.account ?? '')),
    ...field('status', instance.status, () => l10n.t('In words: {0}', plainText(statusWords(instance.status)))),
    ...field('region', instance.region),
    ...field('zone', instance.zone, () => l10n.t('Availability zone, within the region.')),
    ...rentalFields(instance, field),
    ...field('version', instance.version, () => l10n.t('Version of PostgreSQL.')),
    ...field('kernelVersion', instance.kernelVersion, () => l10n.t('Version of the kernel, as the service counts it.')),
    ...field('charset', instance.charset),
    ...field('projectId', instance.projectId, () => projectComment(instance, notes)),
    ...field('vpcId', instance.vpcId, () => l10n.t('The private network that the private address lies in.')),
    ...field('subnetId', instance.subnetId),
    ...field('createdAt', instance.createdAt, () => l10n.t('As the service wrote it; it names no time zone.')),
    ...field('createRequestId', instance.createRequestId, () =>
      l10n.t('The request that created it, sent from here; support asks for it.'),
    ),
    {
      key: 'addresses',
      value: { items: instance.addresses.map((address) => addressValue(address, say)) },
      comment: say(() => l10n.t('A private address can be reached inside its VPC only. Port 0: none yet.')),
    },
    ...(access === undefined ? [] : accessFields(access, say, notes?.passwordKept === true)),
    {
      key: 'tags',
      value: {
        items: instance.tags.map(({ key, value }) => objectOf([...field('key', key), ...field('value', value)])),
      },
      comment: say(() => l10n.t('Given at creation; they cannot be changed here.')),
    },
  ];
}

/** What there is of kinds of instance that have a class. */
function rentalFields(instance: Instance, field: FieldOf): Field[] {
  const { chargeType } = instance;
  return [
    ...field('standbyZone', instance.standbyZone, () => l10n.t('Availability zone of the standby.')),
    ...field('role', instance.role),
    ...field('primaryId', instance.primaryId, () => l10n.t('The instance that this read-only replica follows.')),
    ...field('specCode', instance.specCode, () => l10n.t('Class.')),
    ...field('cpu', instance.cpu, () => l10n.t('Cores.')),
    ...field('memoryGb', instance.memoryGb, () => l10n.t('Gigabytes.')),
    ...field('storageGb', instance.storageGb, () => l10n.t('Gigabytes.')),
    ...field('storageType', instance.storageType),
    ...field('chargeType', chargeType, () =>
      l10n.t('In words: {0}', plainText(chargeType === undefined ? '' : chargeWords(chargeType))),
    ),
    ...field('expiresAt', instance.expiresAt, () => l10n.t('When what was paid beforehand ends.')),
    ...field('isolatedAt', instance.isolatedAt, () => l10n.t('When it went to the recycle bin.')),
    ...field('deletionProtection', instance.deletionProtection, () =>
      l10n.t('While it is on, the service refuses to delete the instance.'),
    ),
    ...field('supportsIpv6', instance.supportsIpv6),
  ];
}

type FieldOf = (key: string, value: unknown, comment?: () => string) => Field[];

type Say = (words: () => string) => string;

function addressValue(address: NetworkAddress, say: Say): Value {
  const { kind, host, port, status } = address;
  return objectOf([
    { key: 'kind', value: plain(kind), comment: '' },
    { key: 'host', value: plain(host), comment: '' },
    { key: 'port', value: plain(port), comment: '' },
    {
      key: 'status',
      value: plain(status),
      comment: say(() =>
        isOpen(address) ? l10n.t('The address can be connected to.') : l10n.t('The address is not open.'),
      ),
    },
  ]);
}

function accessFields(
  { accounts, databases }: Pick<InstanceAccess, 'accounts' | 'databases'>,
  say: Say,
  passwordKept: boolean,
): Field[] {
  const password = say(() =>
    passwordKept
      ? l10n.t('Not shown. To connect, the password that you set in this editor is used.')
      : l10n.t('Not shown. Commands that copy a connection string or connect ask the service for it.'),
  );
  const untold = say(() => l10n.t('The service does not tell the password of this account.'));
  return [
    {
      key: 'accounts',
      value: {
        items: accounts.map((account) =>
          objectOf([
            {
              key: 'user',
              value: plain(account.user),
              comment: account.password === undefined ? untold : '',
            },
            ...(account.password === undefined ? [] : [{ key: 'password', value: plain('***'), comment: password }]),
          ]),
        ),
      },
      comment: say(() => l10n.t('Accounts of the database, not of Tencent Cloud.')),
    },
    { key: 'databases', value: { items: databases.map(plain) }, comment: '' },
  ];
}

function projectComment({ projectId }: Instance, notes: DocumentNotes | undefined): string {
  if (notes?.project !== undefined) return plainText(notes.project);
  return projectId === 0 ? l10n.t('Default project') : '';
}

function written(value: Value, indent: string): string {
  const deeper = `${indent}  `;
  if ('plain' in value) return quoted(value.plain);
  if ('items' in value) {
    if (value.items.length === 0) return '[]';
    return `[\n${value.items.map((item) => `${deeper}${written(item, deeper)}`).join(',\n')}\n${indent}]`;
  }
  const lines = value.fields.map(({ key, value: own, comment }, index) => {
    const comma = index === value.fields.length - 1 ? '' : ',';
    const above = comment === '' ? [] : comments([comment], deeper);
    return [...above, `${deeper}${quoted(key)}: ${written(own, deeper)}${comma}`].join('\n');
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function comments(texts: readonly string[], indent: string): string[] {
  return texts.map((text) => `${indent}// ${text}`);
}

/** JSON, with what a person would not see written as an escape: a text of the service must not reorder a line. */
function quoted(value: unknown): string {
  return escapeInvisible(JSON.stringify(value));
}
