// Watches a process and all it starts: how much CPU time they take and how much memory the largest of them has at its peak.

import { childrenOf, type ProcessFigures, processFigures } from './process-figures.ts';

const EVERY_MS = 25;

export interface TreeFigures {
  /** User and system time of all of them, in seconds; what ran after the last look is missing (at most 25 ms). */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

/** Looks from now on until `stop` is called, which gives the figures. */
export function watchTree(pid: number): { stop(): TreeFigures } {
  const seen = new Map<number, ProcessFigures>();
  const look = (each: number): void => {
    const figures = processFigures(each);
    if (figures !== null) seen.set(each, figures);
    childrenOf(each).forEach(look);
  };
  look(pid);
  const timer = setInterval(() => look(pid), EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      const all = [...seen.values()];
      return {
        cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
        peakRssBytes: Math.max(...all.map(({ peakRssBytes }) => peakRssBytes)),
      };
    },
  };
}
