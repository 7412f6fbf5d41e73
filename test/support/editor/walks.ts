import { afterEach, test } from 'node:test';
import { withEvidence } from './evidence.ts';
import type { Stage } from './stage.ts';

/** Milliseconds after which a journey counts as hung, on a machine with other work to do. */
const hung = 240_000;

/**
 * Makes a test of each journey, in this order: one goes on where the one before it ended, and finds no box, no message
 * and no fault of it.
 *
 * @param journeys what they show → how they go
 * @param stage where, once it stands
 */
export function walkAll<S extends Stage>(
  journeys: Readonly<Record<string, (stage: S) => Promise<void>>>,
  stage: () => S,
  timeout = hung,
): void {
  afterEach(async () => {
    const { product, simulator } = stage();
    const { input, notifications } = product.workbench;
    if ((await input.title()) !== '') await input.escape();
    await notifications.clear();
    await simulator.control.clearFaults();
  });

  for (const [name, walk] of Object.entries(journeys)) {
    void test(name, { timeout }, () => withEvidence(stage().product.workbench, walk.name, () => walk(stage())));
  }
}
