// Whether each stage reached the load that it is named for: 99 % of its users in flow at once, or its figures are of another load.

import type { Finding } from '../model/finding.ts';
import type { Stage } from '../model/profile.ts';
import type { Checker } from './checker.ts';
import { loadsOf } from './stage-loads.ts';
import { count } from './wording.ts';

const REACHED = 0.99;

export const loadLevel: Checker = (evidence) => {
  const { stages } = loadsOf(evidence);
  return evidence.run.profile.stages
    .filter(({ users }) => users > 0)
    .map((stage) => judge(stage, stages.get(stage.name)?.usersInFlow ?? 0));
};

function judge({ name, users, promised }: Stage, usersInFlow: number): Finding {
  const reached = usersInFlow >= users * REACHED;
  return {
    id: 'load-level',
    kind: 'measurement',
    status: reached ? 'pass' : 'inconclusive',
    promised,
    stage: name,
    observed: usersInFlow,
    message: reached
      ? `${count(usersInFlow)} users were in flow at once`
      : `no more than ${count(usersInFlow)} of ${count(users)} users were in flow at once: what was measured was less load`,
  };
}
