// Faults in words, for `stampede chaos list --faults`: each with the values that its options take, and as a step of an experiment.

import type { AnyFault } from '../../chaos/faults/fault.ts';
import { FAULT_SAMPLES } from '../../chaos/faults/fault-samples.ts';

/** As much of JSON Schema as the options of faults use. */
interface OptionSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: OptionSchema;
}

const EXAMPLE_S = 10;

export function listFaults(faults: readonly AnyFault[]): string {
  return faults.map((fault) => `${describe(fault).join('\n  ')}\n`).join('');
}

function describe(fault: AnyFault): readonly string[] {
  const { properties } = fault.options as { readonly properties: Readonly<Record<string, OptionSchema>> };
  const options = Object.entries(properties).map(([name, schema]) => `${name}: ${valuesOf(schema)}`);
  return [`${fault.name}: ${fault.about}`, ...options, ...exampleOf(fault)];
}

function exampleOf({ name, lasting }: AnyFault): readonly string[] {
  const options = FAULT_SAMPLES[name];
  if (options === undefined) return [];
  return [`example: ${JSON.stringify({ fault: name, options, ...(lasting(options) ? { forS: EXAMPLE_S } : {}) })}`];
}

function valuesOf({ type, enum: values, minimum, maximum, items }: OptionSchema): string {
  if (values !== undefined) return values.join(' | ');
  if (type === 'boolean') return 'true | false';
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`;
  if (type === 'array') return `a list, each ${valuesOf(items ?? {})}`;
  return 'a name';
}
