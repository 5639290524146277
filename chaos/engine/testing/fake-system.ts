import { join } from 'node:path';
import { temporaryFolder } from '../../../lib/machine/testing/temporary-folder.ts';
import type { Fault, JsonObject } from '../../faults/fault.ts';
import type { System } from '../../targets/system.ts';
import { tracesOn } from '../../targets/traces.ts';

export interface FakeSystem extends System {
  /** What was done, in order. */
  readonly done: string[];
  /** Faults that are on. */
  readonly on: Set<string>;
}

export function fakeSystem(): FakeSystem {
  return {
    name: 'fake',
    whereabouts: { kind: 'embedded', place: 'fake' },
    remedies: { sweep: 'sweep the fake', lastResort: 'make the fake anew' },
    intentFolder: join(temporaryFolder(), 'chaos'),
    processes: { names: [] } as unknown as System['processes'],
    broker: {
      nodes: ['broker-1', 'broker-2', 'broker-3'],
      queue: async () => null,
      alarms: async () => [],
    } as unknown as System['broker'],
    network: { impossible: async () => 'a fake' } as System['network'],
    database: { takenBy: async () => 0 } as unknown as System['database'],
    links: { impossible: async () => 'a fake' } as System['links'],
    disk: { impossible: async () => 'a fake' } as System['disk'],
    problem: async () => null,
    // Of whatever a test has put in place of a part.
    traces() {
      return tracesOn(this as System);
    },
    done: [],
    on: new Set(),
  };
}

/** `whom` is struck; `fails` says what goes wrong. */
export type FakeOptions = { readonly whom: string };

interface Behaviour {
  readonly lasting?: boolean;
  readonly aim?: () => Promise<void>;
  readonly inject?: (signal: AbortSignal | undefined) => Promise<void>;
  /** Called with the number of the attempt, from 1. */
  readonly heal?: (attempt: number) => Promise<void>;
  readonly impossible?: string;
}

export function fakeFault(system: FakeSystem, behaviour: Behaviour = {}, name = 'fake-fault'): Fault {
  let heals = 0;
  const whomOf = (intent: JsonObject): string => String(intent.whom);
  return {
    name,
    about: 'a fault of tests',
    options: {
      type: 'object',
      additionalProperties: false,
      required: ['whom'],
      properties: { whom: { type: 'string' } },
    },
    lasting: () => behaviour.lasting ?? false,
    impossible: async () => behaviour.impossible ?? null,
    aim: async (_system, options) => {
      await behaviour.aim?.();
      return options;
    },
    downAtOnce: (intent) => [whomOf(intent)],
    inject: async (_system, intent, signal) => {
      system.done.push(`inject ${whomOf(intent)}`);
      system.on.add(whomOf(intent));
      await behaviour.inject?.(signal);
      return { struck: whomOf(intent) };
    },
    heal: async (_system, intent) => {
      heals += 1;
      system.done.push(`heal ${whomOf(intent)}`);
      await behaviour.heal?.(heals);
      system.on.delete(whomOf(intent));
      return { helped: [] };
    },
    verifyHealed: async (_system, intent) =>
      system.on.has(whomOf(intent)) ? `${whomOf(intent)} is still struck` : null,
  };
}
