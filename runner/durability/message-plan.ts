// The plan of a message run's load: how many publish and consume, how fast, and by when all is over.

import type { MessagePlan } from '../../lib/config/message-plan.ts';
import { MESSAGE_QUEUE } from '../../lib/model/message.ts';
import type { MessageRequest } from './message-request.ts';

const GENERATOR = 'g1';
export const PUBLISHERS = 4;
const CONSUMERS = 3;
const BODY_BYTES = 256;
/** In sum 1000 messages per second in streaming, and 100 beside a held backlog: enough to see when service stops and comes back. */
const PACE = {
  fill: { batchMessages: 100, everyMs: 0 },
  stream: { batchMessages: 25, everyMs: 100 },
  trickle: { batchMessages: 5, everyMs: 200 },
} as const;
/** Beyond the planned streaming: filling a backlog, and waiting until the cluster is well. */
const ELSE_S = 1800;

export function messagePlan(
  { access, told, streamMs }: Pick<MessageRequest, 'access' | 'told' | 'streamMs'>,
  run: string,
  conductorUrl: string,
): MessagePlan {
  return {
    v: 1,
    run,
    generator: GENERATOR,
    urls: access.nodes.map(({ host, port }) => `amqp://${host}:${port}`),
    vhost: access.vhost,
    user: access.user,
    passwordFrom: access.password,
    queue: MESSAGE_QUEUE,
    confirms: told.confirms,
    publishers: PUBLISHERS,
    consumers: told.mode === 'streaming' ? CONSUMERS : 0,
    bodySizeBytes: BODY_BYTES,
    pace: PACE,
    conductorUrl,
    limitS: Math.ceil(streamMs / 1000) + ELSE_S,
  };
}
