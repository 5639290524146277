// The test suites of this project, in the order in which they run: what fails fast comes first.

import { clusterSuite } from './cluster-suite.ts';
import { goTest, goVet } from './go-suites.ts';
import type { Suite } from './suite.ts';
import { toolSuite } from './tool-suite.ts';
import { vitestSuite } from './vitest-suite.ts';

const PLATFORM = ['k6', 'rabbitmq', 'postgresql'] as const;

export const SUITES: readonly Suite[] = [
  { name: 'lint', tier: 'quick', needs: [], run: () => toolSuite('biome', ['check', '.']) },
  { name: 'types-node', tier: 'quick', needs: [], run: () => toolSuite('tsc', ['-p', 'tsconfig.node.json']) },
  { name: 'types-k6', tier: 'quick', needs: [], run: () => toolSuite('tsc', ['-p', 'tsconfig.k6.json']) },
  { name: 'unit', tier: 'quick', needs: [], run: () => vitestSuite('unit') },
  { name: 'go-vet', tier: 'quick', needs: [], run: goVet },
  { name: 'go-test', tier: 'quick', needs: [], run: goTest },
  { name: 'integration', tier: 'quick', needs: PLATFORM, run: () => vitestSuite('integration') },
  { name: 'e2e', tier: 'quick', needs: PLATFORM, run: () => vitestSuite('e2e') },
  { name: 'slow', tier: 'slow', needs: PLATFORM, run: () => vitestSuite('slow') },
  { name: 'cluster', tier: 'cluster', needs: ['k6'], run: clusterSuite },
];
