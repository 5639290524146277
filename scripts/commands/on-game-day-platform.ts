// The embedded platform with all that faults need, around the experiments of one command: prepared, held, swept, and ended again.

import type { Command } from 'commander';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { faultNamed } from '../../chaos/faults/all-faults.ts';
import { needsGround } from '../../chaos/faults/needs-ground.ts';
import { embeddedScene } from '../../chaos/targets/embedded-scene.ts';
import { makeFolder } from '../../reports/store/make-folder.ts';
import { defectNames } from '../../testbed/order-system/defects.ts';
import { instanceOf, refuseWrongOptions } from '../../testbed/testbed.ts';
import { prepare } from '../setup/prepare.ts';
import { withEmbeddedTarget } from './embedded-target.ts';
import { atLeastOne, collect, wholeNumber } from './option-values.ts';
import type { ExperimentOptions, ExperimentTools } from './run-experiment.ts';
import { sweepStanding } from './sweep-standing.ts';
import { withTargetLock } from './target-lock.ts';
import { withInterrupt } from './with-interrupt.ts';

/** Tools for the load, the platform, and everything that faults need to be in place. */
const NEEDS = ['k6', 'rabbitmq', 'postgresql', 'fault-proxy', 'packet-filter'] as const;

export interface GameDayOptions extends ExperimentOptions {
  readonly defect: readonly string[];
  readonly keep?: boolean;
}

/** The options of every command that runs experiments. */
export function addGameDayOptions(command: Command): Command {
  return command
    .option('--users <number>', "concurrent orders (each experiment's own)", atLeastOne)
    .option('--seed <number>', 'seed of the workload', wholeNumber, 1)
    .option('--runs <folder>', 'where run directories are made', 'runs')
    .option('--instance <name>', 'which testbed')
    .option(
      '--defect <name[=share]>',
      `plant a defect that must be found (repeatable): ${defectNames.join(', ')}`,
      collect,
      [],
    )
    .option('--keep', 'leave the testbed up afterwards');
}

/** Nobody else uses the platform meanwhile. One that stands already may lack what these experiments do not need. Rejects before anything is started when the options are wrong (64), a tool is missing or somebody uses it (69). */
export async function onGameDayPlatform(
  experiments: readonly Experiment[],
  { instance, defect: defects, keep = false, runs }: GameDayOptions,
  work: (tools: ExperimentTools) => Promise<void>,
): Promise<void> {
  const wanted = { ...(instance === undefined ? {} : { instance }), defects, keep };
  refuseWrongOptions(wanted);
  makeFolder(runs);
  const { k6, 'fault-proxy': faultProxy } = await prepare({ needs: NEEDS });
  const isNeeded = experiments.some((each) => needsGround(each, faultNamed));
  const embedded = { ...wanted, gameDay: { faultProxy, isNeeded } };
  await withTargetLock(instanceOf(instance), () =>
    withInterrupt(async (context) => {
      await sweepStanding(instance, context);
      await withEmbeddedTarget(embedded, context, (target) =>
        withTargetLock(target, () => work({ ...context, k6, target, scene: embeddedScene(instance) })),
      );
    }),
  );
}
