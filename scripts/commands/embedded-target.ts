// The embedded target around a command: started when it is not up, and ended again only by the command that started it.

import { readTargetFile } from '../../lib/config/target-file.ts';
import { type Progress, prefixed } from '../../lib/machine/progress.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import type { Target } from '../../lib/model/target.ts';
import type { Interrupt } from '../../runner/interrupt.ts';
import { type BrokerSeries, down, type GameDayGround, up } from '../../testbed/testbed.ts';

export interface EmbeddedOptions {
  /** Name of the testbed; the clone's own when absent. */
  readonly instance?: string;
  /** Planted defects, `name` or `name=share`. */
  readonly defects: readonly string[];
  /** What faults need to be in place before; see testbed/game-day-ground.ts. */
  readonly gameDay?: GameDayGround;
  /** Which RabbitMQ; the machine's own when absent. */
  readonly rabbitmq?: BrokerSeries | undefined;
  /** Leave it up afterwards. */
  readonly keep: boolean;
}

/** Hands the embedded target's file to `work`. What this call started it removes again in every path, unless it is to be kept. */
export async function withEmbeddedTarget<T>(
  { keep, ...options }: EmbeddedOptions,
  { progress, interrupt }: { readonly progress: Progress; readonly interrupt: Interrupt },
  work: (target: Target) => Promise<T>,
): Promise<T> {
  progress.say('starting the embedded platform: 3 RabbitMQ nodes, PostgreSQL, six services');
  const { alreadyUp, status } = await up({
    ...options,
    progress: prefixed(progress, '  '),
    signal: interrupt.stopLoad,
  });
  if (alreadyUp) progress.say(`the embedded platform was up already (testbed ${status.instance})`);
  try {
    return await work(readTargetFile(status.targetFile));
  } finally {
    if (!alreadyUp && !keep) {
      progress.status('ending the embedded platform');
      await down({ instance: status.instance }).catch((error: Error) => regret(error, status.instance, progress));
    }
  }
}

/** What could not be removed is said, and breaks a pass; the verdict of a run that did not pass stands. */
function regret(error: Error, instance: string, progress: Progress): void {
  progress.say(`the embedded platform could not be ended: ${error.message}`);
  progress.say(`end it with: ${typed('down', instance)}`);
  if (!process.exitCode) process.exitCode = EXIT.unavailable;
}
