// Gets a RabbitMQ of a wanted series: the machine's own, or Debian's packages with their Erlang in a root folder of the cache. The system's packages stay as they are.

import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { type BrokerSeries, brokerRoot, DEBIAN_WITH } from '../../testbed/broker/broker-series.ts';
import { findRabbitmq } from '../../testbed/broker/find-rabbitmq.ts';
import { fetchDebian, madeWhole } from './debian-root.ts';
import { lastLines, type ToolResult } from './run-tool.ts';

/** What is asked of the machine; another one stands in for it in tests. */
export interface BrokerMachine {
  readonly isThere: (series: BrokerSeries) => boolean;
  /** Makes the root folder, whole or broken. */
  readonly fetch: (folder: string, debian: string) => Promise<ToolResult>;
}

const THIS_MACHINE: BrokerMachine = {
  isThere: (series) => findRabbitmq({ root: '/', path: process.env.PATH ?? '' }, series) !== undefined,
  fetch: (folder, debian) => fetchDebian(folder, debian, ['rabbitmq-server']),
};

/** Returns when it can be used. Needs no root rights, but apt-get and dpkg-deb. Throws StampedeError 69 with what to do. */
export async function ensureBroker(
  series: BrokerSeries,
  machine = THIS_MACHINE,
  root = brokerRoot(series),
): Promise<void> {
  if (machine.isThere(series)) return;
  const wait = () => console.error(`stampede: another process is fetching RabbitMQ ${series}; waiting for it`);
  await withLock(root, () => (machine.isThere(series) ? undefined : fetchBroker(series, machine, root)), wait);
}

async function fetchBroker(series: BrokerSeries, machine: BrokerMachine, root: string): Promise<void> {
  const debian = DEBIAN_WITH[series];
  await madeWhole(root, (unfinished) =>
    step(openProgress(), `fetching RabbitMQ ${series} of Debian ${debian} (once; about 60 MB)`, async () => {
      const { exitCode, output } = await machine.fetch(unfinished, debian);
      if (exitCode !== 0) throw notFetched(series, lastLines(output));
    }),
  );
  if (!machine.isThere(series)) throw notFetched(series, `Debian ${debian} has another version by now`);
}

function notFetched(series: BrokerSeries, why: string): StampedeError {
  return new StampedeError(`RabbitMQ ${series} could not be fetched: ${why}`, {
    exitCode: EXIT.unavailable,
    hint: 'This needs apt-get, dpkg-deb, the package debian-archive-keyring, and a mirror of Debian. Without --rabbitmq the machine’s own is used.',
  });
}
