import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isOnAllAddresses, listeners, parseListeners } from './listeners.ts';

describe('the table of listeners', () => {
  it('shows a socket that listens on an address of 127.0.0.0/8', async () => {
    const server = createServer().listen(0, '127.18.255.9');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(parseListeners(readFileSync('/proc/net/tcp', 'latin1'))).toContainEqual({ host: '127.18.255.9', port });
    server.close();
    await once(server, 'close');
    expect(parseListeners(readFileSync('/proc/net/tcp', 'latin1'))).not.toContainEqual({ host: '127.18.255.9', port });
  });

  it.each(['0.0.0.0', '::'])('shows that a socket listens on all addresses, as %s', async (host) => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(listeners().filter(isOnAllAddresses)).toContainEqual(expect.objectContaining({ port }));
    server.close();
  });
});
