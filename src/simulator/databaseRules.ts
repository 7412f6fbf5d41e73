import { ApiError } from './apiError.ts';

/** Words that PostgreSQL takes for no name unless it is quoted. */
const reserved: ReadonlySet<string> = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
    'current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc ' +
    'distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral ' +
    'leading limit localtime localtimestamp not null offset on only or order placing primary references returning ' +
    'select session_user some symmetric system_user table then to trailing true union unique user using variadic ' +
    'when where window with'
  ).split(' '),
);

const nameForm = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** Of an account that CreateAccount is to make. @throws ApiError */
export function checkAccountName(name: string): void {
  const lower = name.toLowerCase();
  if (nameForm.test(name) && !/^(postgres$|pg_|tencentdb_)/.test(lower) && !reserved.has(lower)) return;
  throw new ApiError(
    'InvalidParameterValue.InvalidAccountNameFormatError',
    'Invalid account. Use letters, digits and underscores, start with a letter or an underscore, at most 63 characters; no reserved keyword, not postgres, and not beginning with pg_ or tencentdb_.',
  );
}

/** @throws ApiError */
export function checkDatabaseName(name: string): void {
  const lower = name.toLowerCase();
  if (nameForm.test(name) && lower !== 'postgres' && !/^template[01]$/.test(lower) && !reserved.has(lower)) return;
  throw new ApiError(
    'InvalidParameterValue.InvalidDatabaseNameFormatError',
    'Invalid database name. Use letters, digits and underscores, start with a letter or an underscore, at most 63 characters; no reserved keyword, and not postgres.',
  );
}

/** Special characters of a password of CreateAccount and ResetAccountPassword; CreateInstances has some more. */
const specials = '()`~!@#$%^&*-+=_|{}[]:<>,.?/';

/** Of an account. @param allowed the special characters that it may have @throws ApiError */
export function checkPassword(password: string, allowed = specials): void {
  if (password.length < 8 || password.length > 32) {
    throw new ApiError('InvalidParameterValue.InvalidPasswordLengthError', 'A password has 8 to 32 characters.');
  }
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(password)).length;
  const symbols = Array.from(password.replaceAll(/[A-Za-z0-9]/g, ''));
  const isSpecial = symbols.length > 0 && symbols.every((symbol) => allowed.includes(symbol));
  if (kinds === 3 && isSpecial && !password.startsWith('/')) return;
  throw new ApiError(
    'InvalidParameterValue.InvalidPasswordValueError',
    `Invalid password. It cannot start with "/" and must contain upper-case and lower-case letters, digits and symbols of ${allowed}.`,
  );
}
