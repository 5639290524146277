// One run whose subject is messages: publish, let faults strike, drain, and leave a run directory; lib/checkers judge what stands in it.

import type { Progress } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { durabilityProfileName } from '../../lib/workload/durability-profile.ts';
import { type RunDirectory, runDirectory } from '../../reports/store/run-directory.ts';
import { readClock, SteadyClock } from '../clock.ts';
import { HistoryWriter } from '../history-writer.ts';
import type { Interrupt } from '../interrupt.ts';
import { k6Version } from '../k6-process.ts';
import { runLoad } from '../load.ts';
import { newRunId } from '../run-id.ts';
import { RunJournal } from '../run-journal.ts';
import { Conductor } from './conductor.ts';
import { drain } from './drain.ts';
import { firstRecord } from './first-record.ts';
import { messagePlan } from './message-plan.ts';
import type { ActUnderFaults, MessageRequest } from './message-request.ts';
import { holdBacklog, type Method, streamThroughFaults } from './method.ts';
import { declareQueues, deleteQueues } from './queues.ts';

/** What a run reads, watches and writes with. */
interface Instruments {
  readonly directory: RunDirectory;
  readonly journal: RunJournal;
  readonly clock: SteadyClock;
  readonly interrupt: Interrupt;
  readonly progress: Progress;
}

/** Runs it and reads everything back. What goes wrong with the broker is evidence; only a broken experiment rejects. */
export async function runMessages(
  request: MessageRequest,
  interrupt: Interrupt,
  progress: Progress,
): Promise<RunDirectory> {
  const k6 = await k6Version(request.tools.k6Binary);
  const versions = { node: process.version, k6, rabbitmq: request.brokerVersion };
  await prepareBroker(request);
  const clock = new SteadyClock();
  const runId = newRunId(durabilityProfileName(request.told.mode), clock.nowMs());
  const directory = runDirectory(request.runsRoot, runId);
  const journal = new RunJournal(directory, firstRecord(request, { runId, clock, versions }));
  const instruments = { directory, journal, clock, interrupt, progress };
  await journal.update({});
  try {
    await load(request, instruments);
    if (!interrupt.stopEverything.aborted) await journal.attempt('drain', () => readQueues(request, instruments));
  } finally {
    await journal.attempt('queues', () => deleteQueues(request.access));
    const interruption = journal.record.interruption ?? interrupt.interruption;
    await journal.update({ endedMs: clock.nowMs(), clocks: [clock.start, readClock()], interruption });
    progress.done();
  }
  return directory;
}

/** A cluster that is not well is not measured, it is said. */
async function prepareBroker({ cluster, access, told }: MessageRequest): Promise<void> {
  const problem = await cluster.problem();
  const hint = 'npx stampede status shows what is there.';
  if (problem !== null) {
    throw new StampedeError(`the cluster is not well before the run: ${problem}`, { exitCode: EXIT.unavailable, hint });
  }
  await declareQueues(access, told.queueType).catch((cause: Error) => {
    const message = `the queues could not be declared: ${cause.message}`;
    throw new StampedeError(message, { exitCode: EXIT.unavailable, hint, cause });
  });
}

/** k6 beside the method. Whatever ends first, faults are healed and k6 is gone before this resolves. */
async function load(request: MessageRequest, instruments: Instruments): Promise<void> {
  const { directory, journal, clock, interrupt, progress } = instruments;
  const conductor = await Conductor.open('trickle');
  const plan = messagePlan(request, journal.record.run, conductor.url);
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, interrupt.stopLoad]);
  const ticker = setInterval(() => progress.status(statusOf(request, conductor)), 1000);
  const limitMs = plan.limitS * 1000;
  const nowMs = (): number => clock.nowMs();
  const running = runLoad({ plan, limitMs, environment: {}, tools: request.tools, directory, interrupt, nowMs });
  const ended = running.finally(() => over.abort());
  // Awaited below, when faults are healed: until then a k6 that could not be started is no stray exception.
  ended.catch(() => undefined);
  try {
    const underWay = { directory, journal, interrupt, progress, nowMs, startedMs: nowMs(), signal };
    await journal.attempt('method', () => request.underFaults(underWay, methodOf(request, conductor, progress)));
  } finally {
    conductor.phase = 'stop';
    const result = await ended.finally(() => {
      clearInterval(ticker);
      conductor.close();
    });
    await journal.update({ load: result.load, generators: [result.exit], interruption: result.interruption });
  }
}

function methodOf({ told, streamMs }: MessageRequest, conductor: Conductor, progress: Progress): ActUnderFaults {
  const say = (text: string): void => progress.say(text);
  return (strike, signal) => {
    const method: Method = { conductor, strike, say, signal };
    return told.mode === 'backlog' ? holdBacklog(method, told.atRiskWanted) : streamThroughFaults(method, streamMs);
  };
}

async function readQueues({ access, cluster }: MessageRequest, instruments: Instruments): Promise<void> {
  const { directory, journal, clock, interrupt, progress } = instruments;
  const { run, suiteVersion, messages } = journal.record;
  const history = new HistoryWriter(directory.finalReads, {
    run,
    generator: 'suite',
    tool: `stampede/${suiteVersion}`,
  });
  const onDelivery = (deliveries: number): void => progress.status(`reading the queues: ${deliveries} messages`);
  try {
    const signal = interrupt.nextStop;
    const drained = await drain({ access, cluster, history, nowMs: () => clock.nowMs(), signal, onDelivery });
    if (messages !== undefined) await journal.update({ messages: { ...messages, drain: drained } });
  } finally {
    history.close();
  }
}

function statusOf({ told }: MessageRequest, conductor: Conductor): string {
  const { acked, delivered } = conductor.totals;
  return `${told.mode}, ${told.fault}: ${conductor.phase} · ${acked} acknowledged · ${delivered} delivered`;
}
