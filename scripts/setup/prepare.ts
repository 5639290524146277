// What a command calls before its work: sees to it that the tools it needs are there.

import type { BrokerSeries } from '../../testbed/testbed.ts';
import { ensureBroker } from './ensure-broker.ts';
import { ensureK6 } from './ensure-k6.ts';
import { ensureSystemPackages } from './ensure-system-packages.ts';
import type { SystemNeed } from './system-packages.ts';

export type Need = 'k6' | SystemNeed;

/** `k6` is the path of the binary; it is there when it was asked for. */
export type Prepared<N extends Need> = Readonly<Record<Extract<N, 'k6'>, string>>;

interface Wanted<N extends Need> {
  readonly needs: readonly N[];
  /** Which RabbitMQ `needs` means; the machine's own when absent. */
  readonly rabbitmq?: BrokerSeries | undefined;
}

/**
 * Returns when everything in `needs` can be used; builds and installs what is missing, with progress on standard error.
 * Throws StampedeError 69 with what to do, or 6 when a signal stopped it.
 */
export async function prepare<const N extends Need>({ needs, rabbitmq }: Wanted<N>): Promise<Prepared<N>> {
  const wanted: readonly Need[] = needs;
  await ensureSystemPackages(
    wanted.filter((need) => need !== 'k6').filter((need) => need !== 'rabbitmq' || rabbitmq === undefined),
  );
  if (rabbitmq !== undefined) await ensureBroker(rabbitmq);
  const tools = wanted.includes('k6') ? { k6: await ensureK6() } : {};
  return tools as Prepared<N>;
}
