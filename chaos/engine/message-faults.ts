// The faults of message runs by their names: each is a fault of chaos/faults on the nodes of the one queue, as often as it is asked for.

import type { PlannedFault } from '../../lib/model/experiment.ts';
import { type FaultName, MESSAGE_QUEUE } from '../../lib/model/message.ts';
import type { UnderFaults } from '../../runner/durability/message-request.ts';
import type { Role } from '../faults/roles.ts';
import { keyOf } from './experiment.ts';
import { type Surroundings, withFaults } from './with-faults.ts';

type Struck = Pick<PlannedFault, 'fault' | 'options'>;

const FAULTS: Readonly<Record<Exclude<FaultName, 'none'>, Struck>> = {
  'leader-kill': onRole('broker-kill', 'leader'),
  'follower-kill': onRole('broker-kill', 'follower'),
  'majority-kill': onRole('broker-kill', 'majority'),
  'rolling-restart': { fault: 'broker-rolling-restart', options: { queue: MESSAGE_QUEUE } },
  'cluster-restart': onRole('broker-restart', 'all'),
};

/** Nodes come back by themselves: nothing of such a fault outlives the suite but a node that is stranded. */
function onRole(fault: string, role: Role): Struck {
  return { fault, options: { role, queue: MESSAGE_QUEUE, restartedBy: 'supervisor' } };
}

/** The fault of that name, each time under a key of its own, and healed before the next. */
export function messageFaults(name: FaultName, surroundings: Surroundings): UnderFaults {
  if (name === 'none') return (load, act) => act(undefined, load.signal);
  const once = { ...FAULTS[name], when: { afterS: 0 }, durationMs: null };
  // Losing the majority is what some of these are for.
  const frame = { ...surroundings, refuse: () => undefined, noteLeft: async () => undefined };
  return (load, act) =>
    withFaults({ ...frame, load }, ({ faults, load: underWay, giveUp }) => {
      let times = 0;
      const strike = async (): Promise<void> => {
        times += 1;
        const key = keyOf(name, times);
        await faults.inject({ ...once, key });
        await faults.heal(key);
        if (faults.left.length > 0) giveUp();
      };
      return act(strike, underWay.signal);
    });
}
