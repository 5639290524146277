// Shows that a long set-up step is at work: one line that counts seconds on a terminal, a line now and then elsewhere.

const TERMINAL_EVERY_MS = 1000;
const LOG_EVERY_MS = 15_000;

/** Runs `work` and shows `what` with the elapsed seconds on standard error, from the start until the end, good or bad. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const { stderr } = process;
  const startMs = performance.now();
  const line = (state: string) => `stampede: ${what} ${state}(${Math.round((performance.now() - startMs) / 1000)} s)`;
  const say = (state: string, end: string) =>
    stderr.write(stderr.isTTY ? `\r${line(state)}${end}` : `${line(state)}\n`);
  stderr.write(stderr.isTTY ? `stampede: ${what} …` : `stampede: ${what} …\n`);
  const ticker = setInterval(() => say('… ', ''), stderr.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS);
  try {
    const result = await work();
    clearInterval(ticker);
    say('· done ', '\n');
    return result;
  } catch (error) {
    clearInterval(ticker);
    say('· failed ', '\n');
    throw error;
  }
}
