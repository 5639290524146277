// What the doctor says about one thing on this machine, and what all of it together means.

/**
 * `ok`: as it should be · `automatic`: not there, the first run gets it by itself · `limited`: the gate runs, with less ·
 * `blocking`: the gate cannot run.
 */
export type Health = 'ok' | 'automatic' | 'limited' | 'blocking';

export interface Check {
  readonly name: string;
  readonly health: Health;
  /** What was seen, with version and path where there are such. */
  readonly seen: string;
  /** What to do about it; present unless all is well. */
  readonly advice?: string;
}

/** The main job can run when nothing blocks it. */
export function canRun(checks: readonly Check[]): boolean {
  return checks.every((check) => check.health !== 'blocking');
}
