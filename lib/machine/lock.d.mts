// Types of lock.mjs, which is plain JavaScript because it also runs before the packages are installed.

/** How to wait for a lock that another process holds. */
export interface LockWait {
  readonly waitMs: number;
  /** Ends the waiting when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when there is something to wait for. */
  readonly onWait?: (() => void) | undefined;
}

export declare function acquireLock(name: string, wait: LockWait): Promise<(() => Promise<void>) | null>;
export declare function isLockHeld(name: string): Promise<boolean>;
export declare function withLock<T>(name: string, work: () => T | Promise<T>, onWait?: () => void): Promise<T>;
