// NetworkChaos: what happens to packets between the selected pods and a target.

import Type from 'typebox';
import { closed, duration, texts } from './closed.ts';
import { podSelection } from './selector.ts';

/** Shares in percent, as texts. */
const percent = Type.String();

export const networkChaosShape = closed({
  ...podSelection,
  action: Type.Enum(['partition', 'delay', 'loss', 'duplicate', 'corrupt', 'bandwidth', 'netem']),
  duration: Type.Optional(duration),
  /** Seen from the selected pods. */
  direction: Type.Optional(Type.Enum(['to', 'from', 'both'])),
  target: Type.Optional(closed(podSelection)),
  /** Addresses or names outside the cluster. */
  externalTargets: Type.Optional(texts),
  device: Type.Optional(Type.String()),
  targetDevice: Type.Optional(Type.String()),
  delay: Type.Optional(
    closed({ latency: duration, jitter: Type.Optional(duration), correlation: Type.Optional(percent) }),
  ),
  loss: Type.Optional(closed({ loss: percent, correlation: Type.Optional(percent) })),
  duplicate: Type.Optional(closed({ duplicate: percent, correlation: Type.Optional(percent) })),
  corrupt: Type.Optional(closed({ corrupt: percent, correlation: Type.Optional(percent) })),
  /** `rate` such as `100kbps` (kilobytes per second); `limit` and `buffer` in bytes. */
  bandwidth: Type.Optional(
    closed({ rate: Type.String(), limit: Type.Integer({ minimum: 1 }), buffer: Type.Integer({ minimum: 1 }) }),
  ),
});
export type NetworkChaosSpec = Type.Static<typeof networkChaosShape>;
