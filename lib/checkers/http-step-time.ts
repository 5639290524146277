// HTTP time of each step (S1-HTTP-*), per stage; the worst step decides. A request that did not end well counts as slower than any bound.

import type { Bound } from '../model/bound.ts';
import type { Finding } from '../model/finding.ts';
import { percentileOf } from '../stats/percentile.ts';
import { holds } from '../stats/rate.ts';
import { boundsOn, type Checker, isPromisedStage, ofBound, stageNames } from './checker.ts';
import type { Evidence, StepTally } from './evidence.ts';
import { figuresOf, judgePercentile, type Measured, percentileIn, sayPercentile } from './percentile-bound.ts';
import { doubtful, judgedSteps, worstOf } from './steps.ts';
import { stopOf } from './stop.ts';

export const httpStepTime: Checker = (evidence, bounds) => {
  const stopped = stopOf(evidence) !== null;
  return stageNames(evidence).flatMap((stage) =>
    boundsOn('http_step_time', bounds, evidence.run).map((bound) => judgeStage(evidence, bound, stage, stopped)),
  );
};

function judgeStage({ run, history }: Evidence, bound: Bound, stage: string, stopped: boolean): Finding {
  const steps = judgedSteps(history.stages.get(stage)).map(({ step, tally, everyOrder }) => {
    const measured = measureStep(bound, tally, stopped);
    return { step, everyOrder, measured, status: judgePercentile(bound, measured.above) };
  });
  const common = { ...ofBound(bound), kind: 'bound' as const, promised: isPromisedStage(run, stage), stage };
  const worst = worstOf(steps, ({ measured }) => measured.above.high / measured.above.of);
  if (worst === undefined) {
    return { ...common, status: 'inconclusive', message: 'no request was made in this stage', samples: 0 };
  }
  const { step, measured, status } = worst;
  return {
    ...common,
    status,
    step,
    message: sayPercentile(bound, measured, status),
    ...figuresOf(measured),
    evidence: Object.fromEntries(
      steps.map((each) => [
        each.step,
        { samples: each.measured.above.of, slower: each.measured.above.high, observed: each.measured.observed },
      ]),
    ),
  };
}

function measureStep(bound: Bound, tally: StepTally, stopped: boolean): Measured {
  const slow = tally.durationsMs.countNot((ms) => holds(ms, bound.comparison, bound.limit));
  const cut = stopped ? doubtful(tally) : 0;
  const bad = tally.begun - tally.ok;
  const ascending = new Float64Array(tally.begun).fill(Number.POSITIVE_INFINITY);
  ascending.set(tally.durationsMs.sorted());
  return {
    above: { low: slow + bad - cut, high: slow + bad, of: tally.begun },
    observed: percentileOf(ascending, percentileIn(bound)),
    noun: 'request',
  };
}
