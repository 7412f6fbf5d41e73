/**
 * One window of the load test: all that the extension host does for the extension, without an editor around it. Told
 * to start, it refreshes every second, and now and then writes what is its own with a number that counts up; told to
 * stop, it ends as a window does and reports. Arguments: its number, the storage folder, the server's origin.
 */
import { registerHooks } from 'node:module';
import type { Log } from '../../../src/domain/ports.ts';
import type { Operation } from '../../../src/instances/operation.ts';
import { accountStandIn } from './session.ts';
import type { Sample, WindowReport } from './messages.ts';
import { watchStalls } from './stalls.ts';
import { account, instanceId, nameOf, ownedBy, regionOf, regions, zoneOf } from './world.ts';

// What src/tree/treeView.ts imports as the editor's own module.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('editorStandIn.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const [{ openRig }, { createCloud }, { createRefresher }, { createViews }, { createTreeView }, { drawn }, { sleep }] =
  await Promise.all([
    import('../../support/rig.ts'),
    import('../../../src/api/cloud.ts'),
    import('../../../src/instances/refresher.ts'),
    import('../../../src/root/views.ts'),
    import('../../../src/tree/treeView.ts'),
    import('./editorStandIn.ts'),
    import('../../../src/platform/sleep.ts'),
  ]);
const { testCredentials } = await import('../../support/cloudBundle.ts');
const { hasEnded } = await import('../../../src/domain/operation.ts');

const [number = '0', folder = '', endpoint = ''] = process.argv.slice(2);
const window = Number(number);

const warnings: string[] = [];
const silent = (): void => undefined;
const log: Log = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: (message) => void warnings.push(message),
  error: (message) => void warnings.push(message),
};
function background(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    log.error(String(error));
  });
}

const rig = await openRig({
  ...{ folder, endpoint, accountId: account, credentials: testCredentials, createCloud, log },
  origin: Date.now(),
  speed: 1,
  // What is under way stays so for the whole time.
  limit: 86_400_000,
  onFailure: (operation, error) => {
    log.error(`${operation.id}: ${error.message}`);
  },
  cloudOptions: { timeout: () => 60_000 },
});
const { registry, journal, follower, cloud, signal } = rig;
const refresher = createRefresher({
  service: cloud.instances,
  registry,
  offerings: () => ['serverless', 'provisioned'],
  onRetired: silent,
  regions: () => regions,
  explain: cloud.explain,
  signal,
  log,
});

// As src/extension.ts puts it together.
const { session, connections, arrangement, projects } = accountStandIn();
const views = createViews({
  ...{ session, connections, registry, refresher, journal, arrangement, projects, signal },
  management: cloud.management,
  contentsChanged: silent,
  explain: cloud.explain,
  now: Date.now,
});
const onDidChange = (listener: () => void): { dispose(): void } => {
  const all = [registry, journal, refresher].map((one) => one.onDidChange(listener));
  return {
    dispose: () => {
      for (const one of all) one.dispose();
    },
  };
};
const common = { onDidChange, canSelectMany: true, sleep, background };
const trees = [
  createTreeView({ ...common, id: 'instances', load: () => Promise.resolve(views.instances), tells: () => true }),
  createTreeView({ ...common, id: 'activity', load: () => Promise.resolve(views.activity), tells: () => false }),
];
journal.onDidChange(() => {
  if (journal.all().some((one) => !hasEnded(one))) follower.wake();
});

const written: WindowReport['written'] = { instances: {}, operations: {} };
const own = ownedBy(window);
const owned: Operation[] = [];
for (const at of own) {
  const place = { accountId: account, region: regionOf(at), zone: zoneOf(at), name: nameOf(at) };
  // Nobody takes up what became unsettled in a window that goes on.
  const facts = { kind: 'restart', offering: 'provisioned', state: 'unsettled', instanceId: instanceId(at) } as const;
  owned.push((await journal.begin({ ...place, ...facts })).operation);
}

let counted = 0;

/** Writes to the next of the window's own instances and operations. */
async function write(): Promise<void> {
  const one = counted % own.length;
  counted += 1;
  const at = own[one] ?? 0;
  const operation = owned[one];
  const text = `window ${number}, ${String(counted)}`;
  const instance = registry.find(account, instanceId(at));
  if (instance !== undefined) {
    registry.put(account, { ...instance, createRequestId: text });
    written.instances[instance.id] = text;
  }
  if (operation !== undefined) {
    await journal.change(operation, { requestId: text });
    written.operations[operation.id] = text;
  }
}

const samples: Sample[] = [];
const refreshes = { begun: 0, ended: 0 };

async function work(stopped: AbortSignal, warmUp: number, between: number): Promise<WindowReport> {
  const started = performance.now();
  follower.start();
  const stalls = watchStalls();
  const every = (milliseconds: number, act: () => Promise<void>): NodeJS.Timeout =>
    setInterval(() => {
      background(act());
    }, milliseconds);
  const sample = (): Promise<void> => {
    const seconds = (performance.now() - started) / 1_000;
    if (seconds < warmUp) return Promise.resolve();
    stalls.pause();
    globalThis.gc?.();
    const { heapUsed: heap, rss: resident } = process.memoryUsage();
    samples.push({ seconds, heap, resident });
    stalls.resume();
    return Promise.resolve();
  };
  const timers = [
    every(1_000, async () => {
      refreshes.begun += 1;
      await refresher.refresh(account);
      refreshes.ended += 1;
    }),
    every(2_000, write),
    every(between * 1_000, sample),
  ];
  await new Promise((resolve) => {
    stopped.addEventListener('abort', resolve);
  });
  for (const timer of timers) clearInterval(timer);
  await sample();
  const delays = stalls.read();
  stalls.pause();
  await write();
  const { user, system } = process.cpuUsage();
  return {
    kind: 'report',
    ...{ window, samples, stalls: delays, refreshes, drawn, written },
    processor: (user + system) / 1e6,
    warnings: [...new Set(warnings)].slice(0, 20),
  };
}

const stop = new AbortController();
process.on('message', (message: unknown) => {
  if (message === 'stop') stop.abort();
  else if (typeof message === 'object' && message !== null && 'warmUp' in message && 'between' in message) {
    background(
      work(stop.signal, Number(message.warmUp), Number(message.between)).then(async (report) => {
        for (const tree of trees) tree.dispose();
        await rig.close();
        process.send?.(report, () => {
          process.exit();
        });
      }),
    );
  }
});
process.once('disconnect', () => process.exit());
process.send?.({ kind: 'ready' });
