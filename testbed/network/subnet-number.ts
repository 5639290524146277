// Finds a subnet number that no one on this machine uses. Call it under the machine's lock (withMachineLock) until the number is taken.

import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Instance } from '../instance.ts';
import { runCommand } from '../processes/run-command.ts';
import { addressPlan, type NetworkMode, SUBNET_NUMBERS, subnetNumberOf } from './address-plan.ts';
import { type Listener, listeners } from './listeners.ts';

/** A free number; the same one for the same instance as long as nobody else has it. Throws (69) when all are taken. */
export async function freeSubnetNumber(instance: Instance, mode: NetworkMode): Promise<number> {
  const taken = mode === 'namespaces' ? routedNumbers(await routes()) : listeningNumbers(listeners());
  const number = firstFree(Number.parseInt(instance.key, 16), taken);
  if (number !== null) return number;
  throw new StampedeError('all 254 subnets for testbeds are in use', {
    exitCode: EXIT.unavailable,
    hint: `End testbeds that are not needed any more: ${typed('down', 'NAME')}`,
  });
}

/** The first number from a preferred one on, going round, that is not taken. */
export function firstFree(preferred: number, taken: ReadonlySet<number | null>): number | null {
  const start = preferred % SUBNET_NUMBERS.length;
  const order = [...SUBNET_NUMBERS.slice(start), ...SUBNET_NUMBERS.slice(0, start)];
  return order.find((number) => !taken.has(number)) ?? null;
}

/** Numbers to whose subnet, or to an address in it, this machine has a route. */
export function routedNumbers(routes: readonly Route[]): ReadonlySet<number | null> {
  return new Set(routes.map((route) => subnetNumberOf('namespaces', route.dst)));
}

/** Numbers of which an address or a port is being listened on. */
export function listeningNumbers(listeners: readonly Listener[]): ReadonlySet<number | null> {
  const hosts = listeners.map(({ host }) => subnetNumberOf('loopback', host));
  const ports = new Set(listeners.map(({ port }) => port));
  const byPort = SUBNET_NUMBERS.filter((number) => {
    const { epmd, distribution } = addressPlan('loopback', number).erlang;
    return [epmd, ...Object.values(distribution)].some((port) => ports.has(port));
  });
  return new Set([...hosts, ...byPort]);
}

export interface Route {
  /** An address, a network with its length, or `default`. */
  readonly dst: string;
}

async function routes(): Promise<readonly Route[]> {
  return JSON.parse(await runCommand(['ip', '-json', 'route', 'show', 'table', 'all'])) as readonly Route[];
}
