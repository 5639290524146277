// Whether an experiment was one: steady before, every fault possible here, steady again afterwards, nothing left.

import type { ExperimentRun } from '../model/experiment.ts';
import type { Finding } from '../model/finding.ts';
import type { RunRecord } from '../model/run.ts';
import type { Checker } from './checker.ts';
import { duration } from './wording.ts';

const unmeasured = (id: string, message: string): Finding => ({
  id,
  kind: 'measurement',
  status: 'inconclusive',
  promised: true,
  message,
});

export const experiment: Checker = ({ run }) => {
  const told = run.experiment;
  if (told === undefined) return [];
  return [gateFinding(told), ...impossibleFindings(told), ...judgeFindings(told, run), ...leftFindings(told)];
};

function gateFinding({ gate }: ExperimentRun): Finding {
  const id = 'steady-before';
  if (gate === null) return unmeasured(id, 'it was not asked whether the platform was well, so nothing was injected');
  if (!gate.steady) return unmeasured(id, `nothing was injected: before any fault, ${gate.problem}`);
  const message = `the platform was in its steady state ${duration(gate.timeMs - gate.sinceMs)} after it was first asked`;
  return { id, kind: 'measurement', status: 'pass', promised: true, message };
}

function impossibleFindings({ impossible }: ExperimentRun): readonly Finding[] {
  return impossible.map(({ key, reason }) => unmeasured('fault-possible', `${key} cannot be made here: ${reason}`));
}

/** A load that ended before the limit was over tells nothing; a run that was stopped was not asked. */
function judgeFindings({ gate, judge }: ExperimentRun, { interruption }: RunRecord): readonly Finding[] {
  if (interruption !== null || gate?.steady !== true) return [];
  const id = 'steady-after';
  if (judge === null) return [unmeasured(id, 'it was not asked whether the platform was well after the faults')];
  const tookMs = judge.timeMs - judge.sinceMs;
  const common = { id, kind: 'recovery', promised: true } as const;
  if (judge.steady) {
    const message = `in its steady state again ${duration(tookMs)} after the last heal`;
    if (tookMs <= judge.limitMs) return [{ ...common, status: 'pass', message }];
    return [{ ...common, status: 'fail', message: `${message}, later than the limit of ${duration(judge.limitMs)}` }];
  }
  if (tookMs < judge.limitMs) {
    const message = `the load ended ${duration(tookMs)} after the last heal, and until then ${judge.problem}`;
    return [{ ...common, status: 'inconclusive', message }];
  }
  const message = `not in its steady state ${duration(tookMs)} after the last heal: ${judge.problem}`;
  return [{ ...common, status: 'fail', message }];
}

function leftFindings({ left, sweep }: ExperimentRun): readonly Finding[] {
  if (left.length === 0) return [];
  const message = `may still be active: ${left.join(', ')}; ${sweep ?? 'stampede chaos sweep'} removes it`;
  return [{ id: 'nothing-left', kind: 'heal', status: 'fail', promised: true, message }];
}
