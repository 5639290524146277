// The process of the fault proxy (Toxiproxy): it passes on what the services send, until a fault has it do worse.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instance } from '../instance.ts';
import type { AddressPlan } from '../network/address-plan.ts';
import { environmentOf, onHost, type Place } from '../processes/launch.ts';
import { type ProcessSpec, STOP_RANK } from '../supervisor/process-spec.ts';
import { endAddress, LINKS } from './links.ts';

export const FAULT_PROXY = 'fault-proxy';
/** More processor time would not help it beside the load. */
const PROCESSORS = '1';

function linksFile(instance: Instance): string {
  return join(instance.configuration, 'fault-proxy.json');
}

/** Its links as Toxiproxy reads them at every start; without faults, so one that died comes back healed. */
export async function writeFaultProxyFile(instance: Instance, addresses: AddressPlan): Promise<void> {
  const proxies = LINKS.map(({ name, port, to }) => {
    const { host, port: farPort } = endAddress(addresses, to);
    return { name, listen: `${addresses.hosts[FAULT_PROXY]}:${port}`, upstream: `${host}:${farPort}`, enabled: true };
  });
  await writeFile(linksFile(instance), `${JSON.stringify(proxies, null, 2)}\n`);
}

/** Base URL of its control, without trailing slash. */
export function faultProxyUrl({ hosts, ports }: AddressPlan): string {
  return `http://${hosts[FAULT_PROXY]}:${ports[FAULT_PROXY]}`;
}

/** `program` is the path of toxiproxy-server. */
export function faultProxyProcess(place: Place, addresses: AddressPlan, program: string): ProcessSpec {
  const host = addresses.hosts[FAULT_PROXY];
  const port = addresses.ports[FAULT_PROXY];
  return {
    name: FAULT_PROXY,
    host,
    port,
    command: onHost(place, FAULT_PROXY, [
      program,
      '-host',
      host,
      '-port',
      String(port),
      '-config',
      linksFile(place.instance),
    ]),
    cwd: place.instance.folder,
    environment: environmentOf(place.instance, { LOG_LEVEL: 'warn', GOMAXPROCS: PROCESSORS }),
    stopSignal: 'SIGTERM',
    stopRank: STOP_RANK.helper,
    readiness: { kind: 'http', url: `${faultProxyUrl(addresses)}/version` },
  };
}
