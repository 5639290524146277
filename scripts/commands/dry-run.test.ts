import { describe, expect, it } from 'vitest';
import type { Surveyed } from '../../chaos/engine/survey.ts';
import { experimentNamed } from '../../chaos/experiments/all-experiments.ts';
import { dryExitCode } from './dry-run.ts';
import { describePlan, describeSurvey, shortLoad } from './experiment-text.ts';
import { ON_EMBEDDED, requireExperiment } from './require-experiment.ts';

const freeze = requireExperiment('payments-freeze', ON_EMBEDDED);
const planned = { key: 'process-freeze', fault: 'process-freeze', options: {}, when: { afterS: 2 }, durationMs: 8000 };
const aimed: Surveyed = {
  planned,
  impossible: null,
  intent: { process: 'payments' },
  unaimed: null,
  down: ['payments'],
};
const unaimed: Surveyed = { ...aimed, intent: null, unaimed: 'payments does not run', down: [] };
const impossible: Surveyed = { ...aimed, intent: null, impossible: 'no root', down: [] };

describe('a dry run', () => {
  it('is green when every fault would strike somebody', () => {
    expect(dryExitCode([[aimed], [aimed]])).toBe(0);
    expect(describeSurvey(freeze, [[aimed]])).not.toContain('inconclusive');
  });

  it.each([
    ['would strike nobody', unaimed, 'has nobody to strike now: payments does not run'],
    ['cannot be made here', impossible, 'cannot be made here: no root'],
  ])('is inconclusive, as the run would be, when a fault %s', (_what, fault, told) => {
    expect(dryExitCode([[aimed], [fault]])).toBe(5);
    const text = describeSurvey(freeze, [[aimed], [fault]]);
    expect(text).toContain(told);
    expect(text).toContain('a run would be inconclusive (5)');
  });

  it('tells of the load that was asked for, and warns of one that is short', () => {
    expect(describePlan({ ...freeze, users: 50 })).toContain('load: 50 concurrent orders');
    expect(shortLoad({ loadS: 50 }, 50)).toBe('');
    expect(shortLoad({ loadS: 30 }, 50)).toContain('loadS is 30, and 50 or more is recommended');
  });
});

describe('an experiment that was asked for', () => {
  it('may have a typo in its name: the one that was meant is told', () => {
    expect(experimentNamed('payments-freez')).toBeUndefined();
    expect(() => requireExperiment('payments-freez', ON_EMBEDDED)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining('did you mean "payments-freeze"?') }),
    );
  });

  it('may be a file that is not there: that is told in words', () => {
    expect(() => requireExperiment('mine.yaml', ON_EMBEDDED)).toThrow('there is no file mine.yaml');
  });
});
