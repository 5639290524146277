// One run: a function of (scenario, profile, target, seed) that leaves a run directory; lib/checkers judge what stands in it and nothing else.

import { k6Thresholds } from '../lib/config/k6-thresholds.ts';
import type { LoadPlan } from '../lib/config/load-plan.ts';
import { summarise } from '../lib/config/target-file.ts';
import { FLOWS } from '../lib/flows/index.ts';
import type { Progress } from '../lib/machine/progress.ts';
import type { Bound } from '../lib/model/bound.ts';
import type { ExperimentRun } from '../lib/model/experiment.ts';
import type { Profile } from '../lib/model/profile.ts';
import { RUN_VERSION, type RunRecord } from '../lib/model/run.ts';
import type { Target } from '../lib/model/target.ts';
import { loadHistory } from '../reports/store/load-evidence.ts';
import { type RunDirectory, runDirectory } from '../reports/store/run-directory.ts';
import { appendEffects, type Instruments, readBack } from './aftermath.ts';
import { openBrokerReader } from './broker-reader.ts';
import { readClock, SteadyClock } from './clock.ts';
import type { Interrupt } from './interrupt.ts';
import { k6Version } from './k6-process.ts';
import { knownOrder } from './known-orders.ts';
import { LiveTimeline } from './live-figures.ts';
import { type LoadTools, orderLoadLimitMs, runLoad } from './load.ts';
import { targetEnvironment } from './load-secrets.ts';
import type { LoadUnderWay } from './load-under-way.ts';
import { Observer } from './observer.ts';
import { openOrderReader } from './order-reader.ts';
import { openPlatformStore } from './platform-store.ts';
import { preflight } from './preflight.ts';
import { progressLine } from './progress-line.ts';
import { newRunId } from './run-id.ts';
import { RunJournal } from './run-journal.ts';
import { EventTap } from './tap/event-tap.ts';
import { sayTurnedAway } from './turned-away.ts';
import { watchFirstOrders } from './watch-first-orders.ts';

export interface RunRequest {
  /** Name of the scenario, e.g. `order-ramp`. */
  readonly scenario: string;
  readonly profile: Profile;
  readonly target: Target;
  readonly seed: number;
  /** Directory that holds the run directories. */
  readonly runsRoot: string;
  readonly suiteVersion: string;
  readonly tools: LoadTools;
  readonly bounds: readonly Bound[];
  /** What is done to the target while the load goes on; absent where nothing is broken on purpose. */
  readonly experiment?: ExperimentBeside;
}

export interface ExperimentBeside {
  /** How run.json begins it. */
  readonly record: ExperimentRun;
  /** Must have undone everything when it ends; the orders are read back afterwards. */
  readonly conduct: (load: LoadUnderWay) => Promise<void>;
}

/** The one load generator of a run on this machine. */
const GENERATOR = 'g1';

/** Runs the load and reads everything back. What goes wrong with the target is evidence; only a broken experiment rejects. */
export async function run(request: RunRequest, interrupt: Interrupt, progress: Progress): Promise<RunDirectory> {
  const { target, tools } = request;
  const versions = { node: process.version, k6: await k6Version(tools.k6Binary) };
  const clock = new SteadyClock();
  const nowMs = (): number => clock.nowMs();
  const runId = newRunId(request.profile.name, nowMs());
  const { store, broker, tap } = await openTarget(target, runId, nowMs);
  const { directory, journal } = await begin(request, { runId, clock, versions }).catch(async (cause: unknown) => {
    // What is left open would keep the process.
    await Promise.allSettled([tap?.close(), store?.close(), broker?.close()]);
    throw cause;
  });
  tap?.readInto(directory.events);
  const reader = openOrderReader(FLOWS[target.flow](), target.http);
  const observer = new Observer({ target, store, broker, file: directory.observations, nowMs });
  try {
    await measure(request, { directory, journal, clock, interrupt, progress, reader, store, observer, tap });
  } finally {
    const unseen = await observer.stop();
    const left = await tap?.close();
    await Promise.allSettled([reader.close(), store?.close(), broker?.close()]);
    if (left != null) await journal.addTrouble('tap', left);
    // While the platform is broken on purpose its broker cannot always be asked: gaps are seen by the checkers of what is missing.
    if (unseen !== null && request.experiment === undefined) await journal.addTrouble('observations', unseen);
    await journal.update({
      endedMs: nowMs(),
      clocks: [clock.start, readClock()],
      interruption: journal.record.interruption ?? interrupt.interruption,
    });
    progress.done();
  }
  return directory;
}

/** Makes the run directory with the first run.json in it. */
async function begin(request: RunRequest, beginning: Beginning) {
  const directory = runDirectory(request.runsRoot, beginning.runId);
  const journal = new RunJournal(directory, firstRecord(request, beginning));
  await journal.update({});
  return { directory, journal };
}

/** Everything that reads the target beside its HTTP. StampedeError 64 or 69 when something is not as its file says, and nothing is left open then. */
async function openTarget(target: Target, runId: string, nowMs: () => number) {
  const store = openPlatformStore(target);
  const broker = openBrokerReader(target.broker);
  try {
    await preflight(target, store, broker);
    const tap = target.tap === undefined ? undefined : await EventTap.open(target.tap, runId, { nowMs });
    return { store, broker, tap };
  } catch (error) {
    await Promise.allSettled([store?.close(), broker?.close()]);
    throw error;
  }
}

async function measure(request: RunRequest, instruments: Instruments): Promise<void> {
  const { directory, journal, clock, interrupt, progress, store } = instruments;
  await journal.attempt('totals before the load', async () => {
    if (store !== undefined) await appendEffects(directory, await store.totals('before'));
  });
  const plan = planOf(request, journal.record.run);
  const nowMs = (): number => clock.nowMs();
  const startedMs = nowMs();
  const ticker = showLoad(request.profile, directory.timeline, clock, progress);
  const loadOver = new AbortController();
  const watch = watchFirstOrders(
    () => loadHistory(directory, journal.record),
    (refusal) => interrupt.guard(sayTurnedAway(refusal, journal.record)),
    { signal: loadOver.signal },
  );
  const signal = AbortSignal.any([loadOver.signal, interrupt.stopLoad]);
  const beside = conductBeside(request, { directory, journal, interrupt, progress, nowMs, startedMs, signal });
  try {
    const environment = targetEnvironment(request.target.http);
    const limitMs = orderLoadLimitMs(plan);
    const result = await runLoad({ plan, limitMs, environment, tools: request.tools, directory, interrupt, nowMs });
    await journal.update({ load: result.load, generators: [result.exit], interruption: result.interruption });
  } finally {
    clearInterval(ticker);
    loadOver.abort();
    await watch;
    await beside;
  }
  const { orders } = await loadHistory(directory, journal.record);
  await readBack(Array.from(orders.values(), knownOrder), instruments);
}

/** Never rejects: an experiment that broke is a trouble of the run, and ends its load. */
async function conductBeside({ experiment }: RunRequest, load: LoadUnderWay): Promise<void> {
  if (experiment === undefined) return;
  await load.journal.attempt('experiment', async () => {
    try {
      await experiment.conduct(load);
    } catch (cause) {
      load.interrupt.guard(`the experiment could not go on: ${(cause as Error).message}`, 'gate');
      throw cause;
    }
  });
}

interface Beginning {
  readonly runId: string;
  readonly clock: SteadyClock;
  readonly versions: RunRecord['versions'];
}

function firstRecord(request: RunRequest, { runId, clock, versions }: Beginning): RunRecord {
  return {
    v: RUN_VERSION,
    run: runId,
    suiteVersion: request.suiteVersion,
    scenario: request.scenario,
    profile: request.profile,
    seed: request.seed,
    target: summarise(request.target),
    bounds: request.bounds,
    ...(request.experiment === undefined ? {} : { experiment: request.experiment.record }),
    startedMs: clock.nowMs(),
    endedMs: null,
    load: null,
    settle: null,
    generators: [],
    interruption: null,
    clocks: [clock.start],
    versions,
    troubles: [],
  };
}

function planOf(request: RunRequest, runId: string): LoadPlan {
  return {
    v: 1,
    run: runId,
    generator: GENERATOR,
    seed: request.seed,
    flow: request.target.flow,
    baseUrls: request.target.http.baseUrls,
    ...clientCertificateOf(request.target),
    profile: request.profile,
    thresholds: k6Thresholds(request.bounds, request.profile, request.target.promises),
  };
}

function clientCertificateOf({ http }: Target): Pick<LoadPlan, 'clientCertificate'> {
  const { certFile, keyFile } = http.tls ?? {};
  return certFile === undefined || keyFile === undefined ? {} : { clientCertificate: { certFile, keyFile } };
}

/** Once a second: where the load is, and how the last seconds went. */
function showLoad(profile: Profile, timeline: string, clock: SteadyClock, progress: Progress): NodeJS.Timeout {
  const startedMs = clock.nowMs();
  const live = new LiveTimeline(timeline);
  return setInterval(() => progress.status(progressLine(profile, clock.nowMs() - startedMs, live.look())), 1000);
}
