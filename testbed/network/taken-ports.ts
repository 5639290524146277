// Ports of a testbed on loopback that someone else has taken on all addresses: its own addresses are of no help against that.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { addressPlan, type PortName } from './address-plan.ts';
import { isOnAllAddresses, type Listener, listeners } from './listeners.ts';

/** Every subnet number has the same ports, so no other number would do. Throws (69) with the port, what it is for, and how to find who has it. */
export function refuseTakenPorts(found: readonly Listener[] = listeners()): void {
  const taken = new Set(found.filter(isOnAllAddresses).map(({ port }) => port));
  const { ports } = addressPlan('loopback', 1);
  const wanted = (Object.entries(ports) as [PortName, number][]).filter(([, port]) => taken.has(port));
  if (wanted.length === 0) return;
  const names = wanted.map(([name, port]) => `${port} (for ${name})`).join(', ');
  throw new StampedeError(`the testbed cannot have its ports: something listens on all addresses at ${names}`, {
    exitCode: EXIT.unavailable,
    hint: `ss -ltnp 'sport = :${wanted[0]?.[1]}' tells who it is; end it, or run as root, where a testbed has a network of its own.`,
  });
}
