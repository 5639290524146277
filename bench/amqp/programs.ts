// The programs that are measured against each other, ready to be run.

import { join } from 'node:path';
import type { BrokerAccess } from '../../lib/model/target.ts';
import { ensureK6 } from '../../scripts/setup/ensure-k6.ts';
import { ensureGoBinary } from '../../scripts/setup/go-binary.ts';
import type { ProgramName } from './compare.ts';
import type { Program } from './measure.ts';

const EXTENSION = join(import.meta.dirname, '../../extension');
const QUEUE = 'bench-amqp';
/** By this name the broker knows the connections of `shared`. */
export const CONNECTION_NAME = 'bench-shared';

export interface ProgramOptions {
  /** Length of publishing. */
  readonly seconds: number;
  /** To consume. */
  readonly messages: number;
}

/** `fill` puts the messages for a consumer into the queue; each other program leaves no queue behind. */
export type Programs = Readonly<Record<ProgramName | 'fill' | 'shared', Program>>;

export async function programs(access: BrokerAccess, password: string, options: ProgramOptions): Promise<Programs> {
  const k6 = await ensureK6();
  const client = { name: 'bare-amqp-client', about: 'the bare AMQP client', module: EXTENSION };
  const bare = await ensureGoBinary({ ...client, main: './amqp/internal/bareclient' });
  const urls = access.nodes.map(({ host, port }) => `amqp://${host}:${port}`).join(',');
  const env = {
    ...{
      URLS: urls,
      USER_NAME: access.user,
      AMQP_PASSWORD: password,
      QUEUE,
      SECONDS: `${options.seconds}`,
      CONNECTION_NAME,
    },
    ...{ K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' },
  };
  const inK6 = (script: string, how = ''): Program => ({
    command: k6,
    args: ['run', '--quiet', join(import.meta.dirname, 'k6', `${script}.js`)],
    env: { ...env, HOW: how },
  });
  const inGo = (...args: readonly string[]): Program => ({
    command: bare,
    args: ['-urls', urls, '-user', access.user, '-queue', QUEUE, ...args],
    env,
  });
  const messages = ['-messages', String(options.messages)];
  return {
    'bare publish': inGo('-duration', `${options.seconds}s`),
    publishMany: inK6('publish', 'many'),
    publish: inK6('publish', 'single'),
    fill: inGo(...messages, '-keep'),
    'bare consume': inGo('-how', 'consume', ...messages),
    consume: inK6('consume'),
    shared: inK6('shared'),
  };
}
