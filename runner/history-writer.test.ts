import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rememberSecret } from '../lib/config/known-secrets.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { HistoryLine } from '../lib/model/history.ts';
import { HistoryWriter } from './history-writer.ts';

const folder = temporaryFolder();

let files = 0;
function newHistory(): { path: string; writer: HistoryWriter } {
  const path = join(folder, `${files++}.ndjson`);
  return { path, writer: new HistoryWriter(path, { run: 'r1', generator: 'suite', tool: 'test/1' }) };
}
const linesOf = (path: string): HistoryLine[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryLine);

describe('a history written by the suite', () => {
  it('has a begin line, a pair of lines per operation and an end line that counts them', () => {
    const { path, writer } = newHistory();
    writer
      .begin({ process: 'reader0', f: 'final-read', key: 'k1', value: { orderId: 'o1' } })
      .complete('ok', { value: { present: true } });
    writer.begin({ process: 'reader0', f: 'final-read', key: 'k2' }).complete('info', { error: { code: 'timeout' } });
    writer.close();
    const lines = linesOf(path);
    expect(lines.map((line) => line.type)).toEqual(['begin', 'invoke', 'ok', 'invoke', 'info', 'end']);
    expect(lines.at(-1)).toMatchObject({ counts: { invoke: 2, ok: 1, fail: 0, info: 1 }, lostLines: 0 });
    expect(lines[2]).toMatchObject({ seq: 1, key: 'k1', value: { present: true } });
    expect(lines[4]).toMatchObject({ seq: 2, key: 'k2', error: { code: 'timeout' } });
    expect(lines[4]).not.toHaveProperty('value');
  });

  it('has the invoke on disk before the operation is attempted', () => {
    const { path, writer } = newHistory();
    writer.begin({ process: 'reader0', f: 'final-read', key: 'k1' });
    expect(linesOf(path).at(-1)).toMatchObject({ type: 'invoke', key: 'k1' });
    writer.close();
  });

  it('repeats no secret that the target repeats, in values and in errors', () => {
    rememberSecret('a-secret-of-mine');
    const { path, writer } = newHistory();
    writer
      .begin({ process: 'reader0', f: 'final-read', key: 'k1', value: { orderId: 'a-secret-of-mine' } })
      .complete('ok', { value: { present: true, status: 'a-secret-of-mine' } });
    writer
      .begin({ process: 'reader0', f: 'final-read', key: 'k2' })
      .complete('info', { error: { code: 'http_500', message: 'no a-secret-of-mine here' } });
    writer.close();
    expect(readFileSync(path, 'utf8')).not.toContain('a-secret-of-mine');
    expect(linesOf(path)[4]).toMatchObject({ error: { code: 'http_500', message: 'no [redacted] here' } });
  });

  it('takes nothing more once it is closed, and leaves the file alone that got its number since', () => {
    const { path, writer } = newHistory();
    const open = writer.begin({ process: 'reader0', f: 'final-read', key: 'k1' });
    writer.close();
    const other = join(folder, 'other');
    const file = openSync(other, 'ax');
    expect(() => open.complete('ok')).toThrow('closed');
    expect(() => writer.begin({ process: 'reader0', f: 'final-read', key: 'k2' })).toThrow('closed');
    writer.close();
    writeSync(file, 'mine');
    closeSync(file);
    expect(readFileSync(other, 'utf8')).toBe('mine');
    expect(linesOf(path).map(({ type }) => type)).toEqual(['begin', 'invoke', 'end']);
  });

  it('never overwrites an existing file', () => {
    const { path, writer } = newHistory();
    writer.close();
    expect(() => new HistoryWriter(path, { run: 'r1', generator: 'suite', tool: 'test/1' })).toThrow(/EEXIST/);
  });
});
