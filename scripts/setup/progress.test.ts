import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withProgress } from './progress.ts';

let shown: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] });
  shown = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => shown.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function terminal(isTTY: boolean): void {
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(Object.assign(Object.create(process.stderr), { isTTY }));
}

const after = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('result'), ms));

it('a step shows a line every 15 seconds in a log, and how long it took', async () => {
  terminal(false);
  const step = withProgress('building', () => after(31_000));
  await vi.advanceTimersByTimeAsync(31_000);
  expect(await step).toBe('result');
  expect(shown).toEqual([
    'stampede: building …\n',
    'stampede: building … (15 s)\n',
    'stampede: building … (30 s)\n',
    'stampede: building · done (31 s)\n',
  ]);
});

it('a step counts seconds in one line on a terminal', async () => {
  terminal(true);
  const step = withProgress('building', () => after(2500));
  await vi.advanceTimersByTimeAsync(2500);
  await step;
  expect(shown.join('').split('\n')).toHaveLength(2);
  expect(shown.slice(1, 3)).toEqual(['\rstampede: building … (1 s)', '\rstampede: building … (2 s)']);
});

it('a step that fails says so, stops counting and passes the failure on', async () => {
  terminal(false);
  await expect(withProgress('building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown).toEqual(['stampede: building …\n', 'stampede: building · failed (0 s)\n']);
});
