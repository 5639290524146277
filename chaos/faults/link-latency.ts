// Has every answer on some connections come later.

import { linkFault } from './link-faults.ts';

type More = { readonly latencyMs: number; readonly jitterMs: number };

/** Of the latency, what must at least be seen: clocks and timers are not exact. */
const SEEN_SHARE = 0.9;

export const linkLatency = linkFault<More>({
  name: 'link-latency',
  about: 'delays whatever is sent to services over their connections to the broker, the database or the orders service',
  more: {
    latencyMs: { type: 'integer', minimum: 10, maximum: 60_000 },
    jitterMs: { type: 'integer', minimum: 0, maximum: 60_000 },
  },
  toxics: ({ latencyMs, jitterMs }) => [
    { type: 'latency', stream: 'downstream', attributes: { latency: latencyMs, jitter: jitterMs } },
  ],
  unseen: ({ outcome, ms }, { latencyMs, jitterMs, calmMs }) => {
    const leastMs = calmMs + Math.max(0, latencyMs - jitterMs) * SEEN_SHARE;
    const seen = outcome === 'answered' && ms >= leastMs;
    return seen ? null : `${outcome} after ${Math.round(ms)} ms, where ${Math.round(leastMs)} ms are due`;
  },
  stops: false,
});
