// The part of thresholds.ts about recovery: how soon a platform is well again after a fault, and that it stays so.

import { type Bound, CUSTOMERS } from './lib/model/bound.ts';

/** From heal for a fault that lasts, from inject for one that is over at once, until no probe breaks for the settle time; each fault by itself. */
const recovery = {
  aggregate: { max: 'value' },
  comparison: '<',
  unit: 'ms',
  minimumSamples: 1,
  scope: 'run',
  promisedBy: ['gameday'],
} as const;

export const recoveryBounds: readonly Bound[] = [
  {
    id: 'S1-RTO',
    metric: 'recovery_time',
    limit: 4 * 3_600_000,
    source: 'S1-RTO / RPO',
    why: 'After a disaster orders can be placed again within half a working day.',
    ...recovery,
    promisedTo: ['S1'],
  },
  {
    id: 'S4-RTO',
    metric: 'recovery_time',
    limit: 3_600_000,
    source: 'S4-RTO / RPO',
    why: 'Orders can be placed again within the hour.',
    ...recovery,
    promisedTo: ['S4'],
  },
  {
    id: 'S5-MTTR',
    metric: 'recovery_time',
    limit: 15 * 60_000,
    source: 'S5-MTTR',
    why: 'A mean is kept when each single recovery keeps it: a quarter of an hour after a lost pod, network or database.',
    ...recovery,
    promisedTo: ['S5'],
  },
  {
    id: 'EMBEDDED-RECOVERY',
    metric: 'embedded_recovery_time',
    limit: 30_000,
    source: 'own',
    why: 'The embedded platform is small and restarts within seconds; what takes it longer is a defect, or this suite measures wrongly.',
    ...recovery,
    promisedTo: CUSTOMERS,
  },
  {
    id: 'STAYS-WELL',
    metric: 'relapse_time',
    limit: 1_000,
    source: 'own',
    why: 'A platform that breaks again by itself has not recovered; a second leaves room for a single probe that came at a bad moment.',
    ...recovery,
    promisedTo: CUSTOMERS,
  },
];
