// Who a process is: its pid together with the time it started, since a pid alone is soon given to another process.

import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Start of the process in clock ticks since boot: field 22 of /proc/PID/stat. */
  readonly startTicks: number;
  /** The boot in which this holds; after a reboot pid and start could come again. */
  readonly bootId: string;
}

export interface ProcessStat {
  /** One letter; `Z` is a process that has ended and waits to be reaped. */
  readonly state: string;
  readonly parentPid: number;
  readonly startTicks: number;
}

/** Parses /proc/PID/stat (proc_pid_stat(5)). The second field is the program's name and may hold anything, also `)`. */
export function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', parentPid: Number(fields[1]), startTicks: Number(fields[19]) };
}

/** What the kernel says of a pid; null when there is no such process. */
export function readStat(pid: number): ProcessStat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

export function currentBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

/** The identity of the process that has this pid now; null when it has ended. */
export function identityOf(pid: number): ProcessIdentity | null {
  const stat = readStat(pid);
  if (stat === null || hasEnded(stat)) return null;
  return { pid, startTicks: stat.startTicks, bootId: currentBootId() };
}

/** True while this very process runs; false once it has ended, also if its pid belongs to another one by now. */
export function isAlive(identity: ProcessIdentity): boolean {
  const stat = readStat(identity.pid);
  if (stat === null || hasEnded(stat)) return false;
  return stat.startTicks === identity.startTicks && currentBootId() === identity.bootId;
}

function hasEnded(stat: ProcessStat): boolean {
  return stat.state === 'Z' || stat.state === 'X';
}
