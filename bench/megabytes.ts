// Memory in the unit of the tables.

/** Not the 2^20 bytes that some tools call so. */
export const BYTES_PER_MB = 1e6;

/** `396 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / BYTES_PER_MB).toFixed(0)} MB`;
}
