// Tells of a heal that takes long what is still wrong: some wait for a whole cluster, for minutes.

import type { Ground } from '../targets/ground.ts';
import type { FaultsByName } from './heal-intent.ts';
import type { ActiveIntent } from './intent-files.ts';

const TELL_EVERY_MS = 15_000;

interface Told {
  readonly system: Ground;
  readonly faultNamed: FaultsByName;
  readonly say: (text: string) => void;
}

/** Says so every 15 s from now on. Gives the function that ends it. */
export function tellWhileHealing({ fault, key, intent }: ActiveIntent, { system, faultNamed, say }: Told): () => void {
  const beganMs = performance.now();
  let isOver = false;
  const tell = async (): Promise<void> => {
    const left = await faultNamed(fault)
      ?.verifyHealed(system, intent)
      .catch((cause: Error) => cause.message);
    const forS = Math.round((performance.now() - beganMs) / 1000);
    if (!isOver) say(`fault ${key} is not healed yet after ${forS} s: ${left ?? 'healing goes on'}`);
  };
  const timer = setInterval(tell, TELL_EVERY_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
