// The tests on a Kubernetes of their own: what they start is built before, so that no test waits for a build.

import { refuseMachine } from '../../testbed/kubernetes/kubernetes.ts';
import { ensureCluster } from '../setup/ensure-cluster.ts';
import type { SuiteCounts } from './suite.ts';
import { vitestSuite } from './vitest-suite.ts';

/** Throws a StampedeError (69) where no cluster can be. */
export async function clusterSuite(): Promise<SuiteCounts> {
  refuseMachine();
  await ensureCluster({ platform: true });
  return vitestSuite('cluster');
}
