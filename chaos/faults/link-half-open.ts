// Swallows whatever is sent over some connections; they stay open, and can be opened, as with a peer that vanished without a word.

import { linkFault } from './link-faults.ts';

type More = Record<never, never>;

export const linkHalfOpen = linkFault<More>({
  name: 'link-half-open',
  about:
    'leaves the connections of services to the broker, the database or the orders service open and swallows all that is sent',
  more: {},
  toxics: () => [
    { type: 'timeout', stream: 'upstream', attributes: { timeout: 0 } },
    { type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } },
  ],
  unseen: ({ outcome }) => (outcome === 'silent' ? null : outcome),
  stops: true,
});
