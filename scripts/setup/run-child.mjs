// Runs a child process as if it stood in this one's place: its end is our end, and each signal reaches it exactly once.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGWINCH'];

/** A Ctrl-C arrives from the terminal and again from npm, which passes it on; within this time the two are one. */
const SAME_SIGNAL_MS = 250;

/**
 * Gives `{code, signal, stopped}` of the child when it has ended; rejects when it could not be started. `stopped` is true
 * when a signal was passed on to it.
 * The child gets a session of its own, so that the terminal's signals come here alone and are passed on once.
 */
export function runChild(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: true });
    const forwarding = forwardSignals(child);
    child.once('error', (error) => {
      forwarding.end();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forwarding.end();
      resolve({ code, signal, stopped: forwarding.stopped });
    });
  });
}

/** Ends this process the way the child ended: with its exit code, or by the same signal. */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code);
  process.exitCode = 128 + constants.signals[signal]; // should the signal not end us
  process.kill(process.pid, signal);
}

function forwardSignals(child) {
  const forwarding = {
    stopped: false,
    end: () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
  const pass = (signal) => {
    if (signal !== 'SIGWINCH') forwarding.stopped = true;
    child.kill(signal);
  };
  const handlers = FORWARDED.map((signal) => [signal, oncePerBurst(() => pass(signal))]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return forwarding;
}

function oncePerBurst(action) {
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = performance.now();
    if (nowMs - lastMs < SAME_SIGNAL_MS) return;
    lastMs = nowMs;
    action();
  };
}
