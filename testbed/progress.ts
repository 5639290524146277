// Tells the person who waits what is being done: one line per finished step with its time, and why a long one still goes on.

export type Report = (line: string) => void;

const STILL_WAITING_AFTER_MS = 5000;

/** Runs a step and reports its end. While it takes long, reports every 5 s what `waitingFor` says. */
export async function step<T>(
  report: Report,
  name: string,
  work: () => Promise<T>,
  waitingFor?: () => string,
): Promise<T> {
  const startMs = performance.now();
  const seconds = () => `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
  const timer = setInterval(() => {
    const reason = waitingFor?.() || 'at work';
    report(`… ${name}, ${seconds()}: ${reason}`);
  }, STILL_WAITING_AFTER_MS);
  try {
    const result = await work();
    report(`✓ ${name}, ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
