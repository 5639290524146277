// Five kinds of tests, told apart by their file names; only the first may share the machine with many others.

import { defineConfig } from 'vitest/config';

const INTEGRATION = '**/*.integration.test.ts';
const END_TO_END = '**/*.e2e.test.ts';
const SLOW = '**/*.slow.test.ts';
const CLUSTER = '**/*.cluster.test.ts';
const NOT_OURS = ['**/node_modules/**', 'runs/**'];

export default defineConfig({
  test: {
    projects: [
      {
        // One module or a few together, in memory; milliseconds each.
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...NOT_OURS, INTEGRATION, END_TO_END, SLOW, CLUSTER],
          testTimeout: 10_000,
        },
      },
      {
        // Real parts: a broker, a database, the k6 binary, processes.
        test: {
          name: 'integration',
          include: [INTEGRATION],
          exclude: NOT_OURS,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The command line as its users type it, against the embedded platform.
        test: {
          name: 'e2e',
          include: [END_TO_END],
          exclude: NOT_OURS,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        // The same, where a minute or two each is too long for the quick tier. Two files at once: they mostly wait, each on a platform of its own.
        test: {
          name: 'slow',
          include: [SLOW],
          exclude: NOT_OURS,
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        // On a Kubernetes of their own, with Chaos Mesh; they need root.
        test: {
          name: 'cluster',
          include: [CLUSTER],
          exclude: NOT_OURS,
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
