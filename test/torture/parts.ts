import { calls } from './calls.ts';
import { crashes } from './crashes.ts';
import { disk } from './disk.ts';
import { files } from './files.ts';
import type { Part } from './part.ts';

/** Those whose samples are tests of this folder. */
export const sampled: readonly Part[] = [calls, disk, files];

/** What is tortured, in this order. */
export const parts: readonly Part[] = [...sampled, crashes];
