// Reads experiments from files, and refuses what no run could follow, before anything is touched.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { didYouMean } from '../../lib/config/did-you-mean.ts';
import { complaintsOf } from '../../lib/config/file-complaints.ts';
import { typed } from '../../lib/machine/typed.ts';
import { usageError } from '../../lib/model/stampede-error.ts';
import type { AnyFault } from '../faults/fault.ts';
import schema from './experiment.schema.json' with { type: 'json' };
import { type Experiment, type FaultStep, LONGEST_FAULT_S } from './experiment.ts';
import { type Parts, strangersIn } from './parts.ts';
import { timeComplaints } from './time-plan.ts';

const ajv = new Ajv2020({ strictTypes: false, allErrors: true, verbose: true });
ajv.addVocabulary(['expected']);
const isExperiment = ajv.compile<Experiment>(schema);

/** What an experiment may name. */
export interface Known {
  readonly faults: readonly AnyFault[];
  /** Of the target; absent where they are not known yet. */
  readonly parts?: Parts;
}

/** A JSON or YAML file (JSON is YAML). StampedeError 64 with what is wrong where. */
export function readExperimentFile(path: string, known: Known): Experiment {
  const parsed = parsedFile(path);
  if (!isExperiment(parsed)) throw wrong(path, complaintsOf(isExperiment.errors ?? []));
  return checkExperiment(parsed, known, path);
}

/** The same experiment, when all that it names is known, every fault has the options that it takes, and the times can work out. StampedeError 64 otherwise. */
export function checkExperiment(experiment: Experiment, { faults, parts }: Known, where = experiment.name): Experiment {
  const complaints = stepsOf(experiment).flatMap((step) => stepComplaints(step, faults));
  // Options of the wrong shape name nobody.
  if (complaints.length === 0 && parts !== undefined) complaints.push(...strangersIn(experiment, parts));
  complaints.push(...timeComplaints(experiment));
  if (complaints.length > 0) throw wrong(where, complaints);
  return experiment;
}

function stepsOf({ method }: Experiment): readonly FaultStep[] {
  return method.flatMap((step) => ('parallel' in step ? step.parallel : [step]));
}

function stepComplaints({ fault: name, options, forS }: FaultStep, faults: readonly AnyFault[]): readonly string[] {
  const fault = faults.find((each) => each.name === name);
  if (fault === undefined)
    return [
      `there is no fault "${name}": ${didYouMean(
        name,
        faults.map((each) => each.name),
      )}`,
    ];
  const validate = ajv.compile(fault.options);
  if (!validate(options)) return complaintsOf(validate.errors ?? [], 'options').map((each) => `${name}: ${each}`);
  const lasting = fault.lasting(options);
  if (lasting && forS === undefined) return [`${name} lasts: say for how long, "forS": at most ${LONGEST_FAULT_S}`];
  if (!lasting && forS !== undefined) return [`${name} is over at once with these options: leave out "forS"`];
  return [];
}

function parsedFile(path: string): unknown {
  const text = textOf(path);
  try {
    return parse(text);
  } catch (cause) {
    throw wrong(path, [`it is neither JSON nor YAML: ${(cause as Error).message}`]);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw usageError(
      code === 'ENOENT' ? `there is no file ${path}` : `the experiment file ${path} cannot be read: ${code}`,
      `Give a JSON or YAML file, or a name: ${typed('chaos list')} shows the experiments that ship.`,
    );
  }
}

function wrong(where: string, complaints: readonly string[]): Error {
  return usageError(
    `${where} is no experiment that could be run:\n  ${complaints.join('\n  ')}`,
    `${typed('chaos list --faults')} shows every fault with its options.`,
  );
}
