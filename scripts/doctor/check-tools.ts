// The doctor's look at the programs that the suite runs on: Node, npm packages, Go, k6, RabbitMQ, PostgreSQL, network tools.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { findBinaries } from '../../testbed/binaries.ts';
import { BROKER_ADVICE, brokerRefusal } from '../../testbed/broker/broker-version.ts';
import { installRights } from '../setup/apt.ts';
import { k6BinaryPath } from '../setup/ensure-k6.ts';
import { goVersion } from '../setup/go-version.ts';
import { packagesMatchLock } from '../setup/npm-packages.mjs';
import { runTool } from '../setup/run-tool.ts';
import { missingPackages, type SystemPackage } from '../setup/system-packages.ts';
import type { Check } from './check.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXTENSION = fileURLToPath(new URL('../../extension', import.meta.url));
const PROJECT_NODE = 24;

export async function checkTools(): Promise<Check[]> {
  return [checkNode(), checkPackages(), await checkGo(), await checkK6(), ...(await checkSystemPackages())];
}

function checkNode(): Check {
  const seen = `${process.version}  ${process.execPath}`;
  if (Number.parseInt(process.versions.node, 10) >= PROJECT_NODE) return { name: 'Node', health: 'ok', seen };
  return {
    name: 'Node',
    health: 'blocking',
    seen,
    advice: `Run this through "npx stampede", which uses Node ${PROJECT_NODE}.`,
  };
}

function checkPackages(): Check {
  if (packagesMatchLock(ROOT)) return { name: 'npm packages', health: 'ok', seen: 'as package-lock.json has them' };
  return {
    name: 'npm packages',
    health: 'automatic',
    seen: 'not those of package-lock.json',
    advice: 'The next run does npm ci.',
  };
}

async function checkGo(): Promise<Check> {
  try {
    return { name: 'Go', health: 'ok', seen: await goVersion(EXTENSION) };
  } catch (error) {
    return blockedBy('Go', error);
  }
}

async function checkK6(): Promise<Check> {
  try {
    const binary = await k6BinaryPath();
    if (!existsSync(binary)) {
      return {
        name: 'k6',
        health: 'automatic',
        seen: 'not built',
        advice: 'The first run builds it, in some minutes.',
      };
    }
    const { output } = await runTool({ command: binary, args: ['version'] });
    return { name: 'k6', health: 'ok', seen: `${output.split('\n')[0]}  ${binary}` };
  } catch (error) {
    return blockedBy('k6', error);
  }
}

async function checkSystemPackages(): Promise<Check[]> {
  const { rabbitmq, postgresql } = findBinaries().found;
  const missing = missingPackages(['rabbitmq', 'postgresql']);
  const rights = missing.length > 0 ? await installRights() : { prefix: [] };
  const refusal = 'refusal' in rights ? rights.refusal : undefined;
  return [
    ...(rabbitmq === undefined ? [] : [checkBroker(rabbitmq)]),
    ...(postgresql === undefined ? [] : [{ name: 'PostgreSQL', health: 'ok', seen: seenAt(postgresql) } as const]),
    ...missing.map((each) => checkMissing(each, refusal)),
  ];
}

export function checkBroker(found: { readonly version: string; readonly folder: string }): Check {
  const refusal = brokerRefusal(found.version);
  if (refusal === null) return { name: 'RabbitMQ', health: 'ok', seen: seenAt(found) };
  return { name: 'RabbitMQ', health: 'blocking', seen: `${seenAt(found)}: ${refusal}`, advice: BROKER_ADVICE };
}

function seenAt({ version, folder }: { readonly version: string; readonly folder: string }): string {
  return `${version}  ${folder}`;
}

function checkMissing({ name, why }: SystemPackage, refusal: string | undefined): Check {
  const seen = `missing; needed ${why}`;
  if (refusal === undefined) {
    return { name, health: 'automatic', seen, advice: `The first run installs it through apt (package ${name}).` };
  }
  const advice = `Install it by hand (Debian, Ubuntu: sudo apt-get install --no-install-recommends ${name}): ${refusal}.`;
  return { name, health: 'blocking', seen, advice };
}

function blockedBy(name: string, error: unknown): Check {
  if (!(error instanceof StampedeError)) throw error;
  const advice = error.hint ?? 'See the message beside it.';
  return { name, health: 'blocking', seen: error.message, advice };
}
