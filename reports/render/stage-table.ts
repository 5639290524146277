// The figures of the stages as the rows of a table, the heading first.

import { count, duration, percent } from '../../lib/checkers/wording.ts';
import type { Percentiles, StageReport } from '../../lib/model/verdict.ts';

const HEADING = [
  'stage',
  'users',
  'orders',
  'completed',
  'per s',
  'p50',
  'p90',
  'p98',
  'flow p90',
  'p98',
  'worst step',
];

/** Times are order completion times, then flow times; `∞` where a percentile falls among orders that never ended well. */
export function stageRows(stages: readonly StageReport[]): readonly (readonly string[])[] {
  return [HEADING, ...stages.map(rowOf)];
}

function rowOf(stage: StageReport): readonly string[] {
  const { completion, flow } = stage;
  const timed = (times: Percentiles, name: 'p50' | 'p90' | 'p98'): string => {
    if (stage.submitted === 0) return '–';
    const value = times[name];
    return value === null ? '∞' : duration(value);
  };
  return [
    stage.stage,
    count(stage.users),
    count(stage.begun),
    count(stage.completed),
    stage.completedPerSecond.toFixed(1),
    timed(completion, 'p50'),
    timed(completion, 'p90'),
    timed(completion, 'p98'),
    timed(flow, 'p90'),
    timed(flow, 'p98'),
    worstStepOf(stage),
  ];
}

function worstStepOf({ worstStep }: StageReport): string {
  if (worstStep === null) return '–';
  if (worstStep.failedShare === 0) return 'no errors';
  return `${worstStep.step} ${percent(worstStep.failedShare)} failed`;
}
