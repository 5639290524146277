// What a bench leaves behind: a table for people and a JSON file with everything behind it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { alignColumns } from '../reports/render/table.ts';
import type { Machine } from './machine.ts';

/** A figure against what it should be. */
export interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Outcome {
  readonly bench: string;
  /** What the bench was asked to do: users, seconds, repetitions. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** The first row names the columns. */
  readonly table: readonly (readonly string[])[];
  readonly aims: readonly Aim[];
  /** Remarks on how to read the figures. */
  readonly notes: readonly string[];
  /** Every single measurement. */
  readonly measurements: readonly object[];
}

/** The text for standard output. */
export function renderOutcome(outcome: Outcome, machine: Machine): string {
  const { bench, parameters, table, aims, notes } = outcome;
  const asked = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const aimRows = aims.map(({ what, aim, measured, met }) => [met ? 'met' : 'NOT MET', what, measured, `aim ${aim}`]);
  return [
    `${bench}: ${asked.join(' · ')}`,
    `${machine.date} · ${machine.cpu}, ${machine.cores} cores, ${gibibytes(machine.memoryBytes)} GiB · load average ${machine.loadAverage.toFixed(2)} at the start`,
    Object.entries(machine.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(' · '),
    '',
    ...alignColumns(table),
    ...(aims.length === 0 ? [] : ['', ...alignColumns(aimRows)]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}

/** Writes all of it as JSON; makes the folder when it is missing. */
export function writeOutcome(outcome: Outcome, machine: Machine, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...outcome, machine }, null, 2)}\n`);
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(0);
}
