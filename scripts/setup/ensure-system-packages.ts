// Gets RabbitMQ, PostgreSQL and the network tools: what is on the machine, else through apt, else a message that says what to do.

import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { typed } from '../../lib/machine/typed.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { type InstallRights, installPackages, installRights } from './apt.ts';
import { lastLines, type ToolResult } from './run-tool.ts';
import { missingPackages, type SystemNeed, type SystemPackage } from './system-packages.ts';

/** What the machine is asked and told; another one stands in for it in tests. */
export interface PackageMachine {
  readonly missing: (needs: readonly SystemNeed[]) => readonly SystemPackage[];
  readonly rights: () => Promise<InstallRights>;
  readonly install: (names: readonly string[], prefix: readonly string[]) => Promise<ToolResult>;
  readonly say: (text: string) => void;
}

const THIS_MACHINE: PackageMachine = {
  missing: missingPackages,
  rights: installRights,
  install: installPackages,
  say: (text) => process.stderr.write(`${text}\n`),
};

/**
 * Returns when what `needs` names is on the machine; installs what is missing, after it has said what and why.
 * Throws StampedeError 69, with the command to type, when it may not or cannot install.
 */
export async function ensureSystemPackages(needs: readonly SystemNeed[], machine = THIS_MACHINE): Promise<void> {
  if (machine.missing(needs).length === 0) return;
  const wait = () => machine.say('stampede: another process is installing system packages; waiting for it');
  await withLock('system-packages', () => installMissing(needs, machine), wait);
}

async function installMissing(needs: readonly SystemNeed[], machine: PackageMachine): Promise<void> {
  const missing = machine.missing(needs);
  if (missing.length === 0) return; // the process that we waited for has installed them
  const rights = await machine.rights();
  if ('refusal' in rights) throw unavailable(missing, `${namesOf(missing)} must be installed, but ${rights.refusal}`);
  machine.say(announcement(missing, rights.prefix));
  await step(openProgress(), `installing ${namesOf(missing)}`, async () => {
    const names = missing.map(({ name }) => name);
    const { exitCode, output } = await machine.install(names, rights.prefix);
    if (exitCode !== 0) throw unavailable(missing, `apt-get failed:\n${lastLines(output)}`);
  });
  const still = machine.missing(needs);
  if (still.length === 0) return;
  throw unavailable(still, `${namesOf(still)} was installed, but its programs are not where they belong`);
}

function announcement(missing: readonly SystemPackage[], prefix: readonly string[]): string {
  return [
    `stampede: installs these packages through apt${prefix.length > 0 ? ', with sudo' : ''}:`,
    ...missing.map(({ name, why }) => `  ${name}: ${why}`),
    '  Their services are not started, now or at boot, and no database cluster is made.',
  ].join('\n');
}

function namesOf(packages: readonly SystemPackage[]): string {
  return packages.map(({ name }) => name).join(', ');
}

function unavailable(packages: readonly SystemPackage[], message: string): StampedeError {
  const names = packages.map(({ name }) => name).join(' ');
  const command = `sudo apt-get update && sudo apt-get install --no-install-recommends ${names}`;
  return new StampedeError(message, {
    exitCode: EXIT.unavailable,
    hint: `On Debian or Ubuntu: ${command}\nYour own platform needs none of them: ${typed('gate --target FILE')}`,
  });
}
