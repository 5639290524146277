// Why the load's own history does not tell everything that was done: by itself, or because a load generator of the run is missing in it.

import type { Evidence } from './evidence.ts';
import { flawsOf, writerMismatches } from './record-flaws.ts';

/** One sentence part per flaw; empty when it is whole and by the load generators of the run alone. */
export function historyFlaws({ run, history: { condition } }: Pick<Evidence, 'run' | 'history'>): readonly string[] {
  // A run that came to note none has its own finding, `generator`: whoever wrote is taken for one then.
  const told = run.generators.length > 0 ? run.generators : condition.writers;
  const names = told.map(({ generator }) => generator);
  return [...flawsOf(condition), ...writerMismatches(condition, names)];
}
