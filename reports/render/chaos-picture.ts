// Load, probes and faults on one line of time each, one character a window: for terminals and for code blocks.

import { duration } from '../../lib/checkers/wording.ts';
import type { ChaosReport, FaultReport, LoadWindow } from '../../lib/model/chaos-report.ts';
import { printable } from './printable.ts';

const BARS = ' ▁▂▃▄▅▆▇█';
/** A mark on the line of time every so many characters. */
const TICK_COLUMNS = 10;

/** The lines for time, for orders completed, for probes and for each fault, and what their signs mean. Empty where there was no load. */
export function chaosPicture(chaos: ChaosReport): readonly string[] {
  const { windows, windowMs, faults } = chaos;
  if (windows.length === 0) return [];
  const rows: readonly (readonly [string, string])[] = [
    ['', ticks(chaos)],
    ['orders', bars(windows.map(({ completed }) => completed))],
    ['probes', windows.map(probeMark).join('')],
    ...faults.map((fault) => [printable(fault.key), faultLine(fault, chaos)] as const),
  ];
  const meanings = [
    `one character is ${duration(windowMs)}`,
    `orders completed, at most ${highest(chaos)} per s`,
    ...(windows.some(({ probes }) => probes > 0) ? ['probes · all well, x some broken, X all broken'] : []),
    ...(faults.length > 0 ? ['faults ! strikes, = is on, h heals, + recovered'] : []),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const line = ([label, text]: readonly [string, string]): string => `${label.padEnd(width)}  ${text}`.trimEnd();
  return [...rows.map(line), line(['', meanings.join('; ')])];
}

function ticks({ windows, windowMs }: ChaosReport): string {
  let line = '';
  for (let column = 0; column < windows.length; column += TICK_COLUMNS) {
    line = `${line.padEnd(column)}${Math.round((column * windowMs) / 1000)}s`;
  }
  return line.slice(0, windows.length);
}

function bars(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => BARS[value === 0 ? 0 : Math.ceil((value / most) * (BARS.length - 1))]).join('');
}

function highest({ windows, windowMs }: ChaosReport): string {
  return ((Math.max(...windows.map(({ completed }) => completed)) * 1000) / windowMs).toFixed(1);
}

function probeMark({ probes, brokenProbes }: LoadWindow): string {
  if (probes === 0) return ' ';
  if (brokenProbes === 0) return '·';
  return brokenProbes === probes ? 'X' : 'x';
}

function faultLine(fault: FaultReport, { windows, windowMs, startedMs }: ChaosReport): string {
  const columnOf = (timeMs: number): number => Math.floor((timeMs - startedMs) / windowMs);
  const line = Array.from({ length: windows.length }, () => ' ');
  const { struckMs, healBeganMs, healedMs, recoveredMs } = fault;
  const last = windows.length - 1;
  const fill = (fromMs: number, toMs: number | null, mark: string): void => {
    line.fill(mark, Math.max(0, columnOf(fromMs)), Math.min(last, toMs === null ? last : columnOf(toMs)) + 1);
  };
  fill(struckMs, healBeganMs, '=');
  if (healBeganMs !== null) fill(healBeganMs, healedMs, 'h');
  const mark = (timeMs: number | null, sign: string): void => {
    if (timeMs !== null && columnOf(timeMs) <= last) line[columnOf(timeMs)] = sign;
  };
  mark(recoveredMs, '+');
  mark(struckMs, '!');
  return line.join('').trimEnd();
}
