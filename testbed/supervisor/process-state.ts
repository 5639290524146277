// What the supervisor says of its processes: state.json, and the answer to a status request.

import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from '../processes/process-identity.ts';

/** `stopped`: not running and not to be restarted · `waiting`: died, restart due after its back-off · `stopping`: asked to end. */
export type RunState = 'stopped' | 'running' | 'waiting' | 'stopping';

export interface LastExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Wall-clock milliseconds since the epoch. */
  readonly timeMs: number;
}

export interface ProcessState {
  readonly name: string;
  readonly state: RunState;
  /** Null while it does not run. */
  readonly identity: ProcessIdentity | null;
  /** True: when it dies it stays dead. */
  readonly held: boolean;
  /** Restarts after a death that nobody asked for. */
  readonly restarts: number;
  readonly lastExit: LastExit | null;
}

export interface SupervisorState {
  readonly supervisor: ProcessIdentity;
  readonly processes: readonly ProcessState[];
}

/** What the supervisor has written last; null when nothing readable is there. */
export function readState(stateFile: string): SupervisorState | null {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8')) as SupervisorState;
  } catch {
    return null;
  }
}
