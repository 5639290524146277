import { expect, it } from 'vitest';
import type { System } from '../targets/system.ts';
import { brokerFreeze } from './broker-freeze.ts';

/** Nodes that freeze as soon as they are told; it writes down who was. */
function nodesOf(lives: Readonly<Record<string, string>>) {
  const frozen: string[] = [];
  const processes = {
    identity: async (name: string) => lives[name] ?? null,
    isFrozen: async (name: string) => frozen.includes(name),
    signal: async (name: string) => void frozen.push(name),
  };
  return { system: { processes } as unknown as System, frozen };
}

const INTENT = { nodes: ['a', 'b'], queue: 'orders', lives: { a: 'a/1', b: 'b/1', c: 'c/1' } };

it('freezes the lives that were aimed at', async () => {
  const { system, frozen } = nodesOf(INTENT.lives);
  expect(await brokerFreeze.inject(system, INTENT)).toEqual({ frozen: ['a', 'b'] });
  expect(frozen).toEqual(['a', 'b']);
});

it('freezes nobody when one of them has begun another life: the role may be with another node by now', async () => {
  const { system, frozen } = nodesOf({ ...INTENT.lives, b: 'b/2' });
  await expect(brokerFreeze.inject(system, INTENT)).rejects.toThrow('b is not the process any more that was aimed at');
  expect(frozen).toEqual([]);
});
