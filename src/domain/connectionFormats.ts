import * as l10n from '@vscode/l10n';
import { hostOf, percent, uriOf } from './connectionUri.ts';
import type { ConnectTarget } from './connectTarget.ts';
import { escapeInvisible, hasInvisible } from './invisible.ts';
import { Secret } from './secret.ts';

export const formatIds = ['uri', 'libpq', 'env', 'jdbc', 'psql', 'node', 'prisma', 'sqlalchemy', 'pgx'] as const;

export type FormatId = (typeof formatIds)[number];

/** The variable that frameworks look for. */
export const usualVariable = 'DATABASE_URL';

/** A form in which people paste where and how to connect. */
export interface ConnectionFormat {
  readonly id: FormatId;
  readonly label: string;
  /** False: the password is never in it. */
  readonly holdsPassword: boolean;
  /** A secret when the password is in it, else plain text. */
  write(target: ConnectTarget, withPassword: boolean): Secret | string;
}

/** Every form, in the order in which they are offered. */
export function connectionFormats(): readonly ConnectionFormat[] {
  return formatIds.map(formatOf);
}

/** The form of that name. */
export function formatOf(id: FormatId): ConnectionFormat {
  return {
    id,
    label: labelOf(id),
    holdsPassword: id !== 'psql',
    write: (target, withPassword) =>
      withPassword && id !== 'psql'
        ? new Secret(textOf(id, target, target.password.reveal()))
        : textOf(id, target, undefined),
  };
}

function labelOf(id: FormatId): string {
  switch (id) {
    case 'uri':
      return 'URI';
    case 'libpq':
      return l10n.t('libpq keywords');
    case 'env':
      return l10n.t('.env line');
    case 'jdbc':
      return 'JDBC';
    case 'psql':
      return l10n.t('psql command');
    case 'node':
      return 'Node.js pg';
    case 'prisma':
      return 'Prisma';
    case 'sqlalchemy':
      return 'SQLAlchemy';
    case 'pgx':
      return 'Go pgx';
  }
}

function textOf(id: FormatId, target: ConnectTarget, password: string | undefined): string {
  const { host, port, user, database } = target;
  const secret = password === undefined ? {} : { password };
  const uri = (scheme: string, more: { unusualDatabaseInQuery?: boolean; query?: Record<string, string> } = {}) =>
    uriOf(target, { scheme, ...secret, ...more });
  switch (id) {
    case 'uri':
      return uri('postgresql');
    case 'libpq': {
      const values = { host, port: String(port), user, ...secret, dbname: database };
      // A line break would be the end of a command where the text is pasted. libpq takes a URI in the same places.
      if (Object.values(values).some(hasInvisible)) return uri('postgresql');
      return Object.entries(values)
        .map(([keyword, value]) => `${keyword}=${keywordValue(value)}`)
        .join(' ');
    }
    // Needs no quotes for any reader: docker's --env-file would take them for a part of the value.
    case 'env':
      return `${usualVariable}=${uri('postgresql')}`;
    case 'jdbc': {
      const fields = Object.entries({ user, ...secret }).map(([key, value]) => `${key}=${percent(value)}`);
      return `jdbc:postgresql://${hostOf(target)}:${String(port)}/${percent(database)}?${fields.join('&')}`;
    }
    // A command line is seen by every process of the machine and stays in the history, so psql asks for the password.
    case 'psql':
      return `psql "${uri('postgresql')}"`;
    case 'node':
      return JSON.stringify({ host, port, user, ...secret, database }, undefined, 2)
        .split('\n')
        .map(escapeInvisible)
        .join('\n');
    // `schema` is Prisma's own; without it Prisma means `public` too, but its documents and errors speak of it.
    case 'prisma':
      return `${usualVariable}=${uri('postgresql', { query: { schema: 'public' } })}`;
    // SQLAlchemy 2.0 takes the path as it stands, escapes included; pgx drops slashes at its beginning.
    case 'sqlalchemy':
      return uri('postgresql+psycopg', { unusualDatabaseInQuery: true });
    case 'pgx':
      return `pgx.Connect(ctx, "${uri('postgresql', { unusualDatabaseInQuery: true })}")`;
  }
}

/** A value of a keyword string: quoted where it is empty or holds spaces or quotes (PostgreSQL documentation, 34.1.1.1). */
function keywordValue(value: string): string {
  return /^[^\s'\\]+$/.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}
