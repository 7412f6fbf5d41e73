import type { Workbench } from './workbench.ts';

/** Does something in a window; when that fails, keeps a picture of the window and says what a person saw in it. */
export async function withEvidence<T>(workbench: Workbench, name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const seen = await witness(workbench, name).catch((reason: unknown) => `nothing, as ${String(reason)}`);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIn the window: ${seen}`, {
      cause: error,
    });
  }
}

async function witness(workbench: Workbench, name: string): Promise<string> {
  const paths = await workbench.screenshot(`failed-${name}`);
  return `${await workbench.describe()}\nPictures: ${paths.join(', ')}`;
}
