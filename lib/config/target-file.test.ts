import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../model/exit-code.ts';
import type { StampedeError } from '../model/stampede-error.ts';
import { readTargetFile, summarise } from './target-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-target-'));
afterAll(() => rmSync(folder, { recursive: true }));

const minimal = {
  name: 'staging',
  flow: 'seed',
  http: { baseUrls: { shopping: 'https://shop.example', orders: 'https://orders.example/v1' } },
};

function fileOf(content: unknown): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function refusal(content: unknown): StampedeError {
  try {
    readTargetFile(fileOf(content));
  } catch (error) {
    return error as StampedeError;
  }
  throw new Error('the target file was accepted');
}

describe('a target file', () => {
  it('needs a name, a flow and two base URLs', () => {
    expect(readTargetFile(fileOf(minimal))).toEqual(minimal);
  });

  it.each([
    ['not JSON', '{', 'cannot be read'],
    ['an unknown key', { ...minimal, flows: 'seed' }, 'unknown key "flows"'],
    ['an unknown flow', { ...minimal, flow: 'sed' }, '/flow'],
    [
      'a URL with a trailing slash',
      { ...minimal, http: { baseUrls: { shopping: 'http://a/', orders: 'http://b' } } },
      'shopping',
    ],
    [
      'credentials in a URL',
      { ...minimal, http: { baseUrls: { shopping: 'http://u:p@a', orders: 'http://b' } } },
      'shopping',
    ],
    ['queries without a database', { ...minimal, queries: { orders: 'x', effects: 'y' } }, 'database'],
    [
      'a secret in clear',
      { ...minimal, database: { host: 'h', port: 1, database: 'd', user: 'u', password: 'hunter2' } },
      '/database/password',
    ],
  ])('with %s is refused with 64, and the place is named', (_what, content, place) => {
    const error = refusal(content);
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message).toContain(place);
  });

  it('never repeats a secret that was written in clear', () => {
    const database = { host: 'h', port: 1, database: 'd', user: 'u', password: 'hunter2' };
    expect(refusal({ ...minimal, database }).message).not.toContain('hunter2');
  });

  it('shows in reports what it can measure and none of its secrets', () => {
    const database = { host: 'h', port: 1, database: 'd', user: 'u', password: 'env:DB_PASSWORD' };
    const summary = summarise(readTargetFile(fileOf({ ...minimal, database, queries: { orders: 'x', effects: 'y' } })));
    expect(summary.capabilities).toEqual(['database', 'effects']);
    expect(JSON.stringify(summary)).not.toContain('DB_PASSWORD');
  });
});
