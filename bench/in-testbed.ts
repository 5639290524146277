// The suite as its users start it, for benches; and a testbed for the length of a bench, started and ended in that way.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What `npx stampede` runs. */
export const FRONT_DOOR = fileURLToPath(new URL('../scripts/stampede.mjs', import.meta.url));

/** `options` are those of `stampede up`, `--instance <name>` first. Throws when the testbed does not come up. */
export async function inTestbed<T>(options: readonly string[], work: () => Promise<T>): Promise<T> {
  const exitCode = await stampede(['up', ...options]);
  if (exitCode !== 0) throw new Error(`stampede up ended with ${exitCode}`);
  try {
    return await work();
  } finally {
    await stampede(['down', ...options.slice(0, 2)]);
  }
}

/** Gives the exit code; what it prints to standard output is not for the table. */
export async function stampede(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [FRONT_DOOR, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return exitCode;
}
