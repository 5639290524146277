// The door to Debian's package manager: may this process install packages, and do it.

import { fileURLToPath } from 'node:url';
import { findOnPath } from '../../lib/machine/find-on-path.ts';
import { runTool, type ToolResult } from './run-tool.ts';

const INSTALL = fileURLToPath(new URL('install-packages.sh', import.meta.url));

/** The words that go before a command so that it runs as root (none for root itself), or why there are none. */
export type InstallRights = { readonly prefix: readonly string[] } | { readonly refusal: string };

/** Asks without a password prompt. */
export async function installRights(): Promise<InstallRights> {
  if (findOnPath('apt-get') === undefined) return { refusal: 'this machine has no apt-get' };
  if (process.getuid?.() === 0) return { prefix: [] };
  const sudo = await runTool({ command: 'sudo', args: ['-n', 'true'] });
  if (sudo.exitCode === 0) return { prefix: ['sudo', '-n'] };
  return { refusal: 'this needs root, or sudo without a password' };
}

/** Installs packages as programs only: no service is started, no database cluster made. Some minutes, mostly download. */
export function installPackages(names: readonly string[], prefix: readonly string[]): Promise<ToolResult> {
  const [command = '/bin/sh', ...args] = [...prefix, '/bin/sh', INSTALL, ...names];
  return runTool({ command, args });
}
