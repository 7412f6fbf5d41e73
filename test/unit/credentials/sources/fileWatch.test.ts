import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { watchFiles } from '../../../../src/credentials/sources/fileWatch.ts';
import { CancelledError } from '../../../../src/domain/errors.ts';
import type { Sleep } from '../../../../src/domain/ports.ts';

const patient = { timeout: 20_000 };

interface Scene extends AsyncDisposable {
  readonly folder: string;
  /** Does it, and resolves when a change was told after it began. */
  seen(act: () => unknown): Promise<void>;
}

/** Waits for nothing, but lets the events that are under way arrive first. */
const soon: Sleep = (_milliseconds, signal) =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      if (signal.aborted) reject(new CancelledError());
      else resolve();
    });
  });

/** A watch that tells when a file was written; what it has heard, others of the folder have heard before. */
function createWitness(folder: string): { settled: () => Promise<void>; dispose: () => void } {
  const path = join(folder, 'last');
  let heard = (): void => undefined;
  const watching = watchFiles(
    [path],
    () => {
      heard();
    },
    { sleep: soon },
  );
  return {
    async settled() {
      const arrived = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await writeFile(path, '');
      await arrived;
    },
    dispose: watching.dispose,
  };
}

/** @param layOut makes what is there before the watch begins, and gives the paths to watch */
async function scene(layOut: (folder: string) => Promise<string[]> | string[]): Promise<Scene> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'watch-')));
  const paths = await layOut(folder);
  let tell = (): void => undefined;
  const watching = watchFiles(
    paths,
    () => {
      tell();
    },
    { sleep: soon },
  );
  const witness = createWitness(folder);
  return {
    folder,
    async seen(act) {
      // What the act before has set off is over.
      await witness.settled();
      const told = new Promise<void>((resolve) => {
        tell = resolve;
      });
      await act();
      await told;
    },
    async [Symbol.asyncDispose]() {
      watching.dispose();
      witness.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

test('a file that is written, replaced and removed is told each time', patient, async () => {
  await using it = await scene((folder) => [join(folder, 'keys')]);
  const path = join(it.folder, 'keys');
  await it.seen(() => writeFile(path, '1'));
  await writeFile(`${path}.new`, '2');
  await it.seen(() => rename(`${path}.new`, path));
  await it.seen(() => rm(path));
});

test('a file whose folders come later is told, and then followed there', patient, async () => {
  await using it = await scene((folder) => [join(folder, 'a', 'b', 'keys')]);
  const path = join(it.folder, 'a', 'b', 'keys');
  await it.seen(() => mkdir(join(it.folder, 'a')));
  await it.seen(() => mkdir(join(it.folder, 'a', 'b')));
  await it.seen(() => writeFile(path, '1'));
  await it.seen(() => writeFile(path, '2'));
});

test('a folder that is removed and made again is followed', patient, async () => {
  await using it = await scene(async (folder) => {
    await mkdir(join(folder, 'a'));
    return [join(folder, 'a', 'keys')];
  });
  const folder = join(it.folder, 'a');
  await it.seen(() => writeFile(join(folder, 'keys'), '1'));
  await it.seen(() => rm(folder, { recursive: true }));
  await it.seen(() => mkdir(folder));
  await it.seen(() => writeFile(join(folder, 'keys'), '2'));
});

test('a folder that is replaced before anybody could look is followed', patient, async () => {
  await using it = await scene(async (folder) => {
    await mkdir(join(folder, 'a'));
    return [join(folder, 'a', 'keys')];
  });
  const folder = join(it.folder, 'a');
  await it.seen(() => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });
  await it.seen(() => writeFile(join(folder, 'keys'), '1'));
});

test('a folder that another takes the place of is followed', patient, async () => {
  await using it = await scene(async (folder) => {
    await mkdir(join(folder, 'a'));
    await mkdir(join(folder, 'b'));
    return [join(folder, 'a', 'keys')];
  });
  const folder = join(it.folder, 'a');
  await it.seen(() => rename(folder, join(it.folder, 'old')));
  await it.seen(() => rename(join(it.folder, 'b'), folder));
  await it.seen(() => writeFile(join(folder, 'keys'), '1'));
});

test('a link is followed to where it leads', { ...patient, skip: process.platform === 'win32' }, async () => {
  await using it = await scene(async (folder) => {
    await mkdir(join(folder, 'home'));
    await mkdir(join(folder, 'store'));
    await writeFile(join(folder, 'store', 'keys'), '1');
    await symlink(join(folder, 'store', 'keys'), join(folder, 'home', 'keys'));
    return [join(folder, 'home', 'keys')];
  });
  await it.seen(() => writeFile(join(it.folder, 'store', 'keys'), '2'));
});

test('several files are watched at once', patient, async () => {
  await using it = await scene(async (folder) => {
    await mkdir(join(folder, 'below'));
    return [join(folder, 'one'), join(folder, 'below', 'two')];
  });
  await it.seen(() => writeFile(join(it.folder, 'below', 'two'), '1'));
  await it.seen(() => writeFile(join(it.folder, 'one'), '1'));
});

test('changes that follow closely are told once, and other files not at all', patient, async () => {
  const waits: (() => void)[] = [];
  const asked: number[] = [];
  const held: Sleep = (milliseconds) => {
    asked.push(milliseconds);
    return new Promise((resolve) => waits.push(resolve));
  };
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  let told = 0;
  const watching = watchFiles(
    [join(folder, 'keys')],
    () => {
      told += 1;
    },
    { sleep: held },
  );
  const witness = createWitness(folder);
  try {
    await writeFile(join(folder, 'other'), '1');
    await witness.settled();
    assert.equal(waits.length, 0);
    for (const text of ['1', '2', '3']) await writeFile(join(folder, 'keys'), text);
    await witness.settled();
    assert.equal(waits.length, 1);
    assert.ok((asked[0] ?? 0) > 0);
    assert.equal(told, 0);
    waits[0]?.();
    await new Promise(setImmediate);
    assert.equal(told, 1);
  } finally {
    watching.dispose();
    witness.dispose();
    await rm(folder, { recursive: true });
  }
});

test('nothing is told after the end, not even what was under way', patient, async () => {
  let told = 0;
  let ended = false;
  let begun = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const untilAborted: Sleep = (_milliseconds, signal) => {
    begun();
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ended = true;
        reject(new CancelledError());
      });
    });
  };
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  const onChange = (): void => {
    told += 1;
  };
  const watching = watchFiles([join(folder, 'keys')], onChange, { sleep: untilAborted });
  try {
    await writeFile(join(folder, 'keys'), '1');
    await waiting;
    watching.dispose();
    await new Promise(setImmediate);
    assert.deepEqual([told, ended], [0, true]);
  } finally {
    watching.dispose();
    await rm(folder, { recursive: true });
  }
});
