// Reads experiments from files, and refuses what no run could follow, before anything is touched.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import type { AnyFault } from '../faults/fault.ts';
import schema from './experiment.schema.json' with { type: 'json' };
import { type Experiment, type FaultStep, LONGEST_FAULT_S } from './experiment.ts';
import { timeComplaints } from './time-plan.ts';

const ajv = new Ajv2020({ strictTypes: false, allErrors: true });
const isExperiment = ajv.compile<Experiment>(schema);

/** A JSON or YAML file (JSON is YAML). StampedeError 64 with what is wrong where. */
export function readExperimentFile(path: string, faults: readonly AnyFault[]): Experiment {
  const parsed = parsedFile(path);
  if (!isExperiment(parsed)) throw wrong(path, ajv.errorsText(isExperiment.errors, { dataVar: '', separator: '\n  ' }));
  return checkExperiment(parsed, faults, path);
}

/** The same experiment, when every fault is known and has the options that it takes, and the times can work out. StampedeError 64 otherwise. */
export function checkExperiment(
  experiment: Experiment,
  faults: readonly AnyFault[],
  where = experiment.name,
): Experiment {
  const ofSteps = stepsOf(experiment).flatMap((step) => complaintsOf(step, faults));
  const complaints = [...ofSteps, ...timeComplaints(experiment)];
  if (complaints.length > 0) throw wrong(where, complaints.join('\n  '));
  return experiment;
}

function stepsOf({ method }: Experiment): readonly FaultStep[] {
  return method.flatMap((step) => ('parallel' in step ? step.parallel : [step]));
}

function complaintsOf({ fault: name, options, forS }: FaultStep, faults: readonly AnyFault[]): readonly string[] {
  const fault = faults.find((each) => each.name === name);
  if (fault === undefined)
    return [`there is no fault ${name}; there are ${faults.map((each) => each.name).join(', ')}`];
  const validate = ajv.compile(fault.options);
  if (!validate(options)) return [`${name}: ${ajv.errorsText(validate.errors, { dataVar: 'options' })}`];
  const lasting = fault.lasting(options);
  if (lasting && forS === undefined) return [`${name} lasts: say for how long, "forS": at most ${LONGEST_FAULT_S}`];
  if (!lasting && forS !== undefined) return [`${name} is over at once with these options: leave out "forS"`];
  return [];
}

function parsedFile(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw wrong(path, (cause as Error).message);
  }
}

function wrong(where: string, what: string): StampedeError {
  return new StampedeError(`${where} is no experiment that could be run:\n  ${what}`, {
    exitCode: EXIT.usage,
    hint: 'stampede chaos list --faults shows every fault with its options.',
  });
}
