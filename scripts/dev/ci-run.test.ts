import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';

const CI_RUN = fileURLToPath(new URL('../../.ci/run', import.meta.url));

let bin: string;
beforeEach(() => {
  bin = temporaryFolder();
  mkdirSync(bin, { recursive: true });
});

type Answer = readonly [text: string, exitCode: number];

interface Given {
  /** Since it began. */
  readonly pastS?: number;
  /** Empty: nobody asked for the tests on Kubernetes. */
  readonly asked?: string;
}

/** Runs .ci/run with an npm that answers each tier as given, as root or not: what it prints, and its exit code. */
function ciRun(quick: Answer, slow: Answer, cluster?: Answer, { pastS = 0, asked = '1' }: Given = {}) {
  const answer = ([text, code]: Answer) => `printf '%s\\n' "${text}"; exit ${code}`;
  const tiers = `test) ${answer(quick)};; test:slow) ${answer(slow)};; test:cluster) ${answer(cluster ?? ['', 99])};;`;
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\ncase "$3" in ${tiers} esac\nexit 99\n`, { mode: 0o755 });
  writeFileSync(join(bin, 'id'), `#!/bin/sh\necho ${cluster === undefined ? 1000 : 0}\n`, { mode: 0o755 });
  // The programs of the cluster are not built for a test.
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { CLUSTER: asked, PATH: `${bin}:${process.env.PATH}`, SECONDS: String(pastS) };
  const { status, stdout } = spawnSync(CI_RUN, { env, encoding: 'utf8' });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout };
}

it('continuous integration ends with the sums over both tiers, and 0 when both are green', () => {
  const { status, lastLine } = ciRun(['table\n12 passed, 0 failed', 0], ['3 passed, 0 failed', 0]);
  expect(lastLine).toBe('15 passed, 0 failed');
  expect(status).toBe(0);
});

it('continuous integration runs the slow tier after a red quick one, and keeps its exit code', () => {
  const { status, lastLine, stdout } = ciRun(['12 passed, 2 failed', 1], ['3 passed, 0 failed', 0]);
  expect(stdout).toContain('3 passed, 0 failed');
  expect(lastLine).toBe('15 passed, 2 failed');
  expect(status).toBe(1);
});

it('continuous integration is red when a tier ends without its last line, whatever its exit code', () => {
  expect(ciRun(['Killed', 0], ['3 passed, 0 failed', 0])).toMatchObject({ lastLine: '3 passed, 1 failed', status: 1 });
  expect(ciRun(['Killed', 137], ['3 passed, 0 failed', 0])).toMatchObject({
    lastLine: '3 passed, 1 failed',
    status: 137,
  });
});

it('continuous integration runs the tests on Kubernetes last, when asked and as root; else it says that they were not run', () => {
  const green = [['12 passed, 0 failed', 0] as const, ['3 passed, 0 failed', 0] as const] as const;
  const red = ciRun(...green, ['5 passed, 1 failed', 1]);
  expect(red).toMatchObject({ lastLine: '20 passed, 1 failed', status: 1 });
  expect(red.stdout).not.toContain('NOT RUN');
  expect(ciRun(...green)).toMatchObject({ lastLine: '15 passed, 0 failed', status: 0 });
  expect(ciRun(...green).stdout).toContain('NOT RUN: the tests on Kubernetes (test:cluster) need root');
  const unasked = ciRun(...green, ['5 passed, 1 failed', 1], { asked: '' });
  expect(unasked).toMatchObject({ lastLine: '15 passed, 0 failed', status: 0 });
  expect(unasked.stdout).toContain('NOT RUN: the tests on Kubernetes (test:cluster) are run with CLUSTER=1');
});

it('continuous integration says that it has no time left for the tests on Kubernetes', () => {
  const green = [['12 passed, 0 failed', 0] as const, ['3 passed, 0 failed', 0] as const] as const;
  const late = ciRun(...green, ['5 passed, 0 failed', 0], { pastS: 50 * 60 });
  expect(late).toMatchObject({ lastLine: '15 passed, 0 failed', status: 0 });
  expect(late.stdout).toContain('NOT RUN: the tests on Kubernetes (test:cluster) may take 40 minutes, and 50 of 90');
});
