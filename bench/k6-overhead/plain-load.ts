// What the plain script is told; read inside k6 and written by Node.

import type { ThinkTime } from '../../lib/model/profile.ts';

export const SETTINGS_VARIABLE = 'PLAIN_LOAD';

export interface PlainLoad {
  readonly baseUrl: string;
  readonly users: number;
  readonly rampS: number;
  readonly holdS: number;
  readonly thinkTime: ThinkTime;
}
