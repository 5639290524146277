import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import schema from '../lib/config/target.schema.json' with { type: 'json' };
import { readTargetFile } from '../lib/config/target-file.ts';
import { PROFILES } from '../lib/workload/profiles.ts';
import { register } from '../scripts/commands/gate.ts';
import { bounds } from '../thresholds.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const samples = readdirSync(join(ROOT, 'docs/targets'));
const page = readFileSync(join(ROOT, 'docs/targets.md'), 'utf8');

describe('the sample target files', () => {
  it.each(samples)('%s is a target file, and the page about them links it', (sample) => {
    const target = readTargetFile(join(ROOT, 'docs/targets', sample));
    const known = bounds.map(({ id }) => id);
    for (const { bound } of target.waivers ?? []) expect(known).toContain(bound);
    expect(page).toContain(`(targets/${sample})`);
  });

  it('waives in the least file exactly what HTTP alone cannot tell', () => {
    const metrics = ['orders_duplicated', 'backlog_drain_time', 'deadlocks', 'dead_letter_depth', 'dead_letters_new'];
    const blind = bounds.filter(({ metric }) => metrics.includes(metric)).map(({ id }) => id);
    const { waivers = [] } = readTargetFile(join(ROOT, 'docs/targets/minimal.json'));
    expect(waivers.map(({ bound }) => bound).sort()).toEqual(blind.sort());
    for (const { bound } of waivers) expect(page).toContain(`"bound": "${bound}"`);
  });

  it('are told at their least in the same words wherever a reader begins', () => {
    const blocks = [page, readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8')].map(
      (text) => /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '',
    );
    const least = JSON.parse(readFileSync(join(ROOT, 'docs/targets/minimal.json'), 'utf8'));
    for (const block of blocks) expect(JSON.parse(block)).toEqual(least);
  });

  it('show both flows', () => {
    const flows = samples.map((sample) => readTargetFile(join(ROOT, 'docs/targets', sample)).flow);
    expect(new Set(flows)).toEqual(new Set(['seed', 'checkout']));
  });

  it('hold the queries that the page explains', () => {
    const { queries } = readTargetFile(join(ROOT, 'docs/targets/seed.json'));
    const blocks = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => oneLine(sql));
    expect(Object.values(queries ?? {}).map(oneLine)).toEqual(blocks);
  });

  it('leave no field of the schema unexplained', () => {
    const names = fieldsOf(schema).filter((name) => !new RegExp(`\\b${name}\\b`).test(page));
    expect(names).toEqual([]);
  });
});

describe('the workflow for GitHub', () => {
  const workflow = parse(readFileSync(join(ROOT, 'docs/examples/github-nightly-gate.yml'), 'utf8'));
  const steps = workflow.jobs.gate.steps as {
    uses?: string;
    run?: string;
    if?: string;
    with?: Record<string, string>;
  }[];
  const lines = steps.flatMap(({ run }) => run?.split('\n') ?? []);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  it('runs a command, with options and a profile, that there is', () => {
    const program = new Command();
    register(program);
    const gates = lines.filter((line) => line.includes('stampede'));
    expect(gates).toHaveLength(1);
    const [, command, ...rest] = (gates[0] ?? '').replace(/^npx /, '').split(/\s+/);
    const gate = program.commands.find((each) => each.name() === command);
    const options = rest.filter((word) => word.startsWith('--'));
    expect(options.filter((option) => !gate?.options.some(({ long }) => long === option))).toEqual([]);
    expect(PROFILES.map(({ name }) => name)).toContain(rest[rest.indexOf('--profile') + 1]);
  });

  it('names only npm scripts that there are', () => {
    const named = lines.flatMap((line) => /npm run (\S+)/.exec(line)?.[1] ?? []);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only files that there are', () => {
    const paths = steps.flatMap((step) => [step.with?.['go-version-file'], step.with?.['cache-dependency-path']]);
    for (const path of paths.filter((each) => each !== undefined)) readFileSync(join(ROOT, path));
  });

  it('keeps the report and the run directory also when the gate fails', () => {
    const kept = steps.filter((step) => step.if === 'always()');
    expect(kept.map(({ run, uses }) => uses?.split('@')[0] ?? run)).toEqual([
      expect.stringContaining('GITHUB_STEP_SUMMARY'),
      'actions/upload-artifact',
    ]);
  });
});

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim();
}

/** Names of all properties, at any depth. */
function fieldsOf(part: unknown): string[] {
  if (part === null || typeof part !== 'object') return [];
  const own = 'properties' in part ? Object.keys(part.properties as object) : [];
  return [...own, ...Object.values(part).flatMap(fieldsOf)];
}
