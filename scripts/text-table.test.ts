import { expect, it } from 'vitest';
import { textTable } from './text-table.ts';

it('a table has columns as wide as their widest cell, and no trailing spaces', () => {
  const table = textTable([
    ['suite', 'passed', ''],
    ['unit', '12', 'note'],
    ['go', '3'],
  ]);
  expect(table).toBe('suite  passed\nunit   12      note\ngo     3');
});

it('a table without rows is empty', () => {
  expect(textTable([])).toBe('');
});
