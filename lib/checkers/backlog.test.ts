import { describe, expect, it } from 'vitest';
import { backlog } from './backlog.ts';
import { checkOne } from './testing/check.ts';
import { Scene } from './testing/scene.ts';

/** The load of the scene ends 65 s after its start. */
const BUSY = { atMs: 30_000, depth: 400 };

describe('S1-BACKLOG', () => {
  it('passes when the queues are empty within a minute of the end of the load', async () => {
    const scene = new Scene().watched([BUSY, { atMs: 72_000, depth: 3 }, { atMs: 75_000 }]);
    expect(await checkOne(backlog, scene)).toMatchObject({
      id: 'S1-BACKLOG',
      status: 'pass',
      promised: true,
      observed: 10_000,
      message: 'the queues were empty 10 s after the load',
    });
  });

  it('fails when they are empty too late, and when they never are', async () => {
    const late = await checkOne(backlog, new Scene().watched([BUSY, { atMs: 126_000, depth: 1 }, { atMs: 130_000 }]));
    expect(late).toMatchObject({
      status: 'fail',
      observed: 65_000,
      message: '1 message in orders 61 s after the load, bound 60 s',
    });
    const never = await checkOne(backlog, new Scene().watched([BUSY, { atMs: 126_000, depth: 9 }]));
    expect(never).toMatchObject({ status: 'fail', message: '9 messages in orders 61 s after the load, bound 60 s' });
  });

  it('is inconclusive when nobody looked long enough, or not at all after the load', async () => {
    const cut = await checkOne(backlog, new Scene().watched([BUSY, { atMs: 71_000, depth: 9 }]));
    expect(cut).toMatchObject({ status: 'inconclusive', promised: true });
    expect(await checkOne(backlog, new Scene().watched([BUSY]))).toMatchObject({ status: 'inconclusive' });
    const stale = new Scene().watched([BUSY, { atMs: 66_000 }]);
    expect(await checkOne(backlog, stale)).toMatchObject({ status: 'inconclusive' });
    const late = await checkOne(backlog, new Scene().watched([BUSY, { atMs: 300_000 }]));
    expect(late).toMatchObject({ status: 'inconclusive', observed: 235_000 });
  });

  it('is not measured without a broker in the target file, and stays promised', async () => {
    const finding = await checkOne(backlog, new Scene().withoutQueries().watched(null));
    expect(finding).toMatchObject({ status: 'not-measured', promised: true });
  });
});
