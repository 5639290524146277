// A testbed that stands but is not ready may carry what an experiment has left: it is healed before `up` is asked, which would refuse it.

import { setTimeout as pause } from 'node:timers/promises';
import { sweep } from '../../chaos/engine/sweep.ts';
import { faultNamed } from '../../chaos/faults/all-faults.ts';
import { embeddedSystem } from '../../chaos/targets/embedded.ts';
import { instanceOf, status, type TestbedStatus } from '../../testbed/testbed.ts';
import type { Context } from './with-interrupt.ts';

/** What was killed or frozen comes back by itself once it is healed. */
const READY_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 500;

/** What can be asked and done of a testbed. */
export interface Standing {
  readonly look: () => Promise<Pick<TestbedStatus, 'complete' | 'ready' | 'supervisor'> | null>;
  readonly heal: () => Promise<unknown>;
}

/** The testbed of this name, the clone's own when absent. Nobody else may use it meanwhile. StampedeError 7 when something is left. */
export async function sweepStanding(name: string | undefined, context: Context): Promise<void> {
  const { name: instance } = instanceOf(name);
  const say = (text: string): void => context.progress.say(text);
  const look = (): Promise<TestbedStatus | null> => status({ instance });
  const heal = (): Promise<unknown> => sweep(embeddedSystem(instance), { faultNamed, say });
  await healWhenUnready({ look, heal }, context);
}

/** Resolves when it is ready again, after a minute all the same: then `up` says what is wrong with it. */
export async function healWhenUnready({ look, heal }: Standing, { progress, interrupt }: Context): Promise<void> {
  if (!isUnready(await look())) return;
  progress.say('the testbed is up, but not ready: looking for what experiments have left');
  await heal();
  const endMs = performance.now() + READY_LIMIT_MS;
  const signal = interrupt.stopLoad;
  while (!signal.aborted && performance.now() < endMs && isUnready(await look())) {
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** One that is half made, or whose supervisor is gone, is removed by `up` and not healed. */
function isUnready(found: Awaited<ReturnType<Standing['look']>>): boolean {
  return found?.complete === true && found.supervisor.alive && !found.ready;
}
