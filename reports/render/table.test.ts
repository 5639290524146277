import { describe, expect, it } from 'vitest';
import { alignColumns } from './table.ts';

const ROWS = [
  ['suite', 'passed', ''],
  ['unit', '12', 'note'],
  ['go', '3'],
];

describe('a table', () => {
  it('has columns as wide as their widest cell, and no trailing spaces', () => {
    expect(alignColumns(ROWS)).toEqual(['suite  passed', 'unit   12      note', 'go     3']);
  });

  it('has figures flush right between its first and its last column', () => {
    expect(alignColumns(ROWS, 'figures')).toEqual(['suite  passed', 'unit       12  note', 'go          3']);
  });

  it('without rows is empty', () => {
    expect(alignColumns([])).toEqual([]);
  });
});
