// The plan of one testbed: everything that shall be, decided once by `up` and never changed afterwards (plan.json).

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { typed } from '../lib/machine/typed.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import type { Instance } from './instance.ts';
import type { AddressPlan, NetworkMode } from './network/address-plan.ts';
import type { ProcessSpec } from './supervisor/process-spec.ts';

/** Planted defects by name; without a share, each takes its own default. */
export type DefectSettings = Readonly<Record<string, { readonly share?: number }>>;

/** What the supervisor needs of a plan. */
export interface SupervisedPlan {
  readonly processes: readonly ProcessSpec[];
  /** On loopback, the address that the supervisor holds so that no other instance takes the subnet. */
  readonly claim?: { readonly host: string; readonly port: number };
}

export interface Plan extends SupervisedPlan {
  readonly v: 1;
  readonly instance: string;
  readonly folder: string;
  readonly mode: NetworkMode;
  /** Why partition faults are impossible; absent under namespaces. */
  readonly because?: string;
  readonly addresses: AddressPlan;
  readonly defects: DefectSettings;
  readonly versions: { readonly rabbitmq: string; readonly postgresql: string };
}

/** The plan on disk; null when there is none that can be read, as after an `up` that was killed. */
export function readPlan<P extends SupervisedPlan = Plan>(instance: Instance): P | null {
  try {
    return JSON.parse(readFileSync(instance.planFile, 'utf8')) as P;
  } catch {
    return null;
  }
}

/** The same; throws a StampedeError (69) when there is none. */
export function existingPlan(instance: Instance): Plan {
  const plan = readPlan(instance);
  if (plan !== null) return plan;
  throw new StampedeError(`there is no testbed ${instance.name}`, {
    exitCode: EXIT.unavailable,
    hint: `Start it: ${typed('up', instance.name)}`,
  });
}

/** Writes a file of the instance that only its owner may read. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}
