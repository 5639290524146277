import { describe, expect, it } from 'vitest';
import { orphanedSegment } from './shared-memory.ts';

const header = '       key      shmid perms                  size  cpid  lpid nattch   uid   gid';
const table = (row: string) => `${header}\n${row}\n`;
const POSTMASTER_PID = '4711\n/data\n1700000000\n5432\n\n198.18.4.10\n  1234567        42\nready   \n';

describe('the shared memory of a killed server', () => {
  it('is the segment that its pid file names', () => {
    expect(orphanedSegment(POSTMASTER_PID, table('1234567 42 600 56 4711 4720 0 101 104'))).toBe('42');
  });

  it('is left alone when another program has the number by now', () => {
    expect(orphanedSegment(POSTMASTER_PID, table('7654321 42 600 56 4711 4711 0 0 0'))).toBeNull();
    expect(orphanedSegment(POSTMASTER_PID, table('1234567 42 600 56 9999 9999 0 0 0'))).toBeNull();
    expect(orphanedSegment(POSTMASTER_PID, table('1234567 43 600 56 4711 4711 0 0 0'))).toBeNull();
  });

  it('is none when the server ended properly or never ran', () => {
    expect(orphanedSegment('', table('1234567 42 600 56 4711 4720 0 101 104'))).toBeNull();
    expect(orphanedSegment(POSTMASTER_PID, '')).toBeNull();
  });
});
