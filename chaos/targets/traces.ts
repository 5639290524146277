// What can be seen of faults on the embedded platform, whoever made them and whether or not an intent tells of them.

import { isUnreachable } from '../faults/broker-alarm.ts';
import type { Trace } from './ground.ts';
import type { System } from './system.ts';

/** As in `Ground`. */
export async function tracesOn(system: System): Promise<readonly Trace[]> {
  const looks = [ofProcesses, ofCuts, ofLinks, ofBroker, ofDatabase, ofDisk];
  const found = await Promise.all(looks.map((look) => look(system).catch((cause: Error) => [{ what: cause.message }])));
  return found.flat();
}

async function ofProcesses({ processes }: System): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  for (const name of processes.names) {
    if (await processes.isFrozen(name)) {
      traces.push({ what: `${name} is frozen`, undo: () => processes.signal(name, 'SIGCONT') });
    }
    if (await processes.isHeld(name)) {
      traces.push({ what: `${name} is held, so that nothing would restart it`, undo: () => processes.start(name) });
    }
  }
  return traces;
}

async function ofCuts({ network }: System): Promise<readonly Trace[]> {
  if ((await network.impossible()) !== null) return [];
  const cuts = await network.cuts();
  return cuts.map((id) => ({ what: `the packet filter has the rules of cut ${id}`, undo: () => network.join({ id }) }));
}

async function ofLinks({ links }: System): Promise<readonly Trace[]> {
  if ((await links.impossible()) !== null) return [];
  return (await links.afflicted()).map((link) => ({ what: `the fault proxy has a fault on ${link}` }));
}

async function ofBroker({ broker }: System): Promise<readonly Trace[]> {
  const alarms = (await broker.alarms()).map(async ({ node, resource }) => {
    const what = `${node} raises the ${resource} alarm`;
    const limits = await broker.limits(node).catch(() => null);
    return { what, ofMachine: limits !== null && !isUnreachable(resource, limits[`${resource}Bytes`]) };
  });
  return Promise.all(alarms);
}

async function ofDatabase({ database }: System): Promise<readonly Trace[]> {
  const taken = await database.takenBy();
  return taken === 0 ? [] : [{ what: `${taken} connections of the database are taken` }];
}

async function ofDisk({ disk }: System): Promise<readonly Trace[]> {
  if ((await disk.impossible()) !== null || !disk.isFilled()) return [];
  return [{ what: `the disk of ${disk.node} is filled`, undo: () => disk.empty() }];
}
