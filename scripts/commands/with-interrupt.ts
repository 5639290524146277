// From here on signals end the load, not the process: an honest verdict and a clean-up follow.

import { redact } from '../../lib/config/known-secrets.ts';
import { openProgress, type Progress } from '../../lib/machine/progress.ts';
import { Interrupt } from '../../runner/interrupt.ts';

export interface Context {
  readonly progress: Progress;
  readonly interrupt: Interrupt;
}

export async function withInterrupt<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const progress = openProgress(process.stderr, redact);
  const interrupt = new Interrupt((text) => progress.say(text));
  try {
    return await work({ progress, interrupt });
  } finally {
    interrupt.release();
  }
}
