// One holder at a time for a piece of work, across processes. The kernel frees the lock when its holder dies.
// Plain JavaScript without dependencies, because it also runs before the npm packages are installed.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const RETRY_MS = 50;
/** Longer than any set-up work takes. */
const SET_UP_WAIT_MS = 20 * 60_000;

/**
 * Takes the lock `name`: gives the function that frees it, or null when another process held it for all of `waitMs`, or when
 * `signal` was aborted. `onWait` is called once when another process holds it.
 * The lock is an abstract socket, known to one network namespace, which only Linux has; elsewhere it is taken at once.
 */
export async function acquireLock(name, { waitMs, signal, onWait = () => {} }) {
  if (process.platform !== 'linux') return async () => {};
  const endMs = performance.now() + waitMs;
  for (let attempt = 0; ; attempt++) {
    const server = await tryListen(addressOf(name));
    if (server !== undefined) return () => close(server);
    if (attempt === 0) onWait();
    if (signal?.aborted || performance.now() >= endMs) return null;
    await pause(RETRY_MS);
  }
}

/** Runs set-up work while this process, alone on the machine, holds the lock; gives what it gives. Throws after 20 minutes of waiting. */
export async function withLock(name, work, onWait) {
  const release = await acquireLock(name, { waitMs: SET_UP_WAIT_MS, onWait });
  if (release === null) {
    throw new Error(`the lock "${name}" was held by another process for ${SET_UP_WAIT_MS / 60_000} minutes`);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Whether a process holds the lock just now. Takes nothing, so nobody is kept out by the question. */
export async function isLockHeld(name) {
  if (process.platform !== 'linux') return false;
  const connection = connect(addressOf(name));
  try {
    await once(connection, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}

/** Names may be longer than the address of a socket. */
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

async function close(server) {
  server.close();
  await once(server, 'close');
}
