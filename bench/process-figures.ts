// What a process has used so far, from /proc: CPU time and memory.

import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for every program (USER_HZ), whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
const BYTES_PER_KIB = 1024;

export interface ProcessFigures {
  /** User and system time of all threads, including ended ones, in seconds; to a hundredth. */
  readonly cpuSeconds: number;
  /** Memory in physical pages now. */
  readonly rssBytes: number;
  /** The most that it ever was. */
  readonly peakRssBytes: number;
}

/** `null` when the process is gone. */
export function processFigures(pid: number): ProcessFigures | null {
  try {
    return parseFigures(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (cause) {
    if (isGone(cause)) return null;
    throw cause;
  }
}

/** The children of a process that are alive; none when it is gone. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch (cause) {
    if (isGone(cause)) return [];
    throw cause;
  }
}

/** From the texts of /proc/<pid>/stat and /proc/<pid>/status; `null` when the process has ended and waits to be reaped. */
export function parseFigures(stat: string, status: string): ProcessFigures | null {
  // The program's name stands in brackets and may hold anything, brackets and spaces too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const rssBytes = kibibytes(status, 'VmRSS');
  const peakRssBytes = kibibytes(status, 'VmHWM');
  if (rssBytes === null || peakRssBytes === null) return null;
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  return { cpuSeconds: (userTicks + systemTicks) / TICKS_PER_SECOND, rssBytes, peakRssBytes };
}

function kibibytes(status: string, name: string): number | null {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status);
  return match === null ? null : Number(match[1]) * BYTES_PER_KIB;
}

function isGone(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH';
}
