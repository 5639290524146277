import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { fakeSystem } from './testing/fake-system.ts';
import { watchedOver } from './watchdog.ts';

const NEVER = 60_000;

function program(source: string, startLimitMs: number) {
  const folder = temporaryFolder();
  const [main, pidFile] = [join(folder, 'main.ts'), join(folder, 'pid')];
  const tellPid = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  writeFileSync(main, `${tellPid}\n${source}`);
  return { main, startLimitMs, isRunning: () => existsSync(pidFile) && isAlive(Number(readFileSync(pidFile, 'utf8'))) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('a watchdog that does not say in time that it is at its post is ended, and nothing is begun', async () => {
  const silent = program('setInterval(() => undefined, 1000);', 300);
  const begun: string[] = [];
  const watched = watchedOver(fakeSystem(), async () => void begun.push('work'), silent);
  await expect(watched).rejects.toThrow(/the watchdog was not at its post within 0.3 s; see .*watchdog\.log/);
  await expect.poll(silent.isRunning).toBe(false);
  expect(begun).toEqual([]);
});

it('so it is when it ends at once', async () => {
  const ended = program('process.exit(0);', NEVER);
  await expect(watchedOver(fakeSystem(), async () => undefined, ended)).rejects.toThrow('not at its post');
});

it('one that is at its post is dismissed when nothing is left', async () => {
  const dutiful = program('process.send?.("here"); setInterval(() => undefined, 1000);', NEVER);
  expect(await watchedOver(fakeSystem(), async () => dutiful.isRunning(), dutiful)).toBe(true);
  await expect.poll(dutiful.isRunning).toBe(false);
});
