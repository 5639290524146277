import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { rotateLogs } from './log-rotation.ts';

let folder: string;
const path = (name: string) => join(folder, name);

beforeEach(() => {
  folder = temporaryFolder();
});

describe('log rotation', () => {
  it('leaves short logs and other files alone', async () => {
    writeFileSync(path('a.log'), 'short');
    writeFileSync(path('a.txt'), 'x'.repeat(100));
    await rotateLogs(folder, 10);
    expect(readFileSync(path('a.log'), 'utf8')).toBe('short');
    expect(readFileSync(path('a.txt'), 'utf8')).toHaveLength(100);
  });

  it('empties a long log for a writer that keeps it open, and keeps the last piece', async () => {
    const writer = openSync(path('a.log'), 'a');
    writeSync(writer, 'first piece, too long');
    await rotateLogs(folder, 10);
    writeSync(writer, 'next');
    closeSync(writer);
    expect(readFileSync(path('a.log'), 'utf8')).toBe('next');
    expect(readFileSync(path('a.log.1'), 'utf8')).toBe('first piece, too long');
    appendFileSync(path('a.log'), ' is too long as well');
    await rotateLogs(folder, 10);
    expect(readFileSync(path('a.log.1'), 'utf8')).toBe('next is too long as well');
  });
});
