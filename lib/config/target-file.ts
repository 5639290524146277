// Reads and checks a target file: what is wrong is said with its place and what to do, before anything is touched.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { DEAD_LETTERS, DEADLOCKS, QUEUE_DEPTH } from '../model/evidence.ts';
import { EXIT } from '../model/exit-code.ts';
import type { TargetSummary } from '../model/run.ts';
import { StampedeError } from '../model/stampede-error.ts';
import type { TapSummary } from '../model/tapped.ts';
import type { NamedTls, TapAccess, Target } from '../model/target.ts';
import { isBaseUrl, withoutTrailingSlash } from './base-url.ts';
import { complaintsOf } from './file-complaints.ts';
import { headerComplaints } from './header-complaints.ts';
import { parseJsonText } from './parse-json.ts';
import schema from './target.schema.json' with { type: 'json' };

const ajv = new Ajv({ allErrors: true, verbose: true });
ajv.addFormat('base-url', isBaseUrl);
// Annotations for the complaints: what is expected in words, and where no value may be repeated.
ajv.addVocabulary(['expected', 'secret']);
const validate = ajv.compile<Target>(schema);

/**
 * The target that a file describes, its URLs without trailing slashes and its paths absolute (they are relative to the file's
 * folder). StampedeError 64 when it cannot be read, is not JSON or says something that a target file cannot say.
 */
export function readTargetFile(path: string): Target {
  const target = parse(path);
  if (!validate(target)) throw invalid(path, complaintsOf(validate.errors ?? []));
  const complaints = headerComplaints(target.http);
  if (complaints.length > 0) throw invalid(path, complaints);
  return settled(target, dirname(path));
}

function parse(path: string): unknown {
  const parsed = parseJsonText(read(path));
  if ('value' in parsed) return parsed.value;
  throw new StampedeError(`target file ${path} is not JSON: ${parsed.complaint}`, {
    exitCode: EXIT.usage,
    hint: 'JSON has no comments and no comma behind the last item; docs/targets has samples',
  });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StampedeError(`target file ${path} cannot be read: ${(cause as NodeJS.ErrnoException).code}`, {
      exitCode: EXIT.usage,
      hint: 'give the path of a JSON file with --target',
      cause,
    });
  }
}

function invalid(path: string, complaints: readonly string[]): StampedeError {
  return new StampedeError(`target file ${path} is not valid:\n  ${complaints.join('\n  ')}`, {
    exitCode: EXIT.usage,
    hint: 'docs/targets.md explains every field of a target file; unknown keys are refused',
  });
}

function settled(target: Target, folder: string): Target {
  const { http, database, broker, tap, kubernetes } = target;
  const { shopping, orders } = http.baseUrls;
  const baseUrls = { shopping: withoutTrailingSlash(shopping), orders: withoutTrailingSlash(orders) };
  return {
    ...target,
    http: withPaths({ ...http, baseUrls }, folder),
    ...(database === undefined ? {} : { database: withPaths(database, folder) }),
    ...(broker === undefined
      ? {}
      : { broker: withPaths({ ...broker, managementUrl: withoutTrailingSlash(broker.managementUrl) }, folder) }),
    ...(tap === undefined ? {} : { tap: withPaths(tap, folder) }),
    ...(kubernetes === undefined
      ? {}
      : { kubernetes: { ...kubernetes, kubeconfig: resolve(folder, kubernetes.kubeconfig) } }),
  };
}

function withPaths<Part extends { readonly tls?: NamedTls }>(part: Part, folder: string): Part {
  if (part.tls === undefined) return part;
  const absolute = Object.entries(part.tls).map(([key, value]) => [
    key,
    key === 'serverName' ? value : resolve(folder, value),
  ]);
  return { ...part, tls: Object.fromEntries(absolute) };
}

/** What of a target may stand in a report. */
export function summarise(target: Target): TargetSummary {
  const capabilities: TargetSummary['capabilities'][number][] = [];
  if (target.queries !== undefined) capabilities.push('database', 'effects');
  if (target.queries?.totals !== undefined) capabilities.push('totals');
  if (target.broker !== undefined) capabilities.push('broker');
  if (target.tap !== undefined) capabilities.push('events');
  return {
    name: target.name,
    embedded: target.embedded ?? false,
    flow: target.flow,
    baseUrls: { ...target.http.baseUrls },
    capabilities,
    waivers: target.waivers ?? [],
    watched: watchedIn(target),
    ...(target.tap === undefined ? {} : { tap: tapSummary(target.tap) }),
    ...(target.promises === undefined ? {} : { promises: target.promises }),
    ...(target.plantedDefects === undefined ? {} : { plantedDefects: target.plantedDefects }),
  };
}

function tapSummary({ placed, captured, deadLetters = [] }: TapAccess): TapSummary {
  return {
    placedEvent: placed.type,
    ...(captured === undefined ? {} : { capturedEvent: captured.type }),
    deadLetters: deadLetters.length > 0,
  };
}

function watchedIn({ broker, database }: Target): Record<string, readonly string[]> {
  return {
    ...(broker === undefined ? {} : { [QUEUE_DEPTH]: broker.queues, [DEAD_LETTERS]: broker.deadLetterQueues }),
    ...(database === undefined ? {} : { [DEADLOCKS]: [database.database] }),
  };
}
