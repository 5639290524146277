// Who listens on this machine: the kernel's own tables, of the network namespace that this process is in.

import { readFileSync } from 'node:fs';

export interface Listener {
  readonly host: string;
  readonly port: number;
}

export function listeners(): readonly Listener[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => parseListeners(readFileSync(table, 'latin1')));
}

const LISTEN = '0A';

/** Listening sockets in /proc/net/tcp or tcp6: address in hexadecimal, lowest byte first. Only addresses of IPv4 are given rightly. */
export function parseListeners(table: string): readonly Listener[] {
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN)
    .map((fields) => {
      const [host = '', port = ''] = (fields[1] ?? '').split(':');
      return { host: [...Buffer.from(host, 'hex').reverse()].join('.'), port: Number.parseInt(port, 16) };
    });
}

/** Whether the socket listens on all addresses, of IPv4 or IPv6: then no one else can have its port on any. */
export function isOnAllAddresses({ host }: Listener): boolean {
  return host.split('.').every((byte) => byte === '0');
}
