import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** All that must work before the npm packages are there. */
const LAUNCHER = [
  'scripts/stampede.mjs',
  'scripts/setup/npm-packages.mjs',
  'scripts/setup/run-child.mjs',
  'lib/machine/lock.mjs',
];
const LOCK_FILE = { packages: { '': {}, 'node_modules/node': { version: '24.0.0', integrity: 'sha512-x' } } };

/** Stands in for npm: notes that it ran, takes a while, and installs a Node and a record of what it installed. */
const NPM = `#!/bin/sh
echo "$@" >> "$PROJECT/npm-runs"
sleep 0.5
[ -z "$NPM_FAILS" ] || exit 3
mkdir -p node_modules/node/bin
[ -n "$NPM_SKIPS_SCRIPTS" ] || ln -sf "$REAL_NODE" node_modules/node/bin/node
cp package-lock.json node_modules/.package-lock.json
`;

/** Stands in for the command line: shows what reaches it, and ends as it is told; otherwise it stays for 5 s, to be met by signals. */
const CLI = `
import { readFileSync } from 'node:fs';
const [what, how] = process.argv.slice(2);
const session = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[3];
const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
process.once('disconnect', () => { console.log('launcher gone'); process.exit(0); });
if (what === 'exit') process.exit(Number(how));
if (what === 'die') process.kill(process.pid, how);
if (what === 'listen') {
  for (const signal of signals) process.on(signal, () => console.log('got ' + signal));
  setTimeout(() => process.exit(6), Number(how));
}
console.log(session === String(process.pid) ? 'out of reach of the terminal' : 'within reach of the terminal');
console.log('ready ' + JSON.stringify(process.argv.slice(2)));
setTimeout(() => undefined, 5000);
`;

let project: string;

beforeEach(() => {
  project = temporaryFolder();
  mkdirSync(join(project, 'scripts/setup'), { recursive: true });
  mkdirSync(join(project, 'bin'));
  for (const file of LAUNCHER) cpSync(join(ROOT, file), join(project, file));
  writeFileSync(join(project, 'scripts/cli.ts'), CLI);
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(LOCK_FILE));
  writeFileSync(join(project, 'bin/npm'), NPM);
  chmodSync(join(project, 'bin/npm'), 0o755);
});

interface Launched {
  readonly child: ChildProcess;
  /** Resolves when the launcher has printed `text`. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

function launch(args: readonly string[], env: Record<string, string> = {}): Launched {
  return start(process.execPath, [join(project, 'scripts/stampede.mjs'), ...args], env);
}

function start(command: string, args: readonly string[], env: Record<string, string> = {}): Launched {
  const child = spawn(command, args, {
    env: { PATH: `${join(project, 'bin')}:${process.env.PATH}`, PROJECT: project, REAL_NODE: process.execPath, ...env },
    stdio: 'pipe',
  });
  let output = '';
  const hear = (text: Buffer) => {
    output += text;
    child.emit('said');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return {
    child,
    said: async (text) => {
      while (!output.includes(text)) await once(child, 'said', { signal: AbortSignal.timeout(10_000) });
    },
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal, output })),
  };
}

function npmRuns(): number {
  return readFileSync(join(project, 'npm-runs'), 'utf8').trim().split('\n').length;
}

function countOf(text: string, output: string): number {
  return output.split(text).length - 1;
}

describe('the launcher', () => {
  it('installs the packages once, and again only when the lock file has changed', async () => {
    await launch(['exit', '0']).ended;
    await launch(['exit', '0']).ended;
    expect(npmRuns()).toBe(1);
    const changed = {
      packages: { ...LOCK_FILE.packages, 'node_modules/x': { version: '1.0.0', integrity: 'sha512-y' } },
    };
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify(changed));
    await launch(['exit', '0']).ended;
    expect(npmRuns()).toBe(2);
  });

  it('installs once when two first runs start together, and both run', async () => {
    const ends = await Promise.all([launch(['exit', '3']).ended, launch(['exit', '4']).ended]);
    expect(ends.map((end) => end.code)).toEqual([3, 4]);
    expect(npmRuns()).toBe(1);
  });

  it('says that npm failed, ends with 69, and tries again the next time', async () => {
    const failed = await launch(['exit', '0'], { NPM_FAILS: 'yes' }).ended;
    expect(failed.code).toBe(69);
    expect(failed.output).toMatch(/npm ci ended with 3/);
    expect((await launch(['exit', '0']).ended).code).toBe(0);
  });

  it('runs on the Node of the machine when the pinned one was not installed but this one is new enough', async () => {
    expect((await launch(['exit', '5'], { NPM_SKIPS_SCRIPTS: 'yes' }).ended).code).toBe(5);
  });

  it('passes arguments as they are, and the exit code back', async () => {
    const { child, said, ended } = launch(['say', 'two words', '--flag=*']);
    await said('ready ["say","two words","--flag=*"]');
    child.kill('SIGTERM');
    await ended;
    expect((await launch(['exit', '70']).ended).code).toBe(70);
  });

  it('ends by the signal that ended the command', async () => {
    expect((await launch(['die', 'SIGKILL']).ended).signal).toBe('SIGKILL');
    expect((await launch(['die', 'SIGTERM']).ended).signal).toBe('SIGTERM');
  });

  it('passes a signal on once, also when it comes twice at a time, as from a terminal and from npm', async () => {
    const { child, said, ended } = launch(['listen', '1500']);
    await said('ready');
    child.kill('SIGINT');
    await said('got SIGINT');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(code).toBe(6);
    expect(countOf('got SIGINT', output)).toBe(1);
    expect(countOf('got SIGTERM', output)).toBe(1);
  });

  it('passes on a Ctrl-C at the terminal once', async () => {
    await launch(['exit', '0']).ended;
    const words = ['exec', process.execPath, join(project, 'scripts/stampede.mjs'), 'listen', '1500'];
    const { child, said, ended } = start('script', ['-qefc', words.join(' '), '/dev/null']);
    await said('ready');
    child.stdin?.write('\x03');
    const { code, output } = await ended;
    expect(code).toBe(6);
    expect(countOf('got SIGINT', output)).toBe(1);
    expect(output).toContain('out of reach'); // else it would arrive twice, but not every time
  });

  it('stops the command when the launcher itself is killed outright', async () => {
    const { child, said, ended } = launch(['listen', '8000']);
    await said('ready');
    child.kill('SIGKILL');
    expect((await ended).output).toMatch(/launcher gone/);
  });
});
