// The compiled schemas of everything that stands in a run directory (reports/schema).

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Bound } from '../../lib/model/bound.ts';
import type { EffectsLine, Observation } from '../../lib/model/evidence.ts';
import type { HistoryLine } from '../../lib/model/history.ts';
import type { RunRecord } from '../../lib/model/run.ts';
import type { TapLine } from '../../lib/model/tapped.ts';
import type { TimelineEnd, TimelineLine } from '../../lib/model/timeline.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import effectsLine from '../schema/effects-line.schema.json' with { type: 'json' };
import historyLine from '../schema/history-line.schema.json' with { type: 'json' };
import observation from '../schema/observation.schema.json' with { type: 'json' };
import run from '../schema/run.schema.json' with { type: 'json' };
import tapLine from '../schema/tap-line.schema.json' with { type: 'json' };
import timelineLine from '../schema/timeline-line.schema.json' with { type: 'json' };
import verdict from '../schema/verdict.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ strictTypes: false, discriminator: true });

export const isRunRecord: ValidateFunction<RunRecord> = ajv.compile<RunRecord>(run);
/** One entry of `thresholds.ts`, as run.json keeps it. */
export const isBound: ValidateFunction<Bound> = ajv.compile<Bound>({ $ref: `${run.$id}#/$defs/bound` });
export const isVerdict: ValidateFunction<Verdict> = ajv.compile<Verdict>(verdict);
export const isEffectsLine: ValidateFunction<EffectsLine> = ajv.compile<EffectsLine>(effectsLine);
export const isObservation: ValidateFunction<Observation> = ajv.compile<Observation>(observation);
export const isTapLine: ValidateFunction<TapLine> = ajv.compile<TapLine>(tapLine);
export const isTimelineLine: ValidateFunction<TimelineLine | TimelineEnd> = ajv.compile<TimelineLine | TimelineEnd>(
  timelineLine,
);

ajv.addSchema(historyLine);
const partOfHistory = (part: string) => ajv.compile<HistoryLine>({ $ref: `${historyLine.$id}#/$defs/${part}` });
const isOperation = partOfHistory('operation');
const isBegin = partOfHistory('begin');
const isEnd = partOfHistory('end');

/** Chooses by `type` first: trying the three kinds of line one after the other costs several times as much on millions of lines. */
export function isHistoryLine(line: unknown): line is HistoryLine {
  const type = typeof line === 'object' && line !== null && 'type' in line ? line.type : undefined;
  if (type === 'begin') return isBegin(line);
  return type === 'end' ? isEnd(line) : isOperation(line);
}

/** What the last failed validation complained about, in one line. */
export function complaintOf(validate: ValidateFunction): string {
  return ajv.errorsText(validate.errors, { dataVar: '' });
}
