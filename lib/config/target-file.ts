// Reads and checks a target file: what is wrong is said with its place and what to do, before anything is touched.

import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { EXIT } from '../model/exit-code.ts';
import type { TargetSummary } from '../model/run.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { Target } from '../model/target.ts';
import schema from './target.schema.json' with { type: 'json' };

const validate = new Ajv({ allErrors: true }).compile<Target>(schema);

/** The target that a file describes. StampedeError 64 when it cannot be read, is not JSON or breaks the schema. */
export function readTargetFile(path: string): Target {
  const target = parse(path);
  if (validate(target)) return target;
  const complaints = (validate.errors ?? []).map(describe);
  throw new StampedeError(`target file ${path} is not valid:\n  ${complaints.join('\n  ')}`, {
    exitCode: EXIT.usage,
    hint: 'docs/getting-started.md lists the fields of a target file; unknown fields are refused',
  });
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new StampedeError(`target file ${path} cannot be read: ${(cause as Error).message}`, {
      exitCode: EXIT.usage,
      hint: 'give the path of a JSON file with --target',
      cause,
    });
  }
}

function describe(error: ErrorObject): string {
  const place = error.instancePath === '' ? '(top)' : error.instancePath;
  const unknownKey = error.params.additionalProperty as string | undefined;
  return unknownKey === undefined ? `${place} ${error.message}` : `${place} unknown key "${unknownKey}"`;
}

/** What of a target may stand in a report. */
export function summarise(target: Target): TargetSummary {
  const capabilities: TargetSummary['capabilities'][number][] = [];
  if (target.queries !== undefined) capabilities.push('database', 'effects');
  if (target.queries?.totals !== undefined) capabilities.push('totals');
  if (target.broker !== undefined) capabilities.push('broker');
  return {
    name: target.name,
    embedded: target.embedded ?? false,
    flow: target.flow,
    baseUrls: { ...target.http.baseUrls },
    capabilities,
    waivers: target.waivers ?? [],
    ...(target.promises === undefined ? {} : { promises: target.promises }),
    ...(target.plantedDefects === undefined ? {} : { plantedDefects: target.plantedDefects }),
  };
}
