// The experiment that somebody has asked for: one that ships, by its name, or one from a file; checked before anything is touched.

import { existsSync } from 'node:fs';
import { checkExperiment, type Known, readExperimentFile } from '../../chaos/engine/check-experiment.ts';
import type { Experiment } from '../../chaos/engine/experiment.ts';
import { ALL_EXPERIMENTS, experimentNamed } from '../../chaos/experiments/all-experiments.ts';
import { ALL_FAULTS } from '../../chaos/faults/all-faults.ts';
import { EMBEDDED_PARTS } from '../../chaos/targets/embedded-parts.ts';
import { didYouMean } from '../../lib/config/did-you-mean.ts';
import { typed } from '../../lib/machine/typed.ts';
import { usageError } from '../../lib/model/stampede-error.ts';

/** What there is on the embedded platform. */
export const ON_EMBEDDED: Known = { faults: ALL_FAULTS, parts: EMBEDDED_PARTS };

/** By name, or from a file: what looks like a path is one. StampedeError 64 when it is neither, or no experiment. */
export function requireExperiment(name: string, known: Known): Experiment {
  const shipped = experimentNamed(name);
  if (shipped !== undefined) return checkExperiment(shipped, known);
  if (/[./]/.test(name) || existsSync(name)) return readExperimentFile(name, known);
  const names = ALL_EXPERIMENTS.map((each) => each.name);
  throw usageError(
    `there is no experiment "${name}": ${didYouMean(name, names)}`,
    `${typed('chaos list')} says what each of them does. One of your own is a JSON or YAML file.`,
  );
}
