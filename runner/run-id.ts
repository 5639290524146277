// Names a run: when, what, and four letters that tell apart two runs of one second.

import { randomBytes } from 'node:crypto';

/** For example `20261120T184405Z-smoke-9f3a`; sorts by time and is safe in file names. */
export function newRunId(profile: string, atMs: number): string {
  const time = new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${profile}-${randomBytes(2).toString('hex')}`;
}
