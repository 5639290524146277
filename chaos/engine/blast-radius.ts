// The limit of the blast radius: a majority of the broker's nodes is never taken down unless the experiment says so in so many words.

import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { Experiment } from './experiment.ts';

/** Throws a usage error when so many members down at once would be the majority of the quorum, and that is not accepted. */
export function refuseLossOfTheMajority(
  { accepts, name }: Pick<Experiment, 'accepts' | 'name'>,
  quorum: readonly string[],
  downAtOnce: Iterable<string>,
): void {
  const down = new Set([...downAtOnce].filter((member) => quorum.includes(member)));
  if (accepts === 'loss-of-the-majority' || down.size === 0 || down.size * 2 < quorum.length) return;
  const members = [...down].sort().join(' and ');
  throw new StampedeError(`${name} would take ${members} down at once, the majority of ${quorum.length} broker nodes`, {
    exitCode: EXIT.usage,
    hint: 'If that is meant, the experiment must say so: "accepts": "loss-of-the-majority".',
  });
}
