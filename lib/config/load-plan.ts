// The load plan: all that a k6 process is told, as one JSON file that holds no secret. Written by runner/load.ts, read in k6's init.

import type { BaseUrls } from '../flows/flow.ts';
import type { Profile } from '../model/profile.ts';

export interface LoadPlan {
  readonly v: 1;
  readonly run: string;
  readonly generator: string;
  readonly seed: number;
  readonly flow: 'seed' | 'checkout';
  readonly baseUrls: BaseUrls;
  /** Absolute paths of client certificate and key. */
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string };
  readonly profile: Profile;
  /** k6 thresholds by metric, generated from thresholds.ts; only a plain `k6 run` uses them. */
  readonly thresholds: Readonly<Record<string, readonly string[]>>;
}

/** Names of the environment variables that k6 is given. */
export const PLAN_VARIABLE = 'STAMPEDE_PLAN';
