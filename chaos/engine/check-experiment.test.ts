import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { ALL_EXPERIMENTS } from '../experiments/all-experiments.ts';
import { ALL_FAULTS } from '../faults/all-faults.ts';
import { EMBEDDED_PARTS } from '../targets/embedded-parts.ts';
import { refuseLossOfTheMajority } from './blast-radius.ts';
import { checkExperiment, readExperimentFile } from './check-experiment.ts';
import { type Experiment, plannedFaults } from './experiment.ts';

const folder = temporaryFolder();
const KNOWN = { faults: ALL_FAULTS, parts: EMBEDDED_PARTS };

const FREEZE = { fault: 'process-freeze', options: { process: 'payments' }, forS: 5 } as const;
const EXPERIMENT: Experiment = {
  name: 'mine',
  about: 'payments hang',
  loadS: 30,
  steady: { conditions: [{ figure: 'orders-per-s', atLeast: 1 }], forS: 3, withinS: 20 },
  guards: [{ figure: 'failed-share', atMost: 0.5, forS: 5 }],
  method: [
    FREEZE,
    {
      parallel: [
        { ...FREEZE, when: { afterS: 5 } },
        { ...FREEZE, when: { atUsers: 20 } },
      ],
    },
  ],
};

let files = 0;
function read(content: unknown) {
  const path = join(folder, `${files++}.yaml`);
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return readExperimentFile(path, KNOWN);
}

it.each(ALL_EXPERIMENTS.map((each) => [each.name, each] as const))(
  '%s, which ships, could stand in a file',
  (_name, each) => {
    expect(read(each)).toEqual(JSON.parse(JSON.stringify(each)));
  },
);

it('numbers faults that come again, so that the history can tell them apart', () => {
  expect(plannedFaults(EXPERIMENT).map((group) => group.map(({ key }) => key))).toEqual([
    ['process-freeze'],
    ['process-freeze#2', 'process-freeze#3'],
  ]);
});

describe('an experiment that no run could follow is refused with exit 64', () => {
  const step = (change: object) => ({ ...EXPERIMENT, method: [{ ...FREEZE, ...change }] });
  it.each([
    ['an unknown key', { ...EXPERIMENT, colour: 'red' }, 'the file has an unknown key "colour": known are name'],
    ['a mistyped key', { ...EXPERIMENT, loads: 30 }, 'the file has an unknown key "loads": did you mean "loadS"?'],
    ['a mistyped key of a step', step({ four: 5 }), 'method[0] has an unknown key "four": did you mean "forS"?'],
    [
      'a mistyped key of a condition',
      { ...EXPERIMENT, guards: [{ figure: 'users', atmost: 1, forS: 1 }] },
      'guards[0] has an unknown key "atmost": did you mean "atMost"?',
    ],
    [
      'a condition without a bound',
      { ...EXPERIMENT, guards: [{ figure: 'users', forS: 1 }] },
      'guards[0] must be a figure with "atLeast" or "atMost"',
    ],
    ['two triggers at once', step({ when: { afterS: 2, atS: 2 } }), 'method[0].when must be exactly one of "atS"'],
    [
      'a mistyped fault',
      step({ fault: 'proces-freeze' }),
      'there is no fault "proces-freeze": did you mean "process-freeze"?',
    ],
    ['a fault that there is not', step({ fault: 'meteor' }), 'there is no fault "meteor": known are process-kill'],
    [
      'a mistyped option',
      step({ options: { proces: 'payments' } }),
      'process-freeze: options has an unknown key "proces": did you mean "process"?',
    ],
    ['an option of another kind', step({ options: { process: 5 } }), 'options.process must be a name, not 5'],
    ['a process that there is not', step({ options: { process: 'paymets' } }), 'did you mean "payments"?'],
    ['a lasting fault without an end', step({ forS: undefined }), 'process-freeze lasts: say for how long'],
    ['a fault that is on for too long', step({ forS: 601 }), 'method[0].forS must be a number of seconds above 0, 600'],
    ['no method', { ...EXPERIMENT, method: [] }, 'method must be a list of steps, one at least'],
    ['what is no YAML', 'a: [', 'is no experiment that could be run'],
    ['what is a text', 'payments hang', 'the file must be an object'],
  ])('%s', (_what, content, message) => {
    expect(() => read(content)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining(message) }),
    );
  });

  it('and all that is wrong is told at once', () => {
    const wrong = { ...EXPERIMENT, loads: 30, guards: [{ figure: 'userz', atMost: 1, forS: 1 }], method: [] };
    expect(() => read(wrong)).toThrow(/"loads"[\s\S]*guards\[0\]\.figure must be one of [\s\S]*method must be/);
    const steps = { ...step({ fault: 'meteor' }), loadS: 5, steady: { ...EXPERIMENT.steady, forS: 30 } };
    expect(() => read(steps)).toThrow(/no fault "meteor"[\s\S]*loadS/);
  });

  it('a file that is not there, in words', () => {
    expect(() => readExperimentFile('nowhere.yaml', KNOWN)).toThrow(
      expect.objectContaining({ exitCode: 64, message: 'there is no file nowhere.yaml' }),
    );
  });

  it.each([
    ['at once', {}, '#2 strikes 0 s after'],
    ['too soon', { when: { afterS: 4 } }, '#2 strikes 4 s after'],
    ['at a time at which the one before is hardly over', { when: { atS: 12 } }, '#2 strikes 4 s after'],
  ])('a second step %s: the recovery from the first could never be seen', (_what, when, message) => {
    const method = [FREEZE, { ...FREEZE, ...when }];
    expect(() => checkExperiment({ ...EXPERIMENT, method }, KNOWN)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining(message) }),
    );
  });

  it('a load that ends before its faults could be over and recovery be seen', () => {
    const check = (loadS: number) =>
      checkExperiment({ ...EXPERIMENT, loadS, method: [{ ...FREEZE, forS: 30 }] }, KNOWN);
    expect(() => check(22)).toThrow('they need 38 s at least, so make loadS 23 or more');
    expect(() => check(23)).not.toThrow();
  });

  it('a length of a fault that is over at once', () => {
    const kill = { fault: 'process-kill', options: { process: 'payments', restartedBy: 'supervisor' }, forS: 3 };
    expect(() => checkExperiment({ ...EXPERIMENT, method: [kill] }, KNOWN)).toThrow('is over at once');
  });
});

it('takes steps in a row with a rest between them, and those that wait for a level', () => {
  for (const when of [{ afterS: 5 }, { atS: 13 }, { atUsers: 20 }]) {
    expect(() => checkExperiment({ ...EXPERIMENT, method: [FREEZE, { ...FREEZE, when }] }, KNOWN)).not.toThrow();
  }
});

describe('the blast radius', () => {
  const nodes = ['broker-1', 'broker-2', 'broker-3'];

  it('leaves a minority to be struck, and what is no member of the quorum', () => {
    expect(() => refuseLossOfTheMajority({ name: 'x' }, nodes, ['broker-1', 'payments', 'database'])).not.toThrow();
  });

  it('does not reach the majority unless the experiment says so in so many words', () => {
    const down = ['broker-3', 'broker-1', 'broker-1'];
    expect(() => refuseLossOfTheMajority({ name: 'x' }, nodes, down)).toThrow(
      expect.objectContaining({ exitCode: 64, message: expect.stringContaining('broker-1 and broker-3') }),
    );
    expect(() => refuseLossOfTheMajority({ name: 'x', accepts: 'loss-of-the-majority' }, nodes, down)).not.toThrow();
  });
});
