// The supervisor's program: `node main.ts INSTANCE KIND`. Outlives the command that started it, and starts nothing until it is told to.

import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { type InstanceKind, instanceOf } from '../instance.ts';
import { readPlan, type SupervisedPlan } from '../plan.ts';
import { controlServer } from './control-server.ts';
import { rotateLogs } from './log-rotation.ts';
import { Supervisor } from './supervisor.ts';

const ROTATION_INTERVAL_MS = 5000;

const [, , name, kind] = process.argv;
const instance = instanceOf(name, process.env, kind as InstanceKind);
const plan = readPlan<SupervisedPlan>(instance);
if (plan === null) throw new Error(`no plan at ${instance.planFile}`);

const supervisor = new Supervisor(instance, plan, (line) => console.log(`${new Date().toISOString()} ${line}`));
const leave = () => process.exit(0);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => void supervisor.stopAll().then(leave));
}

setInterval(() => void rotateLogs(instance.logs).catch(console.error), ROTATION_INTERVAL_MS);

if (plan.claim !== undefined) {
  const { host, port } = plan.claim;
  await new Promise<void>((resolve, reject) => {
    createServer((socket) => socket.destroy())
      .once('error', reject)
      .listen(port, host, resolve);
  });
}

// A socket file of a supervisor that was killed would be in the way.
rmSync(instance.socket, { force: true });
controlServer(supervisor, leave).listen(instance.socket, () => chmodSync(instance.socket, 0o600));
