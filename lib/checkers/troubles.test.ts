import { describe, expect, it } from 'vitest';
import { check } from './testing/check.ts';
import { Scene } from './testing/scene.ts';
import { troubles } from './troubles.ts';

describe('troubles of the suite', () => {
  it('are shown with where they happened, and decide nothing by themselves', async () => {
    const scene = new Scene().run({
      troubles: [{ where: 'effects', message: 'permission denied for table payments' }],
    });
    expect(await check(troubles, scene)).toEqual([
      {
        id: 'trouble',
        kind: 'measurement',
        status: 'inconclusive',
        promised: false,
        message: 'effects: permission denied for table payments',
      },
    ]);
  });

  it('give no finding when there were none', async () => {
    expect(await check(troubles, new Scene())).toEqual([]);
  });
});
