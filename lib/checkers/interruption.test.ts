import { describe, expect, it } from 'vitest';
import { interruption } from './interruption.ts';
import { checkOne } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

const by = (who: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'guard' | 'generator-died') =>
  new Scene().orders(2).run({ interruption: { by: who, timeMs: START_MS, reason: `ended by ${who}` } });

describe('the plan of a run', () => {
  it('passes when the load ran to its end', async () => {
    expect(await checkOne(interruption, new Scene().orders(2))).toMatchObject({
      status: 'pass',
      promised: true,
      message: 'the load ran its 65 s',
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'guard'] as const)(
    'fails as stopped when it was ended by %s',
    async (who) => {
      expect(await checkOne(interruption, by(who))).toMatchObject({ kind: 'stopped', status: 'fail' });
    },
  );

  it('is inconclusive when the generator died', async () => {
    expect(await checkOne(interruption, by('generator-died'))).toMatchObject({
      kind: 'measurement',
      status: 'inconclusive',
      promised: true,
    });
  });

  it('is inconclusive when the load ended too early without anyone having said so, or never began', async () => {
    const short = new Scene().orders(2).run({ load: { startedMs: START_MS, endedMs: START_MS + 63_000 } });
    expect((await checkOne(interruption, short)).message).toBe('the load ended after 63 s, its plan is 65 s long');
    expect(await checkOne(interruption, new Scene().run({ load: null }))).toMatchObject({ status: 'inconclusive' });
  });
});
