// What a waiting person sees: on a terminal one line that is rewritten, elsewhere a line now and then.

const QUIET_INTERVAL_MS = 15_000;
const CLEAR_LINE = '\r\u001b[2K';

/** Progress goes to standard error, so that standard output holds the result alone. */
export interface Progress {
  /** Something happened: always shown, on a line of its own. */
  say(text: string): void;
  /** How far things are: rewrites the last status on a terminal; elsewhere shown every 15 s at most. */
  status(text: string): void;
  /** Ends the status line. */
  done(): void;
}

/** Nobody waits. */
export const SILENT: Progress = { say: () => {}, status: () => {}, done: () => {} };

/** `clean` is applied to all that is shown: what a run says may quote its target, and with it a secret. */
export function openProgress(
  stream: NodeJS.WriteStream = process.stderr,
  clean: (text: string) => string = (text) => text,
): Progress {
  const progress = stream.isTTY ? terminalProgress(stream) : logProgress(stream);
  return {
    say: (text) => progress.say(clean(text)),
    status: (text) => progress.status(clean(text)),
    done: () => progress.done(),
  };
}

function terminalProgress(stream: NodeJS.WriteStream): Progress {
  return {
    say: (text) => void stream.write(`${CLEAR_LINE}${text}\n`),
    status: (text) => void stream.write(`${CLEAR_LINE}${text.slice(0, stream.columns - 1)}`),
    done: () => void stream.write(CLEAR_LINE),
  };
}

function logProgress(stream: NodeJS.WriteStream): Progress {
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    say: (text) => void stream.write(`${text}\n`),
    status: (text) => {
      const nowMs = performance.now();
      if (nowMs - shownMs < QUIET_INTERVAL_MS) return;
      shownMs = nowMs;
      stream.write(`${text}\n`);
    },
    done: () => {},
  };
}

const TICK_MS = 1000;

/**
 * Runs a step: its status with the elapsed seconds and what `waitingFor` says while it is at work, then a line that says how it ended
 * and how long it took. Passes the result or the failure on.
 */
export async function step<T>(
  progress: Progress,
  name: string,
  work: () => Promise<T>,
  waitingFor: () => string = () => '',
): Promise<T> {
  const startMs = performance.now();
  const took = (): string => `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
  const tick = (): void => progress.status(`… ${name}, ${took()}: ${waitingFor() || 'at work'}`);
  const timer = setInterval(tick, TICK_MS);
  try {
    tick();
    const result = await work();
    progress.say(`✓ ${name}, ${took()}`);
    return result;
  } catch (error) {
    progress.say(`✗ ${name}, ${took()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** The same progress with `prefix` before every line. */
export function prefixed(progress: Progress, prefix: string): Progress {
  return {
    say: (text) => progress.say(`${prefix}${text}`),
    status: (text) => progress.status(`${prefix}${text}`),
    done: () => progress.done(),
  };
}
