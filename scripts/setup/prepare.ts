// What a command calls before its work: sees to it that the tools it needs are there.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { BrokerSeries } from '../../testbed/testbed.ts';
import { ensureBroker } from './ensure-broker.ts';
import { ensureFaultProxy } from './ensure-fault-proxy.ts';
import { ensureK6 } from './ensure-k6.ts';
import { ensureSystemPackages } from './ensure-system-packages.ts';
import type { SystemNeed } from './system-packages.ts';

/** A program that is built from source. */
type BuiltTool = 'k6' | 'fault-proxy';
export type Need = BuiltTool | SystemNeed;

/** Paths of the binaries, as far as they were asked for. */
export type Prepared<N extends Need> = Readonly<Record<Extract<N, BuiltTool>, string>>;

interface Wanted<N extends Need> {
  readonly needs: readonly N[];
  /** Which RabbitMQ `needs` means; the machine's own when absent. */
  readonly rabbitmq?: BrokerSeries | undefined;
}

/**
 * Returns when everything in `needs` can be used; builds and installs what is missing, with progress on standard error.
 * Throws StampedeError 69 with what to do, or 6 when a signal stopped it. Only the packet filter may stay missing: the faults that need it
 * say so themselves.
 */
export async function prepare<const N extends Need>({ needs, rabbitmq }: Wanted<N>): Promise<Prepared<N>> {
  const wanted: readonly Need[] = needs;
  await ensureSystemPackages(wanted.filter(isServer).filter((need) => need !== 'rabbitmq' || rabbitmq === undefined));
  if (rabbitmq !== undefined) await ensureBroker(rabbitmq);
  if (wanted.includes('packet-filter')) await wishForPacketFilter();
  const k6 = wanted.includes('k6') ? { k6: await ensureK6() } : {};
  const proxy = wanted.includes('fault-proxy') ? { 'fault-proxy': await ensureFaultProxy() } : {};
  return { ...k6, ...proxy } as Prepared<N>;
}

function isServer(need: Need): need is Exclude<SystemNeed, 'packet-filter'> {
  return need === 'rabbitmq' || need === 'postgresql';
}

async function wishForPacketFilter(): Promise<void> {
  try {
    await ensureSystemPackages(['packet-filter']);
  } catch (error) {
    if (!(error instanceof StampedeError) || error.exitCode !== EXIT.unavailable) throw error;
    process.stderr.write(`stampede: ${error.message}; partitions will be inconclusive\n`);
  }
}
