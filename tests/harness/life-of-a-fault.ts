// What every fault must hold on a real system, one way for all: seen, healed by another process, healed twice, healed after half an inject.

import { expect } from 'vitest';
import type { Fault, JsonObject } from '../../chaos/faults/fault.ts';
import { leftoversOf } from '../../chaos/targets/leftovers.ts';
import type { System } from '../../chaos/targets/system.ts';

export interface LifeOfAFault {
  readonly fault: Fault;
  readonly options: JsonObject;
  /** A new one each time, as another process would have it. */
  readonly system: () => System;
  /** Looks at the target itself while the fault is on. */
  readonly whileOn?: (intent: JsonObject) => Promise<void>;
  /** True: it is over at once, so that it may be healed already when one looks. */
  readonly over?: boolean;
}

/** Injects, looks, heals from elsewhere, heals again. */
export async function expectSeenAndHealed({ fault, options, system, whileOn, over }: LifeOfAFault): Promise<void> {
  expect(await fault.impossible(system())).toBeNull();
  const intent = asWritten(await fault.aim(system(), options));
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  try {
    expect(await fault.inject(system(), intent)).toBeTruthy();
    if (over !== true) {
      expect(await fault.verifyHealed(system(), intent)).not.toBeNull();
      expect(await leftoversOf(system())).not.toEqual([]);
    }
    await whileOn?.(intent);
  } finally {
    await fault.heal(system(), intent);
  }
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  await fault.heal(system(), intent);
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  expect(await leftoversOf(system())).toEqual([]);
}

/** The injecting process fails right after it has done the first thing. */
export async function expectHealedAfterHalf({ fault, options, system }: LifeOfAFault): Promise<void> {
  const intent = asWritten(await fault.aim(system(), options));
  await expect(fault.inject(failingAfterTheFirst(system()), intent)).rejects.toThrow('the injecting process is gone');
  await fault.heal(system(), intent);
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  expect(await leftoversOf(system())).toEqual([]);
}

/** As the intent comes back from a file. */
function asWritten(intent: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(intent)) as JsonObject;
}

const CHANGES = ['hold', 'signal', 'end', 'strike', 'cut', 'setLimit', 'takeConnections', 'addToxic', 'fill'];

/** The same system until something was done to it; from then on nothing can be asked or done any more. */
function failingAfterTheFirst(system: System): System {
  let done = false;
  const guarded = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, key) => {
        const member = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]) => {
          if (done) throw new Error('the injecting process is gone');
          if (CHANGES.includes(String(key))) done = true;
          return member.apply(target, parameters);
        };
      },
    });
  const parts = Object.entries(system).map(([key, part]) => [key, typeof part === 'object' ? guarded(part) : part]);
  return Object.fromEntries(parts) as System;
}
