// Types of lock.mjs, which is plain JavaScript because it also runs before the packages are installed.

export declare function withLock<T>(name: string, work: () => T | Promise<T>, onWait?: () => void): Promise<T>;
