import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProgress, prefixed, step } from './progress.ts';

let shown: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] });
  shown = [];
});

afterEach(() => {
  vi.useRealTimers();
});

function progressOn({ isTTY }: { readonly isTTY: boolean }) {
  const stream = { isTTY, columns: 40, write: (text: string) => shown.push(text) > 0 };
  return openProgress(stream as unknown as NodeJS.WriteStream);
}

const resultAfter = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('result'), ms));

describe('a step', () => {
  it('shows a line every 15 seconds in a log, and how long it took', async () => {
    const running = step(progressOn({ isTTY: false }), 'building', () => resultAfter(31_000));
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await running).toBe('result');
    expect(shown).toEqual([
      '… building, 0.0 s: at work\n',
      '… building, 15.0 s: at work\n',
      '… building, 30.0 s: at work\n',
      '✓ building, 31.0 s\n',
    ]);
  });

  it('counts seconds in one line on a terminal, as wide as it is, and says what it waits for', async () => {
    const waitingFor = () => 'broker-1 (connection refused)';
    const running = step(progressOn({ isTTY: true }), 'building', () => resultAfter(2500), waitingFor);
    await vi.advanceTimersByTimeAsync(2500);
    await running;
    expect(shown).toEqual([
      '\r\u001b[2K… building, 0.0 s: broker-1 (connection',
      '\r\u001b[2K… building, 1.0 s: broker-1 (connection',
      '\r\u001b[2K… building, 2.0 s: broker-1 (connection',
      '\r\u001b[2K✓ building, 2.5 s\n',
    ]);
  });

  it('that fails says so, stops counting and passes the failure on', async () => {
    const failing = step(prefixed(progressOn({ isTTY: false }), '  '), 'building', () =>
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).toEqual(['  … building, 0.0 s: at work\n', '  ✗ building, 0.0 s\n']);
  });
});
