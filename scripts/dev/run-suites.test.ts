import { describe, expect, it } from 'vitest';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Need } from '../setup/prepare.ts';
import { runSuites, summary } from './run-suites.ts';
import type { Suite, SuiteCounts } from './suite.ts';

function suite(name: string, run: () => Promise<SuiteCounts>, needs: readonly Need[] = []): Suite {
  return { name, tier: 'quick', needs, run };
}

const counts =
  (passed: number, failed = 0, skipped = 0) =>
  async () => ({ passed, failed, skipped });
const quiet = { print: () => undefined, prepare: async () => undefined };

async function lastLine(suites: readonly Suite[]): Promise<string | undefined> {
  return summary(await runSuites(suites, quiet))
    .trimEnd()
    .split('\n')
    .at(-1);
}

describe('running suites', () => {
  it('ends with the sums over all suites as the last line', async () => {
    expect(await lastLine([suite('a', counts(3)), suite('b', counts(2, 1, 4))])).toBe('5 passed, 1 failed');
  });

  it('shows every suite with its own counts', async () => {
    const text = summary(await runSuites([suite('lint', counts(1)), suite('unit', counts(40, 2, 3))], quiet));
    expect(text).toMatch(/^suite +passed +failed +skipped +seconds\nlint +1 +0 +0 +0\.0\nunit +40 +2 +3 +0\.0\n/);
  });

  it('counts a suite that ran nothing as failed, also when all its tests were skipped', async () => {
    expect(await lastLine([suite('a', counts(0))])).toBe('0 passed, 1 failed');
    expect(await lastLine([suite('a', counts(0, 0, 7))])).toBe('0 passed, 1 failed');
  });

  it('counts a suite that throws as failed, says why, and runs the next', async () => {
    const throws = async () => {
      throw new Error('no such tool\nand more');
    };
    const results = await runSuites([suite('a', throws), suite('b', counts(1))], quiet);
    expect(results).toMatchObject([{ failed: 1, note: 'no such tool' }, { passed: 1 }]);
  });

  it('prepares what a suite needs before it runs, and does not run it when that fails', async () => {
    const asked: (readonly Need[])[] = [];
    const prepare = async (needs: readonly Need[]) => {
      asked.push(needs);
      throw new StampedeError('RabbitMQ is missing', { exitCode: EXIT.unavailable });
    };
    const [result] = await runSuites([suite('e2e', counts(5), ['rabbitmq'])], { ...quiet, prepare });
    expect(asked).toEqual([['rabbitmq']]);
    expect(result).toMatchObject({ passed: 0, failed: 1, note: 'RabbitMQ is missing' });
  });

  it('stops altogether when a signal stops a suite', async () => {
    const stopped = async () => {
      throw new StampedeError('stopped', { exitCode: EXIT.stopped });
    };
    await expect(runSuites([suite('a', stopped), suite('b', counts(1))], quiet)).rejects.toThrow('stopped');
  });

  it('says 0 and 0 for a tier without suites', async () => {
    expect(await lastLine([])).toBe('0 passed, 0 failed');
  });
});
