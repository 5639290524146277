// What every fault must hold on a real system, one way for all: seen, healed by another process, healed twice, healed after half an inject.

import { expect } from 'vitest';
import { type Fault, type JsonObject, REHEARSAL } from '../../chaos/faults/fault.ts';
import type { System } from '../../chaos/targets/system.ts';
import { tracesOn } from '../../chaos/targets/traces.ts';

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
  expect(await fault.impossible(system(), options)).toBeNull();
  const intent = asWritten(await fault.aim(system(), options, REHEARSAL));
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  try {
    expect(await fault.inject(system(), intent)).toBeTruthy();
    if (over !== true) {
      expect(await fault.verifyHealed(system(), intent)).not.toBeNull();
      expect(await tracesOn(system())).not.toEqual([]);
    }
    await whileOn?.(intent);
  } finally {
    await fault.heal(system(), intent);
  }
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  await fault.heal(system(), intent);
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  expect(await tracesOn(system())).toEqual([]);
}

/** The injecting process is gone right after the first thing that it has done; another one heals. */
export async function expectHealedAfterHalf({ fault, options, system }: LifeOfAFault): Promise<void> {
  const intent = asWritten(await fault.aim(system(), options, REHEARSAL));
  const half = lostAfterTheFirst(system());
  const injected = fault.inject(half.system, intent).then(
    () => 'injected',
    () => 'lost',
  );
  // What still asks in vain goes on asking until its own limit; healing does not wait for it.
  expect(await Promise.race([half.struck, injected])).toBe('struck');
  await fault.heal(system(), intent);
  expect(await fault.verifyHealed(system(), intent)).toBeNull();
  expect(await tracesOn(system())).toEqual([]);
}

/** As the intent comes back from a file. */
function asWritten(intent: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(intent)) as JsonObject;
}

const CHANGES = ['hold', 'signal', 'end', 'cut', 'setLimit', 'takeConnections', 'addToxic', 'fill'];

/** The same system until something was done to it; from then on nothing can be asked or done any more. */
function lostAfterTheFirst(system: System): { readonly system: System; readonly struck: Promise<'struck'> } {
  const { promise: struck, resolve } = Promise.withResolvers<'struck'>();
  let isLost = false;
  const guarded = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, key) => {
        const member = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]) => {
          if (isLost) throw new Error('the injecting process is gone');
          if (!CHANGES.includes(String(key))) return member.apply(target, parameters);
          isLost = true;
          const result = await member.apply(target, parameters);
          resolve('struck');
          return result;
        };
      },
    });
  const parts = Object.entries(system).map(([key, part]) => [key, typeof part === 'object' ? guarded(part) : part]);
  return { system: Object.fromEntries(parts) as System, struck };
}
