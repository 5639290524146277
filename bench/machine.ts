// Where and with what a bench was made: figures without this say nothing.

import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goVersion } from '../scripts/setup/go-version.ts';
import { suiteVersion } from '../scripts/suite-version.ts';

const EXTENSION = fileURLToPath(new URL('../extension', import.meta.url));

export interface Machine {
  /** When the bench began, ISO 8601. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly kernel: string;
  /** Over the minute before the bench: on an idle machine near 0. */
  readonly loadAverage: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** Reads it now. Throws StampedeError 69 without Go. */
export async function thisMachine(): Promise<Machine> {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryBytes: totalmem(),
    kernel: `${type()} ${release()}`,
    loadAverage: loadavg()[0] ?? 0,
    versions: {
      stampede: suiteVersion(),
      node: process.versions.node,
      go: (await goVersion(EXTENSION)).replace(/^go/, ''),
      k6: k6Version(readFileSync(join(EXTENSION, 'go.mod'), 'utf8')),
    },
  };
}

/** The version of k6 that a go.mod asks for. */
export function k6Version(goMod: string): string {
  return /^\s*go\.k6\.io\/k6\/v2 v(\S+)/m.exec(goMod)?.[1] ?? 'unknown';
}
