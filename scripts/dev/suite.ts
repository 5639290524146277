// A test suite as the test command sees it, and what comes of running it.

import type { Need } from '../setup/prepare.ts';

export const TIERS = ['quick', 'slow', 'cluster'] as const;
export type Tier = (typeof TIERS)[number];

export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  /** Tests that were asked not to run: neither passed nor failed, but shown. */
  readonly skipped: number;
  /** What the reader should know beside the counts. */
  readonly note?: string;
}

export interface Suite {
  readonly name: string;
  readonly tier: Tier;
  /** What has to be on the machine first. */
  readonly needs: readonly Need[];
  /** Runs it and streams what it prints to standard output. */
  readonly run: () => Promise<SuiteCounts>;
}

export interface SuiteResult extends SuiteCounts {
  readonly name: string;
  readonly seconds: number;
}
