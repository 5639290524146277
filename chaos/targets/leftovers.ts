// What of faults is still there in a system, whoever made it and whether or not an intent tells of it.

import type { System } from './system.ts';

/** In words, one entry each; empty when nothing is. A question that cannot be answered is an entry too. */
export async function leftoversOf(system: System): Promise<readonly string[]> {
  const questions = [processLeftovers, cutLeftovers, linkLeftovers, diskLeftovers, databaseLeftovers, alarmLeftovers];
  const answers = questions.map((ask) => ask(system).catch((cause: Error) => [`not known: ${cause.message}`]));
  return (await Promise.all(answers)).flat();
}

async function processLeftovers({ processes }: System): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of processes.names) {
    if (await processes.isFrozen(name)) found.push(`${name} is frozen`);
    if (await processes.isHeld(name)) found.push(`${name} is held, so that nothing would restart it`);
  }
  return found;
}

async function cutLeftovers({ network }: System): Promise<readonly string[]> {
  return (await network.cuts()).map((id) => `the packet filter has the rules of cut ${id}`);
}

async function linkLeftovers({ links }: System): Promise<readonly string[]> {
  if ((await links.impossible()) !== null) return [];
  return (await links.afflicted()).map((link) => `the fault proxy has a fault on ${link}`);
}

async function diskLeftovers({ disk }: System): Promise<readonly string[]> {
  return disk.isFilled() ? [`the disk of ${disk.node} is filled`] : [];
}

async function databaseLeftovers({ database }: System): Promise<readonly string[]> {
  const taken = await database.takenBy();
  return taken === 0 ? [] : [`${taken} connections of the database are taken`];
}

async function alarmLeftovers({ broker }: System): Promise<readonly string[]> {
  return (await broker.alarms()).map(({ node, resource }) => `${node} raises the ${resource} alarm`);
}
