import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { RunRecord } from '../lib/model/run.ts';
import { countMessages } from './harness/message-count.ts';
import { onlyRun, stampede, verdictOf } from './harness/stampede.ts';

const instance = `durability-${process.pid}`;
const runs = temporaryFolder();

const otherRuns = temporaryFolder();

afterAll(async () => {
  await stampede('down', '--instance', instance);
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

it('RabbitMQ 4.0, fetched beside the one of the machine, loses nothing when the leader is killed, and the run says which it was', async () => {
  const { exitCode, stdout, stderr } = await stampede(
    ...['durability', '--rabbitmq', '4.0', '--messages', '2000', '--instance', instance, '--runs', otherRuns],
  );
  expect({ exitCode, said: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, said: '' });
  const run = onlyRun(otherRuns);
  const { versions } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as RunRecord;
  expect(versions.rabbitmq).toMatch(/^4\.0\./);
  const { acked = 0, consumed = 0 } = verdictOf(run).messages ?? {};
  expect(countMessages(run)).toEqual({ acked, consumed, lost: 0 });
});
