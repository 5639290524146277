// Experiments in words: for `stampede chaos list` and for dry runs.

import { type Experiment, plannedFaults, USUAL_USERS } from '../../chaos/engine/experiment.ts';
import type { Surveyed } from '../../chaos/engine/survey.ts';
import type { PlannedFault, Trigger } from '../../lib/model/experiment.ts';
import { alignColumns } from '../../reports/render/table.ts';

const INCONCLUSIVE = 'As things stand, a run would be inconclusive (5): not every fault would strike somebody.\n';

export function listExperiments(experiments: readonly Experiment[]): string {
  return `${alignColumns(experiments.map(({ name, about }) => [name, about])).join('\n')}\n`;
}

/** What would be done, without roles: nobody is asked. */
export function describePlan(experiment: Experiment): string {
  const groups = plannedFaults(experiment).map((group) => group.map((planned) => describeFault(planned)));
  return describe(experiment, groups);
}

/** What would be done, and whom it would strike as things stand now. */
export function describeSurvey(experiment: Experiment, survey: readonly (readonly Surveyed[])[]): string {
  const groups = survey.map((group) =>
    group.map((each) => `${describeFault(each.planned)}\n     ${describeAim(each)}`),
  );
  const missed = survey.flat().some(({ intent }) => intent === null);
  return `${describe(experiment, groups)}${missed ? INCONCLUSIVE : ''}`;
}

function describe(
  { name, about, users = USUAL_USERS, loadS }: Experiment,
  groups: readonly (readonly string[])[],
): string {
  const steps = groups.map((group, index) => `  ${index + 1}. ${group.join('\n     at the same time: ')}`);
  return [
    `${name}: ${about}`,
    `load: ${users} concurrent orders, held ${loadS} s, and a probe`,
    'method, once the platform is in its steady state:',
    ...steps,
    'Nothing was touched.',
    '',
  ].join('\n');
}

/** Empty where the load is long enough; else a line that says how long it had better be. */
export function shortLoad({ loadS }: Pick<Experiment, 'loadS'>, recommendedS: number): string {
  if (loadS >= recommendedS) return '';
  return `loadS is ${loadS}, and ${recommendedS} or more is recommended (docs/gameday.md): a load that ends before recovery was seen is inconclusive (5).\n`;
}

function describeFault({ key, options, when, durationMs }: PlannedFault): string {
  const length = durationMs === null ? 'once' : `for ${durationMs / 1000} s`;
  return `${key} ${JSON.stringify(options)}, ${describeTrigger(when)}, ${length}`;
}

function describeTrigger(when: Trigger): string {
  if ('atS' in when) return `${when.atS} s after the load began`;
  if ('afterS' in when) return `${when.afterS} s after what stands before it`;
  if ('atUsers' in when) return `at ${when.atUsers} concurrent orders`;
  return `when the queue ${when.atQueue.name} holds ${when.atQueue.messages} messages`;
}

function describeAim({ impossible, intent, unaimed, down }: Surveyed): string {
  if (impossible !== null) return `cannot be made here: ${impossible}`;
  if (intent === null) return `has nobody to strike now: ${unaimed}`;
  return `would strike now: ${JSON.stringify(intent)}; down at once: ${down.join(', ') || 'nobody'}`;
}
