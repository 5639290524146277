// Types of npm-packages.mjs, which is plain JavaScript because it also runs before the packages are installed.

export declare function packagesMatchLock(root: string): boolean;
