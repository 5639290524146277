import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { ALL_FAULTS } from './all-faults.ts';
import { FAULT_SAMPLES } from './fault-samples.ts';

it.each(ALL_FAULTS.map((fault) => [fault.name, fault] as const))('%s has options that it takes', (name, fault) => {
  const ajv = new Ajv2020({ strictTypes: false });
  expect(ajv.validate(fault.options, FAULT_SAMPLES[name]), ajv.errorsText()).toBe(true);
});
