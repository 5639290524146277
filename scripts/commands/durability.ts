// `stampede durability`: follows every message through the faults of a RabbitMQ cluster, judges, reports, and exits with the verdict.

import { type Command, Option } from 'commander';
import { messageFaults } from '../../chaos/engine/message-faults.ts';
import { sweep } from '../../chaos/engine/sweep.ts';
import { embeddedScene } from '../../chaos/targets/embedded-scene.ts';
import type { Bound } from '../../lib/model/bound.ts';
import { FAULT_NAMES, type FaultName, MODES, type Mode, QUEUE_TYPES, type QueueType } from '../../lib/model/message.ts';
import { DURABILITY_PROFILES } from '../../lib/workload/durability-profile.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import type { RunDirectory } from '../../reports/store/run-directory.ts';
import { runMessages } from '../../runner/durability/run-messages.ts';
import {
  BrokerControl,
  type BrokerSeries,
  brokerAccess,
  instanceOf,
  refuseWrongOptions,
} from '../../testbed/testbed.ts';
import { bounds } from '../../thresholds.ts';
import { bundleOf } from '../setup/bundle-scenario.ts';
import { prepare } from '../setup/prepare.ts';
import { suiteVersion } from '../suite-version.ts';
import { withEmbeddedTarget } from './embedded-target.ts';
import { atLeastOne, positive } from './option-values.ts';
import { rabbitmqOption } from './rabbitmq-option.ts';
import { report } from './report.ts';
import { sweepStanding } from './sweep-standing.ts';
import { withTargetLock } from './target-lock.ts';
import { type Context, withInterrupt } from './with-interrupt.ts';

const SCENARIO = 'message-durability';
const HELD_MESSAGES = 30_000;
/** None lost of so many shows 99 %, at 95 % confidence. A few minutes have a hundred times as many. */
const STREAMED_MESSAGES = 300;
const STREAM_MINUTES = 3;
const MS_PER_MINUTE = 60_000;

export interface DurabilityOptions {
  readonly mode: Mode;
  readonly fault: FaultName;
  readonly messages?: number;
  readonly minutes?: number;
  readonly queueType: QueueType;
  readonly confirms: boolean;
  readonly instance?: string;
  readonly rabbitmq?: BrokerSeries;
  readonly runs: string;
  readonly keep?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('durability')
    .description('publish messages to the embedded RabbitMQ cluster, break its nodes, and follow every message id')
    .addOption(new Option('--mode <name>', 'see below').choices(MODES).default('backlog'))
    .addOption(new Option('--fault <name>', 'see below').choices(FAULT_NAMES).default('leader-kill'))
    .option(
      '--messages <number>',
      `at risk at least; backlog: held before the fault (${HELD_MESSAGES}); streaming: ${STREAMED_MESSAGES}`,
      atLeastOne,
    )
    .option('--minutes <number>', `streaming: for how long (${STREAM_MINUTES})`, positive)
    .addOption(new Option('--queue-type <type>', 'see below').choices(QUEUE_TYPES).default('quorum'))
    .option('--without-confirms', 'plant a defect: the publisher takes what it has sent for acknowledged')
    .option('--runs <folder>', 'where run directories are made', 'runs')
    .option('--instance <name>', 'which testbed')
    .addOption(rabbitmqOption())
    .option('--keep', 'leave the testbed up afterwards');
  command
    .addHelpText('after', HELP)
    .action(({ withoutConfirms, ...options }) => durability({ ...options, confirms: withoutConfirms !== true }));
}

const HELP = `
Modes:
  backlog    hold messages without a consumer, then one fault while publishing goes on slowly, then drain
  streaming  publishers and consumers run while the fault comes again and again with rests, then drain

Faults, by the role that the nodes have for the queue:
  leader-kill, follower-kill, majority-kill   kill -9 of one or two nodes at once
  rolling-restart                             one node after the other, each when all is well again
  cluster-restart                             all three at once, properly
  none                                        shows conservation only

Queue types: quorum; as planted defects classic (on one node, not durable) and classic-durable

Exit codes: 0 pass · 2 lost, duplicated without explanation, or unexpected · 5 inconclusive · 6 stopped by hand
            7 a fault may still be active · 64 wrong usage · 69 testbed or tool not available · 70 a defect of the suite`;

async function durability(options: DurabilityOptions): Promise<void> {
  const { instance, rabbitmq, keep = false } = options;
  const embedded = { ...(instance === undefined ? {} : { instance }), rabbitmq, defects: [], keep };
  refuseWrongOptions(embedded);
  makeFolder(options.runs);
  const { k6 } = await prepare({ needs: ['k6', 'rabbitmq', 'postgresql'], rabbitmq });
  await withTargetLock(instanceOf(instance), () =>
    withInterrupt(async (context) => {
      await sweepStanding(instance, context);
      await withEmbeddedTarget(embedded, context, async (target) => {
        await report(await withTargetLock(target, () => follow(options, { ...context, k6 })));
      });
    }),
  );
}

interface Tools extends Context {
  readonly k6: string;
}

/** One run on a testbed that is up. Rejects (7) when what an earlier run has left could not be healed. */
async function follow(options: DurabilityOptions, { k6, interrupt, progress }: Tools): Promise<RunDirectory> {
  const { mode, fault, queueType, confirms, runs } = options;
  const instance = instanceOf(options.instance);
  const cluster = new BrokerControl(instance);
  const scene = embeddedScene(instance.name);
  await sweep(scene.system, { ...scene, say: (text) => progress.say(text) });
  const script = await bundleOf(SCENARIO);
  const atRiskWanted = options.messages ?? (mode === 'backlog' ? HELD_MESSAGES : STREAMED_MESSAGES);
  const request = {
    scenario: SCENARIO,
    told: { mode, fault, queueType, confirms, atRiskWanted },
    streamMs: mode === 'streaming' ? (options.minutes ?? STREAM_MINUTES) * MS_PER_MINUTE : 0,
    targetName: instance.name,
    brokerVersion: cluster.version,
    access: brokerAccess(instance),
    cluster,
    underFaults: messageFaults(fault, scene),
    runsRoot: runs,
    suiteVersion: suiteVersion(),
    tools: { k6Binary: k6, script },
    bounds: bounds.filter(isOfMessages),
  };
  return runMessages(request, interrupt, progress);
}

/** Bounds on orders have nothing to say here, not even that they were not measured. */
function isOfMessages({ promisedBy }: Bound): boolean {
  return promisedBy.some((profile) => DURABILITY_PROFILES.includes(profile));
}
