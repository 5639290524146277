import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { countMessages } from './harness/message-count.ts';
import { newRunsFolder, onlyRun, stampede, verdictOf } from './harness/stampede.ts';

const instance = `durability-${process.pid}`;
const runs = newRunsFolder();

afterAll(async () => {
  await stampede('down', '--instance', instance);
  rmSync(runs, { recursive: true, force: true });
});

it('a publisher without confirms loses messages when the leader is killed, and each of them is found', async () => {
  const planted = ['--without-confirms', '--mode', 'streaming', '--minutes', '0.5', '--fault', 'leader-kill'];
  const { exitCode } = await stampede('durability', ...planted, '--instance', instance, '--runs', runs);
  const { messages, plantedDefects } = verdictOf(onlyRun(runs));
  expect({ exitCode, plantedDefects }).toEqual({ exitCode: 2, plantedDefects: ['without-confirms'] });
  const { acked, lost } = countMessages(onlyRun(runs));
  expect({ acked, lost }).toEqual({ acked: messages?.acked, lost: messages?.lost });
  expect(lost).toBeGreaterThan(0);
});
