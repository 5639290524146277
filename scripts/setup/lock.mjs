// One holder at a time for a piece of set-up work, across processes. The kernel frees the lock when its holder dies.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;
const DEADLINE_MS = 20 * 60_000;

/**
 * Runs `work` while this process, alone on the machine, holds the lock `name`; gives what it gives.
 * `onWait` is called once when another process holds it. Throws after 20 minutes of waiting.
 * The lock is an abstract socket, which only Linux has; elsewhere `work` runs without a lock.
 */
export async function withLock(name, work, onWait = () => {}) {
  if (process.platform !== 'linux') return work();
  const held = await acquire(name, onWait);
  try {
    return await work();
  } finally {
    held.close();
  }
}

async function acquire(name, onWait) {
  const deadlineMs = performance.now() + DEADLINE_MS;
  for (let attempt = 0; performance.now() < deadlineMs; attempt++) {
    const server = await tryListen(addressOf(name));
    if (server !== undefined) return server;
    if (attempt === 0) onWait();
    await delay(POLL_MS);
  }
  throw new Error(`the lock "${name}" was held by another process for ${DEADLINE_MS / 60_000} minutes`);
}

function addressOf(name) {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `\0stampede-${digest}`;
}

/** The listening server, or undefined when another process listens there. */
async function tryListen(address) {
  const server = createServer((connection) => connection.destroy());
  server.listen(address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}
