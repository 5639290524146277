import { describe, expect, it } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import { aRun } from '../testing/a-run.ts';
import type { FaultScript, OutageScript } from '../testing/chaos-script.ts';
import { check, checkBound } from '../testing/check.ts';
import { Scene } from '../testing/scene.ts';
import { recoveriesOf } from './fault-recovery.ts';
import { recoveryTime, relapse } from './recovery-time.ts';

const EMBEDDED = { target: { ...aRun().target, embedded: true } };
const KILL: FaultScript = { key: 'kill', atMs: 20_000 };
const FREEZE: FaultScript = { key: 'freeze', atMs: 20_000, lasting: true, healAtMs: 30_000, healedMs: 30_500 };

function scene(faults: readonly FaultScript[], outages: readonly OutageScript[], probedUntilMs = 95_000): Scene {
  return new Scene().orders(10).broken(faults, outages, probedUntilMs).run(EMBEDDED);
}

const refuses = (fromMs: number, toMs: number): OutageScript => ({ fromMs, toMs, how: 'refuses' });

async function embedded(one: Scene): Promise<Finding> {
  return checkBound(recoveryTime, one, 'EMBEDDED-RECOVERY');
}

async function figures(one: Scene) {
  const [recovery] = recoveriesOf(await one.evidence());
  if (recovery === undefined) throw new Error('no fault');
  const after = (ms: number | null) => (ms === null ? null : Math.round(ms - recovery.fault.struckMs));
  const { restoredMs, wellMs, detectedMs, recoveredMs } = recovery;
  return {
    restored: after(restoredMs),
    well: after(wellMs),
    detected: after(detectedMs),
    recovered: after(recoveredMs),
  };
}

describe('the recovery from a fault', () => {
  it('is counted from the strike when the fault is over at once', async () => {
    const finding = await embedded(scene([KILL], [refuses(20_300, 24_000)]));
    expect(finding).toMatchObject({ status: 'pass', kind: 'recovery', fault: 'kill', observed: 4_000, promised: true });
    expect(finding.message).toBe(
      'well 4 s after it struck, bound < 30 s: 77 probes broke, the first 300 ms after the strike (checkout: http_503)',
    );
  });

  it('is counted from heal when the fault lasts, and tells the others beside it', async () => {
    const one = scene([FREEZE], [{ fromMs: 20_000, toMs: 33_000, how: 'hangs' }]);
    expect((await embedded(one)).observed).toBeCloseTo(3_000, -2);
    expect(await figures(one)).toEqual({ restored: 13_000, well: 13_000, detected: 1_350, recovered: 13_000 });
  });

  it('of a platform that is well before the fault is healed takes no time from then', async () => {
    const one = scene([FREEZE], [refuses(20_000, 22_000)]);
    expect(await embedded(one)).toMatchObject({ status: 'pass', observed: 0 });
    expect(await figures(one)).toMatchObject({ restored: 2_000, well: 10_000 });
  });

  it('takes no time where no probe broke', async () => {
    expect(await embedded(scene([KILL], []))).toMatchObject({ status: 'pass', observed: 0 });
  });

  it('fails when it took too long, and when it was not seen for longer than that', async () => {
    expect(await embedded(scene([KILL], [refuses(20_300, 60_000)]))).toMatchObject({
      status: 'fail',
      observed: 40_000,
    });
    const never = await embedded(scene([KILL], [refuses(20_300, 200_000)]));
    expect(never).toMatchObject({ status: 'fail' });
    expect(never.message).toMatch(/^not well 75 s after it struck, bound < 30 s: \d+ probes broke/);
  });

  it('is sought from when the effect was seen: an outage that begins late is the strike’s, and no relapse', async () => {
    const slow = scene([{ ...KILL, injectMs: 8_000 }], [refuses(27_000, 31_000)]);
    expect(await embedded(slow)).toMatchObject({ status: 'pass', observed: 11_000 });
    expect(await checkBound(relapse, slow, 'STAYS-WELL')).toMatchObject({ status: 'pass', observed: 0 });
    const unfelt = scene([{ ...KILL, injectMs: 8_000 }], []);
    expect(await embedded(unfelt)).toMatchObject({ status: 'pass', observed: 0 });
    const lasting = scene([{ ...FREEZE, injectMs: 8_000 }], [refuses(27_000, 28_000)]);
    expect(await figures(lasting)).toMatchObject({ restored: 8_000, well: 10_000 });
  });

  it('of strikes in turn is the longest after any of them, and is over after the last', async () => {
    const rolling: FaultScript = { key: 'rolling', atMs: 10_000, injectMs: 45_000, inTurnMs: [18_000, 36_000] };
    const brief = scene([rolling], [refuses(28_000, 28_200), refuses(46_000, 47_500)]);
    const finding = await embedded(brief);
    expect(finding).toMatchObject({ status: 'pass', observed: 1_500 });
    expect(finding.message).toContain('well 1.5 s after the slowest of 3 strikes, bound < 30 s');
    expect(await figures(brief)).toMatchObject({ restored: 37_500, recovered: 37_500 });
    expect(await checkBound(relapse, brief, 'STAYS-WELL')).toMatchObject({ status: 'pass', observed: 0 });
    const early = { ...rolling, injectMs: 60_000, inTurnMs: [40_000, 50_000] };
    expect(await embedded(scene([early], [refuses(10_100, 45_000)]))).toMatchObject({
      status: 'fail',
      observed: 35_000,
    });
  });

  it.each([
    ['no numbers', [Number.NaN]],
    ['nothing', []],
  ])('counts from the first strike when the file tells %s of the others', async (_what, inTurnMs) => {
    const one = scene([{ ...KILL, inTurnMs }], [refuses(20_300, 24_000)]);
    expect((await embedded(one)).message).toContain('well 4 s after it struck');
  });

  it('is inconclusive when the load ends first', async () => {
    const one = await embedded(scene([KILL], [refuses(20_300, 200_000)], 40_000));
    expect(one).toMatchObject({ status: 'inconclusive' });
    expect(one.message).toContain('the load or the calm ended 19.95 s after it struck');
    expect(await embedded(scene([KILL], [refuses(20_300, 24_000)], 28_000))).toMatchObject({ status: 'inconclusive' });
  });

  it('is inconclusive when another fault strikes first', async () => {
    const faults = [KILL, { ...KILL, key: 'kill#2', atMs: 26_000 }];
    const findings = await check(recoveryTime, scene(faults, [refuses(20_300, 24_000), refuses(26_000, 28_000)]));
    expect(findings.filter(({ id }) => id === 'EMBEDDED-RECOVERY')).toMatchObject([
      { fault: 'kill', status: 'inconclusive' },
      { fault: 'kill#2', status: 'pass', observed: 2_000 },
    ]);
  });

  it('counts faults that are on together until the last outage of both', async () => {
    const freeze = { ...FREEZE, key: 'freeze#2', atMs: 21_000, healAtMs: 32_000, healedMs: 33_000 };
    const findings = await check(recoveryTime, scene([FREEZE, freeze], [refuses(20_000, 34_000)]));
    expect(findings.filter(({ id }) => id === 'EMBEDDED-RECOVERY')).toMatchObject([
      { fault: 'freeze', observed: 4_000 },
      { fault: 'freeze#2', observed: 2_000 },
    ]);
  });

  it('is inconclusive without a heal, without probes, and when these did not come', async () => {
    expect(await embedded(scene([{ ...FREEZE, heal: 'none' }], []))).toMatchObject({ status: 'inconclusive' });
    const blind = scene([KILL], [], 0);
    expect((await embedded(blind)).message).toBe('cannot be judged: nobody probed the platform');
    const late = scene([KILL], [refuses(20_000, 22_000)], 23_000);
    expect(await embedded(late)).toMatchObject({ status: 'inconclusive' });
  });

  it('has no tight bound on a platform that is not the embedded one', async () => {
    const other = new Scene().orders(10).broken([KILL], [refuses(20_300, 60_000)]);
    expect(await embedded(other)).toMatchObject({ status: 'not-measured', promised: false });
    expect(await checkBound(recoveryTime, other, 'S1-RTO')).toMatchObject({ status: 'pass', observed: 40_000 });
  });

  it('does not hold when the platform breaks again by itself', async () => {
    const stays = await checkBound(relapse, scene([KILL], [refuses(20_300, 24_000)]), 'STAYS-WELL');
    expect(stays).toMatchObject({ status: 'pass', message: 'it stayed well' });
    const again = scene([KILL], [refuses(20_300, 24_000), refuses(40_000, 43_000)]);
    expect(await checkBound(relapse, again, 'STAYS-WELL')).toMatchObject({ status: 'fail', observed: 3_000 });
    expect(await embedded(again)).toMatchObject({ status: 'pass', observed: 4_000 });
  });

  it('does not hold though a probe was on its way at the strike', async () => {
    const inFlight = scene([KILL], [{ fromMs: 19_990, toMs: 24_000, how: 'hangs' }, refuses(40_000, 43_000)]);
    const finding = await checkBound(relapse, inFlight, 'STAYS-WELL');
    const [recovery] = recoveriesOf(await inFlight.evidence());
    expect(recovery?.outages[0]?.fromMs).toBeLessThan(recovery?.fault.struckMs ?? 0);
    expect(finding).toMatchObject({ status: 'fail', observed: 3_000 });
  });

  it('cannot be said not to hold of a platform that broke before anything was struck, too', async () => {
    const outages = [refuses(12_000, 13_000), refuses(20_300, 24_000), refuses(40_000, 43_000)];
    const unsteady = await checkBound(relapse, scene([KILL], outages), 'STAYS-WELL');
    expect(unsteady).toMatchObject({ status: 'inconclusive', observed: 3_000 });
    expect(unsteady.message).toContain('but so it was before anything was struck');
  });
});
