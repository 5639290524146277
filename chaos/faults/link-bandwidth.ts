// Lets only so many bytes a second pass on some connections, in either direction.

import { linkFault } from './link-faults.ts';

type More = { readonly kilobytesPerS: number };

/** Less could be the machine's own slowness. */
const VISIBLE_MS = 20;
/** Of the time that the bytes must take, what must at least be seen. */
const SEEN_SHARE = 0.5;

export const linkBandwidth = linkFault<More>({
  name: 'link-bandwidth',
  about: 'narrows the connections of services to the broker, the database or the orders service',
  more: { kilobytesPerS: { type: 'integer', minimum: 1, maximum: 20 } },
  toxics: ({ kilobytesPerS: rate }) => [
    { type: 'bandwidth', stream: 'upstream', attributes: { rate } },
    { type: 'bandwidth', stream: 'downstream', attributes: { rate } },
  ],
  unseen: ({ outcome, ms, sentBytes, receivedBytes }, { kilobytesPerS, calmMs }) => {
    // A byte per millisecond is a kilobyte per second.
    const neededMs = Math.max(sentBytes, receivedBytes) / kilobytesPerS;
    const seen = outcome === 'answered' && neededMs >= VISIBLE_MS && ms - calmMs >= neededMs * SEEN_SHARE;
    const more = `${Math.round(neededMs)} ms more than the ${Math.round(calmMs)} ms without the fault`;
    return seen ? null : `${outcome} after ${Math.round(ms)} ms, where ${more} are due`;
  },
  stops: false,
});
