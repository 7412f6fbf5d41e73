import { calls } from './calls.ts';
import { disk } from './disk.ts';
import { files } from './files.ts';
import type { Part } from './part.ts';

/** What is tortured, in this order. A further part is a line here. */
export const parts: readonly Part[] = [calls, disk, files];
