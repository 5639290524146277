#!/usr/bin/env node
// The front door: installs the npm packages when the lock file changed, then runs the command line on the project's own Node.
// Plain JavaScript without dependencies, because it runs before there are any, on whatever Node the machine has.

import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './setup/npm-packages.mjs';
import { endLike, runChild } from './setup/run-child.mjs';

const OLDEST_NODE = 20;
const PROJECT_NODE = 24;
/** Node then collects sooner: judging a million operations peaks at about 300 MB, at up to a fifth more CPU time. Only the pinned Node is sure to know them. */
const FRUGAL = ['--max-semi-space-size=8', '--heap-growing-percent=50'];
const STOPPED = 6;
const UNAVAILABLE = 69;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binaries = join(root, 'node_modules', '.bin');

try {
  await main();
} catch (error) {
  const what = error.code === 'ENOENT' ? `${error.path} is missing` : error.message;
  giveUp(`could not start: ${what}`, `Node ${OLDEST_NODE} or later with its npm must be on the PATH.`);
}

async function main() {
  if (majorOf(process.versions.node) < OLDEST_NODE) {
    giveUp(`Node ${process.versions.node} is too old`, `Install Node ${OLDEST_NODE} or later.`);
  }
  const installed = await installPackages(root);
  if (installed?.stopped) process.exit(STOPPED);
  if (installed !== undefined && installed.code !== 0) {
    giveUp(
      `npm ci ended with ${installed.code ?? installed.signal}`,
      'Repair what npm says above, then run the command again.',
    );
  }
  // The channel is the child's lifeline: when this process is killed outright, the child sees it close and stops too.
  const { node, flags } = projectNode();
  const ended = await runChild(node, [...flags, join(root, 'scripts', 'cli.ts'), ...process.argv.slice(2)], {
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  return endLike(ended);
}

/** The Node that the project pins, with its flags; without it, the machine's own when that is new enough. */
function projectNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(pinned)) return { node: pinned, flags: FRUGAL };
  if (majorOf(process.versions.node) >= PROJECT_NODE) return { node: process.execPath, flags: [] };
  giveUp(
    `Node ${PROJECT_NODE} is missing: the install script of the npm package "node" was not allowed to run`,
    `Allow it with "npm rebuild node --ignore-scripts=false --foreground-scripts", or put Node ${PROJECT_NODE} on the PATH.`,
  );
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

function giveUp(what, hint) {
  process.stderr.write(`stampede: ${what}.\n${hint}\n`);
  process.exit(UNAVAILABLE);
}
