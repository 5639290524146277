// Lines up the cells of a small table for a terminal.

/**
 * The rows as lines: columns as wide as their widest cell, two spaces between, no trailing spaces. All cells are flush left; in a
 * table of `figures` all but the first and the last column are flush right.
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  content: 'text' | 'figures' = 'text',
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const isRight = (column: number): boolean => content === 'figures' && column > 0 && column < columns - 1;
  const cellOf = (cell: string, column: number): string =>
    isRight(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cellOf).join('  ').trimEnd());
}
