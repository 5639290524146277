// Cuts the load into windows of equal length, for a picture of what happened when.

import type { ChaosReport, LoadWindow } from '../../model/chaos-report.ts';
import { progressOf } from '../../model/order.ts';
import { PROBE_STAGE } from '../../model/probe.ts';
import type { Evidence } from '../evidence.ts';

/** A picture is no wider than this. */
const MOST_WINDOWS = 100;
const LEAST_WINDOW_MS = 1_000;

type GrowingWindow = { -readonly [Field in keyof LoadWindow]: LoadWindow[Field] };

/** Orders of the load and probes, by when they were acknowledged, seen completed, or begun. */
export function loadWindows({
  run,
  history,
}: Evidence): Pick<ChaosReport, 'startedMs' | 'endedMs' | 'windowMs' | 'windows'> {
  const startedMs = run.load?.startedMs ?? run.startedMs;
  const endedMs = run.load?.endedMs ?? run.endedMs ?? startedMs;
  const windowMs = Math.max(LEAST_WINDOW_MS, Math.ceil((endedMs - startedMs) / MOST_WINDOWS / 1000) * 1000);
  const windows: GrowingWindow[] = Array.from({ length: Math.ceil((endedMs - startedMs) / windowMs) }, () => ({
    ...{ acknowledged: 0, completed: 0, probes: 0, brokenProbes: 0 },
  }));
  const add = (what: keyof LoadWindow, timeMs: number | null): void => {
    const window = timeMs === null ? undefined : windows[Math.floor((timeMs - startedMs) / windowMs)];
    if (window !== undefined) window[what] += 1;
  };
  for (const { stage, acknowledgedMs, firstFinalReadMs, status } of history.orders.values()) {
    if (stage === PROBE_STAGE) continue;
    add('acknowledged', acknowledgedMs);
    if (progressOf(status ?? '') === 'completed') add('completed', firstFinalReadMs);
  }
  for (const { beganMs, outcome } of history.probes) {
    if (outcome === 'open') continue;
    add('probes', beganMs);
    if (outcome !== 'ok') add('brokenProbes', beganMs);
  }
  return { startedMs, endedMs, windowMs, windows };
}
