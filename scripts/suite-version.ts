// The suite's own version, as package.json has it.

import { readFileSync } from 'node:fs';

export function suiteVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
