import type { FormatId } from './connectionFormats.ts';
import { formatIds } from './connectionFormats.ts';
import type { AddressKind } from './connectTarget.ts';
import { isRecord } from './record.ts';

/** How a connection string was last copied. Absent: not asked yet. */
export interface CopyChoice {
  readonly format?: FormatId;
  readonly withPassword?: boolean;
  readonly address?: AddressKind;
}

/** Reads what was kept; a part that is none of ours counts as not asked yet. */
export function readCopyChoice(kept: unknown): CopyChoice {
  if (!isRecord(kept)) return {};
  const format = formatIds.find((id) => id === kept['format']);
  const { withPassword, address } = kept;
  return {
    ...(format === undefined ? {} : { format }),
    ...(typeof withPassword === 'boolean' ? { withPassword } : {}),
    ...(address === 'private' || address === 'public' ? { address } : {}),
  };
}
