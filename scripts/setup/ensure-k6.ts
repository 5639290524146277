// The k6 of this project (extension/cmd/k6), built when its sources changed.

import { fileURLToPath } from 'node:url';
import { ensureGoBinary, type GoProgram, goBinaryPath } from './go-binary.ts';

const EXTENSION = fileURLToPath(new URL('../../extension', import.meta.url));

/** Path of the binary; builds it first when need be (some minutes without Go's build cache). Throws StampedeError 69. */
export function ensureK6(extension = EXTENSION): Promise<string> {
  return ensureGoBinary(k6In(extension));
}

/** Where the binary of the present sources and the present Go stands, or would stand. Throws StampedeError 69 without Go. */
export function k6BinaryPath(extension = EXTENSION): Promise<string> {
  return goBinaryPath(k6In(extension));
}

function k6In(extension: string): GoProgram {
  return { name: 'k6', about: 'k6 with the extension', module: extension, main: './cmd/k6' };
}
