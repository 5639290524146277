import { afterEach, expect, it, vi } from 'vitest';
import { tellWhileHealing } from './heal-progress.ts';
import type { ActiveIntent } from './intent-files.ts';
import { fakeFault, fakeSystem } from './testing/fake-system.ts';

afterEach(() => vi.useRealTimers());

it('a heal that takes long says every 15 s what is still wrong, until it is over', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const system = fakeSystem();
  system.on.add('payments');
  const said: string[] = [];
  const fault = fakeFault(system);
  const active = { key: 'fake-fault#2', fault: fault.name, intent: { whom: 'payments' } } as unknown as ActiveIntent;
  const tools = { system, faultNamed: () => fault, say: (text: string) => void said.push(text) };
  const end = tellWhileHealing(active, tools);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(said).toEqual([
    'fault fake-fault#2 is not healed yet after 15 s: payments is still struck',
    'fault fake-fault#2 is not healed yet after 30 s: payments is still struck',
  ]);
  vi.advanceTimersByTime(14_000);
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toHaveLength(2);
});
