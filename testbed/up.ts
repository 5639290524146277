// `stampede up`: starts a testbed, or says that it is there already.

import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Progress, SILENT, step } from '../lib/machine/progress.ts';
import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { failedToStart, Waiting } from './await-ready.ts';
import { requireBinaries, thisMachine } from './binaries.ts';
import { type BrokerSeries, isOfSeries } from './broker/broker-series.ts';
import { cleanUp, remainsOf } from './clean-up.ts';
import { parseDefects } from './defect-options.ts';
import { type GameDayGround, refuseWithoutGround } from './game-day-ground.ts';
import { type Instance, instanceOf } from './instance.ts';
import { withInstanceLock } from './lock.ts';
import { chooseIsolation } from './network/isolation.ts';
import { defectNames } from './order-system/defects.ts';
import { type DefectSettings, type Plan, readPlan } from './plan.ts';
import { isAlive } from './processes/process-identity.ts';
import { startTestbed } from './start-testbed.ts';
import { statusOf, type TestbedStatus } from './status.ts';
import { readState } from './supervisor/process-state.ts';

const DEADLINE_MS = 120_000;

export interface UpOptions {
  /** Name of the instance; the clone's own when absent. */
  readonly instance?: string;
  /** All on the loopback device, also as root: no partition faults then. */
  readonly loopback?: boolean;
  /** Planted defects of the order system, `name` or `name=share`. */
  readonly defects?: readonly string[];
  /** What faults need to be in place before: a proxy in every connection of the services, a small disk. Absent: none, unless it stands already. */
  readonly gameDay?: GameDayGround;
  /** Which RabbitMQ; the machine's own when absent. One that the machine does not have must have been fetched. */
  readonly rabbitmq?: BrokerSeries | undefined;
  /** How long it may take until all is ready; 120 s when absent. */
  readonly deadlineMs?: number;
  /** Shows a waiting person each step; silent when absent. */
  readonly progress?: Progress;
  /** Aborted when the person does not want it any more: what was started is removed and the promise rejects. */
  readonly signal?: AbortSignal;
}

export interface UpResult {
  /** True when it was there, complete and ready, before. */
  readonly alreadyUp: boolean;
  readonly status: TestbedStatus;
}

/** Throws a StampedeError (64) for options that `up` would refuse, before anything is prepared for it. */
export function refuseWrongOptions({ instance, defects = [] }: Pick<UpOptions, 'instance' | 'defects'>): void {
  instanceOf(instance);
  parseDefects(defects, defectNames);
}

/**
 * Resolves when every process is ready and the target file is written. Half-made or orphaned remains of the instance are removed first.
 * Throws a StampedeError: 64 for wrong options, 69 when it cannot come up (it is then removed again), 6 when aborted.
 */
export async function up(options: UpOptions = {}): Promise<UpResult> {
  const instance = instanceOf(options.instance);
  const defects = parseDefects(options.defects ?? [], defectNames);
  const progress = options.progress ?? SILENT;
  const onWait = () => progress.say('somebody else starts or ends this testbed just now; waiting for them');
  return withInstanceLock(instance, { signal: options.signal, onWait }, async () => {
    const standing = standingPlan(instance);
    if (standing !== null) return { alreadyUp: true, status: await confirm(instance, standing, options, defects) };
    const binaries = requireBinaries(thisMachine(), options.rabbitmq);
    if (remainsOf(instance).length > 0)
      await step(progress, 'removed what an earlier testbed had left', () => cleanUp(instance));
    const settings = {
      instance,
      binaries,
      defects,
      isolation: chooseIsolation(options.loopback ?? false),
      ...(options.gameDay !== undefined && { gameDay: options.gameDay }),
    };
    const plan = await startOrRemove(instance, options, (signal, waiting) =>
      startTestbed({ ...settings, progress, signal, waiting }),
    );
    return { alreadyUp: false, status: await statusOf(instance, plan) };
  });
}

/** The plan of a testbed that was completed and is still supervised; null otherwise. */
function standingPlan(instance: Instance): Plan | null {
  const state = readState(instance.stateFile);
  const supervised = state !== null && isAlive(state.supervisor);
  return supervised && existsSync(instance.targetFile) ? readPlan(instance) : null;
}

/** Whether what is up is what was asked for: a run against other defects than intended would prove nothing. */
async function confirm(
  instance: Instance,
  plan: Plan,
  options: UpOptions,
  defects: DefectSettings,
): Promise<TestbedStatus> {
  if (
    !isDeepStrictEqual(plan.defects, defects) ||
    (options.loopback && plan.mode !== 'loopback') ||
    !isWanted(plan, options)
  ) {
    throw new StampedeError(`testbed ${instance.name} is up with other options`, {
      exitCode: EXIT.usage,
      hint: `End it first: ${typed('down', instance.name)}`,
    });
  }
  if (options.gameDay?.isNeeded) refuseWithoutGround(instance.name, plan.processes);
  const status = await statusOf(instance, plan);
  const broken = status.processes.find((each) => !each.ready);
  if (broken === undefined) return status;
  throw new StampedeError(`testbed ${instance.name} is up, but ${broken.name} is not ready: ${broken.problem}`, {
    exitCode: EXIT.unavailable,
    hint: [
      `See ${typed(`logs ${broken.name}`, instance.name)}`,
      `Was it left so by an experiment? ${typed('chaos sweep', instance.name)}`,
      `Or start anew: ${typed('down', instance.name)}, then ${typed('up', instance.name)}`,
    ].join('\n'),
  });
}

function isWanted({ versions }: Plan, { rabbitmq }: UpOptions): boolean {
  return rabbitmq === undefined || isOfSeries(versions.rabbitmq, rabbitmq);
}

/** Starts within the deadline; whatever goes wrong, nothing is left. */
async function startOrRemove(
  instance: Instance,
  options: UpOptions,
  start: (signal: AbortSignal, waiting: Waiting) => Promise<Plan>,
): Promise<Plan> {
  const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS);
  const signal = AbortSignal.any([deadline, ...(options.signal ? [options.signal] : [])]);
  const waiting = new Waiting();
  try {
    return await start(signal, waiting);
  } catch (error) {
    const explained = explain(error, { instance, waiting, deadline, wanted: options.signal });
    await cleanUp(instance);
    throw explained;
  }
}

interface Circumstances {
  readonly instance: Instance;
  readonly waiting: Waiting;
  readonly deadline: AbortSignal;
  readonly wanted: AbortSignal | undefined;
}

/** The error for the person: their own wish to stop, the process that was not ready in time, or what was thrown. */
function explain(error: unknown, { instance, waiting, deadline, wanted }: Circumstances): unknown {
  if (wanted?.aborted) {
    return new StampedeError('stopped; everything that was started has been removed', { exitCode: EXIT.stopped });
  }
  if (error instanceof StampedeError || !deadline.aborted) return error;
  const [process = 'the testbed', problem = 'it is not known why'] = waiting.first ?? [];
  return failedToStart(instance, process, `time is up; ${problem}`, error);
}
