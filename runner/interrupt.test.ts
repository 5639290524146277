import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Interrupt } from './interrupt.ts';

type Handler = (signal: NodeJS.Signals) => void;
/** Stands in for the process: signals reach whoever listens to it here, and not the test runner. */
const handlers = new Map<string, Set<Handler>>();
const signal = (name: NodeJS.Signals): void => {
  for (const handler of handlers.get(name) ?? []) handler(name);
};

beforeEach(() => {
  handlers.clear();
  const on = (name: string, handler: Handler) => handlers.set(name, (handlers.get(name) ?? new Set()).add(handler));
  vi.spyOn(process, 'on').mockImplementation(((name: string, handler: Handler) => on(name, handler)) as never);
  const off = (name: string, handler: Handler) => handlers.get(name)?.delete(handler);
  vi.spyOn(process, 'off').mockImplementation(((name: string, handler: Handler) => off(name, handler)) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function interrupted(...signals: readonly NodeJS.Signals[]) {
  const said: string[] = [];
  const interrupt = new Interrupt((text) => said.push(text));
  for (const name of signals) signal(name);
  return { interrupt, said };
}

describe('an interrupt', () => {
  it('stops nothing by itself', () => {
    const { interrupt } = interrupted();
    expect(interrupt.interruption).toBeNull();
    expect([interrupt.stopLoad, interrupt.stopEverything, interrupt.nextStop].some(({ aborted }) => aborted)).toBe(
      false,
    );
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends the load alone, says so, and is written down',
    (name) => {
      const beforeMs = Date.now();
      const { interrupt, said } = interrupted(name);
      expect([interrupt.stopLoad.aborted, interrupt.stopEverything.aborted]).toEqual([true, false]);
      expect(interrupt.interruption).toMatchObject({ by: name, reason: `stopped by ${name}` });
      expect(interrupt.interruption?.timeMs).toBeGreaterThan(beforeMs - 1000);
      expect(said).toEqual([expect.stringContaining(name)]);
    },
  );

  it('by a second signal ends the reads too; the first one stays the reason', () => {
    const { interrupt, said } = interrupted('SIGTERM', 'SIGINT');
    expect(interrupt.stopEverything.aborted).toBe(true);
    expect(interrupt.interruption?.by).toBe('SIGTERM');
    expect(said).toHaveLength(2);
  });

  it('ends a wait that began before it', () => {
    const { interrupt } = interrupted();
    const { nextStop } = interrupt;
    signal('SIGINT');
    expect(nextStop.aborted).toBe(true);
  });

  it('does not end a wait that began after it: that takes a second one', () => {
    const { interrupt } = interrupted('SIGINT');
    const { nextStop } = interrupt;
    expect(nextStop.aborted).toBe(false);
    signal('SIGINT');
    expect(nextStop.aborted).toBe(true);
  });

  it('is heard no more when it is released', () => {
    const { interrupt, said } = interrupted();
    interrupt.release();
    signal('SIGINT');
    expect(interrupt.stopLoad.aborted).toBe(false);
    expect(said).toEqual([]);
  });
});
