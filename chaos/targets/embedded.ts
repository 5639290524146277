// The embedded target as faults act on it, found from the testbed's name alone: a watchdog in another process sees the same.

import { join } from 'node:path';
import { typed } from '../../lib/machine/typed.ts';
import {
  BrokerControl,
  DatabaseControl,
  DiskControl,
  FaultProxyControl,
  instanceOf,
  NetworkControl,
  ProcessControl,
  status,
} from '../../testbed/testbed.ts';
import type { System } from './system.ts';
import { tracesOn } from './traces.ts';

/** Of the clone's own testbed when no name is given. Throws a StampedeError (69) when there is no such testbed. */
export function embeddedSystem(name?: string): System {
  const instance = instanceOf(name);
  const processes = new ProcessControl(instance);
  const broker = new BrokerControl(instance);
  const system: System = {
    name: instance.name,
    whereabouts: { kind: 'embedded', place: instance.name },
    remedies: {
      sweep: typed('chaos sweep', instance.name),
      lastResort: `The testbed can be made anew: ${typed('down', instance.name)}`,
    },
    intentFolder: join(instance.folder, 'chaos'),
    processes,
    broker,
    database: new DatabaseControl(instance),
    disk: new DiskControl(instance),
    links: new FaultProxyControl(instance),
    network: new NetworkControl(instance),
    problem: async () => (await processProblem(instance.name)) ?? broker.problem(),
    traces: () => tracesOn(system),
  };
  return system;
}

async function processProblem(instance: string): Promise<string | null> {
  const found = await status({ instance });
  if (found === null) return `there is no testbed ${instance}`;
  if (!found.supervisor.alive) return 'the supervisor is gone';
  const first = found.processes.find(({ ready }) => !ready);
  return first === undefined ? null : `${first.name} ${first.problem}`;
}
