import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Experiment } from '../chaos/engine/experiment.ts';
import { readIntents } from '../chaos/engine/intent-files.ts';
import { embeddedSystem } from '../chaos/targets/embedded.ts';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { status } from '../testbed/testbed.ts';
import { ownTestbed } from './harness/own-testbed.ts';
import { onlyRun, stampede, start, verdictOf } from './harness/stampede.ts';

const instance = ownTestbed('heal-fails', ['--game-day']);
const system = () => embeddedSystem(instance);
const isDown = async (name: string) => (await system().processes.identity(name)) === null;

const EXPERIMENT: Experiment = {
  name: 'mine',
  about: 'payments are killed, and nobody is there to bring them back',
  users: 20,
  loadS: 20,
  steady: { conditions: [{ figure: 'users', atLeast: 1 }], forS: 1, withinS: 5 },
  guards: [],
  method: [{ fault: 'process-kill', options: { process: 'payments', restartedBy: 'heal' }, forS: 10 }],
};

it('a heal that fails is told with 7 and the command that goes on, by the run and by every sweep after it', async () => {
  const folder = temporaryFolder();
  const [file, runs] = [join(folder, 'experiment.json'), join(folder, 'runs')];
  writeFileSync(file, JSON.stringify(EXPERIMENT));
  const running = start(['chaos', 'run', file, '--instance', instance, '--runs', runs]);
  await poll('payments is down', () => readIntents(system().intentFolder).length > 0 && isDown('payments'), 90_000);
  const { supervisor } = (await status({ instance })) ?? {};
  process.kill(supervisor?.pid ?? 0, 'SIGKILL');
  const { exitCode, stdout } = await running.ended;
  const command = `npx stampede chaos sweep --instance ${instance} removes it`;
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 7, stdout: expect.stringContaining(command) });
  expect(verdictOf(onlyRun(runs)).findings).toContainEqual(
    expect.objectContaining({ id: 'nothing-left', status: 'fail' }),
  );
  expect(readIntents(system().intentFolder)).toHaveLength(1);
  expect(await stampede('chaos', 'sweep', '--instance', instance)).toMatchObject({ exitCode: 7 });
});
