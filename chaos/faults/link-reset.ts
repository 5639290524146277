// Resets some connections as soon as anything is sent over them, also new ones, as a firewall that forgot them does.

import { linkFault } from './link-faults.ts';

type More = Record<never, never>;

export const linkReset = linkFault<More>({
  name: 'link-reset',
  about: 'resets the connections of services to the broker, the database or the orders service, again and again',
  more: {},
  toxics: () => [
    { type: 'reset_peer', stream: 'upstream', attributes: { timeout: 0 } },
    { type: 'reset_peer', stream: 'downstream', attributes: { timeout: 0 } },
  ],
  unseen: ({ outcome }) => (outcome === 'broken' ? null : outcome),
  stops: true,
});
