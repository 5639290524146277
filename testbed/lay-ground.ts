// The ground of a testbed: its folders, subnet, namespaces, secrets, configuration and supervisor. Nothing of the platform runs on it yet.

import { mkdir } from 'node:fs/promises';
import type { Progress } from '../lib/machine/progress.ts';
import type { Waiting } from './await-ready.ts';
import type { Binaries } from './binaries.ts';
import { writeBrokerFiles } from './broker/broker-files.ts';
import { canMount, mountSmallDisk } from './disk/small-disk.ts';
import { writeFaultProxyFile } from './fault-proxy/fault-proxy-process.ts';
import type { GameDayGround } from './game-day-ground.ts';
import type { Instance } from './instance.ts';
import { withMachineLock } from './lock.ts';
import { makePlan } from './make-plan.ts';
import type { Isolation } from './network/isolation.ts';
import { createNamespaces } from './network/namespaces.ts';
import { freeSubnetNumber } from './network/subnet-number.ts';
import { refuseTakenPorts } from './network/taken-ports.ts';
import { type DefectSettings, type Plan, writeJson } from './plan.ts';
import { type Secrets, writeSecrets } from './secrets.ts';
import { writeServiceFiles } from './services/service-processes.ts';
import { startSupervisor } from './start-supervisor.ts';

export interface StartSettings {
  readonly instance: Instance;
  readonly isolation: Isolation;
  readonly binaries: Binaries;
  readonly defects: DefectSettings;
  /** What faults need to be in place before; absent: only what needs nothing of the kind is possible. */
  readonly gameDay?: GameDayGround;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Is told what is being waited for. */
  readonly waiting: Waiting;
}

export interface Ground extends StartSettings {
  readonly plan: Plan;
  readonly secrets: Secrets;
}

/** The subnet is claimed while the machine's lock is held: by its address under namespaces, by the supervisor on loopback. */
export async function layGround(settings: StartSettings): Promise<Ground> {
  const { instance, isolation, signal } = settings;
  for (const folder of [instance.folder, instance.logs, instance.configuration, instance.secrets, instance.data]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return withMachineLock(async () => {
    if (isolation.mode === 'loopback') refuseTakenPorts();
    const subnetNumber = await freeSubnetNumber(instance, isolation.mode);
    const plan = makePlan({ ...settings, subnetNumber });
    await writeJson(instance.planFile, plan);
    if (isolation.mode === 'namespaces') await createNamespaces(instance, plan.addresses);
    const secrets = await writeConfiguration(settings, plan);
    await startSupervisor(instance, signal);
    return { ...settings, plan, secrets };
  });
}

async function writeConfiguration(settings: StartSettings, plan: Plan): Promise<Secrets> {
  const { instance, defects } = settings;
  const proxied = settings.gameDay !== undefined;
  const secrets = await writeSecrets(instance);
  if (proxied && canMount()) await mountSmallDisk(instance);
  await writeBrokerFiles(instance, plan.addresses, secrets);
  if (proxied) await writeFaultProxyFile(instance, plan.addresses);
  await writeServiceFiles(instance, plan.addresses, defects, proxied);
  return secrets;
}
