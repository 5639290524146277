// Experiments that only make sense on Kubernetes.

import type { Experiment } from '../engine/experiment.ts';
import { GUARDS, STEADY } from './usual.ts';

export const KUBERNETES_EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'payments-container-kill',
    about: 'the container of a payments pod ends at once, and is started again in the same pod: nobody pays twice',
    loadS: 50,
    steady: STEADY,
    guards: GUARDS,
    method: [{ fault: 'container-kill', options: { process: 'payments' }, when: { afterS: 2 } }],
  },
];
