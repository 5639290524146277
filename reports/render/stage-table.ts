// The figures of the stages as the rows of a table, the heading first.

import { count, duration, percent } from '../../lib/checkers/wording.ts';
import type { Percentiles, StageReport } from '../../lib/model/verdict.ts';

const HEADING = [
  'stage',
  'in flow',
  'not final',
  'orders',
  'completed',
  'per s',
  'p50',
  'p90',
  'p98',
  'flow p90',
  'p98',
  'full p90',
  'p98',
  'worst step',
];

/** Times are order completion times, then flow times, then completion times of the orders that began at the stage's full level; `∞` where a percentile falls among orders that never ended well. */
export function stageRows(stages: readonly StageReport[]): readonly (readonly string[])[] {
  return [HEADING, ...stages.map(rowOf)];
}

function rowOf(stage: StageReport): readonly string[] {
  const { completion, flow, atLevel } = stage;
  const timed = (times: Percentiles, name: 'p50' | 'p90' | 'p98', orders = stage.submitted): string => {
    if (orders === 0) return '–';
    const value = times[name];
    return value === null ? '∞' : duration(value);
  };
  return [
    stage.stage,
    count(stage.usersInFlow),
    count(stage.submittedNotFinal),
    count(stage.begun),
    count(stage.completed),
    stage.completedPerSecond.toFixed(1),
    timed(completion, 'p50'),
    timed(completion, 'p90'),
    timed(completion, 'p98'),
    timed(flow, 'p90'),
    timed(flow, 'p98'),
    timed(atLevel.completion, 'p90', atLevel.submitted),
    timed(atLevel.completion, 'p98', atLevel.submitted),
    worstStepOf(stage),
  ];
}

function worstStepOf({ worstStep }: StageReport): string {
  if (worstStep === null) return '–';
  if (worstStep.failedShare === 0) return 'no errors';
  return `${worstStep.step} ${percent(worstStep.failedShare)} failed`;
}
