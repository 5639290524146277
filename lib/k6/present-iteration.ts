// What k6 tells a virtual user about the iteration that it is in, and the tags of whatever it measures there.

import execution from 'k6/execution';

interface PresentIteration {
  /** Start and number of the iteration. */
  readonly scenario: typeof execution.scenario;
  /** k6 empties them whenever it takes the user back into the load. */
  readonly tags: typeof execution.vu.metrics.tags;
}

let known: PresentIteration | undefined;

/** Asked for once per virtual user, because k6 makes these objects, a dozen functions each, anew for every look; what they say is of the moment. */
export function presentIteration(): PresentIteration {
  known ??= { scenario: execution.scenario, tags: execution.vu.metrics.tags };
  return known;
}
