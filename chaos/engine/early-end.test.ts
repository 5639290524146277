import { afterEach, describe, expect, it, vi } from 'vitest';
import { healOnStray } from './early-end.ts';

const listeners: (() => void)[] = [];
afterEach(() => {
  for (const stray of listeners.splice(0)) process.off('uncaughtException', stray);
  vi.restoreAllMocks();
});

/** Calls the listener by hand: an uncaught exception would be the test runner's. */
async function strayWith(left: readonly string[], healAll: () => Promise<void>) {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never);
  const said: string[] = [];
  const broken = new AbortController();
  const remedies = { sweep: 'npx stampede chaos sweep --instance mine', lastResort: '' };
  const underWay = { faults: { left, healAll }, system: { remedies }, say: (text: string) => void said.push(text) };
  const stray = healOnStray(underWay, broken);
  listeners.push(stray);
  stray();
  const isAborted = broken.signal.aborted;
  await vi.waitFor(() => expect(exit).toHaveBeenCalled());
  return { isAborted, exitCode: exit.mock.lastCall?.[0], said };
}

describe('a stray exception while faults may be on', () => {
  it('lets nothing more begin, and leaves the exit code as it is when all is healed', async () => {
    const found = await strayWith([], async () => undefined);
    expect(found).toEqual({ isAborted: true, exitCode: undefined, said: [] });
  });

  it('ends with 7 and says what is left when it could not be healed', async () => {
    const found = await strayWith(['r1.fake-fault'], () => Promise.reject(new Error('the disk is full')));
    expect(found).toMatchObject({ isAborted: true, exitCode: 7 });
    expect(found.said).toEqual([
      'may still be active: r1.fake-fault',
      'remove it with: npx stampede chaos sweep --instance mine',
    ]);
  });
});
