import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conductor } from './conductor.ts';

let conductor: Conductor;
beforeEach(async () => {
  conductor = await Conductor.open('fill');
});
afterEach(() => conductor.close());

const ask = async (body: string): Promise<unknown> => {
  const answer = await fetch(conductor.url, { method: 'POST', body });
  return answer.json();
};
const progress = (process: string, acked: number): string =>
  JSON.stringify({ process, published: acked, acked, delivered: 1 });

it('tells the phase of now, and sums up what each virtual user told last', async () => {
  expect(await ask(progress('vu1', 10))).toEqual({ phase: 'fill' });
  conductor.phase = 'stop';
  expect(await ask(progress('vu1', 30))).toEqual({ phase: 'stop' });
  expect(await ask(progress('vu2', 5))).toEqual({ phase: 'stop' });
  expect(conductor.totals).toEqual({ published: 35, acked: 35, delivered: 2 });
});

it('answers also what it does not understand', async () => {
  expect(await ask('{')).toEqual({ phase: 'fill' });
  expect(conductor.totals).toEqual({ published: 0, acked: 0, delivered: 0 });
});
