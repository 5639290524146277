// Conservation of operations: begun = ok + fail + info, where info holds those that were never completed. Counted by lines, and once more by step and stage.

import type { OperationCounts } from '../model/verdict.ts';
import type { Checker } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { hasGaps, impossibleLines } from './record-flaws.ts';
import { count } from './wording.ts';

/** Operations by the lines that were read. */
export function operationsOf({ history }: Evidence): OperationCounts {
  const sum = { begun: 0, ok: 0, fail: 0, info: 0 };
  for (const { counts } of history.condition.writers) {
    sum.begun += counts.invoke;
    sum.ok += counts.ok;
    sum.fail += counts.fail;
    sum.info += counts.info;
  }
  const completed = sum.ok + sum.fail + sum.info;
  return { ...sum, info: sum.info + Math.max(0, sum.begun - completed) };
}

export const operationsConservation: Checker = (evidence) => {
  const { condition } = evidence.history;
  const { begun, ok, fail, info } = operationsOf(evidence);
  const equation = `${count(begun)} begun = ${count(ok)} ok + ${count(fail)} fail + ${count(info)} info`;
  const flaws = condition.writers.flatMap(impossibleLines);
  const common = { id: 'operations-conservation', promised: true, samples: begun };
  if (begun === 0) {
    return [{ ...common, kind: 'measurement', status: 'inconclusive', message: 'no operation was begun' }];
  }
  const inSteps = stepCounts(evidence);
  if (flaws.length === 0 && begun === ok + fail + info && begun === inSteps) {
    return [{ ...common, kind: 'measurement', status: 'pass', message: equation }];
  }
  const message = `operations do not add up (${equation}; ${count(inSteps)} in all steps): ${flaws.join('; ')}`;
  if (hasGaps(condition)) return [{ ...common, kind: 'measurement', status: 'inconclusive', message }];
  return [{ ...common, kind: 'suite', status: 'fail', message }];
};

/** Operations by step and stage, those of the scenario's own exceptions apart: counted when they are folded, not when they are read. */
function stepCounts({ history }: Evidence): number {
  const tallies = Array.from(history.stages.values()).flatMap(({ steps }) => [...steps.values()]);
  const ended = tallies.reduce((sum, { ok, fail, info, open }) => sum + ok + fail + info + open, 0);
  return ended + history.suiteDefects;
}
