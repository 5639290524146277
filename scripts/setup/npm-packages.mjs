// Keeps node_modules in step with package-lock.json: says whether they agree, and lets npm install what the lock file names.

import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from '../../lib/machine/lock.mjs';
import { runChild } from './run-child.mjs';

const PROGRESS_EVERY_MS = 15_000;

/** True when what npm recorded as installed is what the lock file asks for. Packages for other platforms may be absent. */
export function packagesMatchLock(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  const paths = new Set([...Object.keys(wanted), ...Object.keys(installed)]);
  paths.delete(''); // the project itself, which npm records in only one of the two
  return [...paths].every((path) => agrees(wanted[path], installed[path]));
}

/**
 * Installs the packages when they do not match the lock file; gives how npm ended, or undefined when nothing was to do.
 * Of several processes that start at once, one installs and the others wait for it.
 */
export async function installPackages(root) {
  if (packagesMatchLock(root)) return undefined;
  const wait = () => say('another process is installing the npm packages; waiting for it');
  return withLock(`npm-packages:${root}`, () => (packagesMatchLock(root) ? undefined : npmCi(root)), wait);
}

function agrees(wanted, installed) {
  if (wanted === undefined) return false;
  if (installed === undefined) return wanted.optional === true || wanted.devOptional === true;
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // absent or cut short: npm has to write it anew
  }
}

async function npmCi(root) {
  const startMs = performance.now();
  const elapsedS = () => Math.round((performance.now() - startMs) / 1000);
  say('installing the npm packages that package-lock.json names (npm ci)');
  const ticker = setInterval(() => say(`npm ci is still at work (${elapsedS()} s)`), PROGRESS_EVERY_MS);
  try {
    // Standard output belongs to the command that follows.
    const ended = await runChild('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env: { ...process.env, PATH: withoutProjectBinaries(process.env.PATH) },
      stdio: ['ignore', 2, 2],
    });
    if (ended.code === 0) say(`npm packages installed (${elapsedS()} s)`);
    return ended;
  } finally {
    clearInterval(ticker);
  }
}

/** npm must not run on the Node in node_modules, which it is about to replace. */
function withoutProjectBinaries(path = '') {
  const folders = path.split(delimiter).filter((folder) => !folder.endsWith(join('node_modules', '.bin')));
  return folders.join(delimiter);
}

function say(text) {
  process.stderr.write(`stampede: ${text}\n`);
}
