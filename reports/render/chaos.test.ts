import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import type { FaultScript, OutageScript } from '../../lib/checkers/testing/chaos-script.ts';
import { START_MS } from '../../lib/checkers/testing/history-builder.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { isVerdict } from '../store/schemas.ts';
import { chaosPicture } from './chaos-picture.ts';
import { renderPostMortem } from './post-mortem.ts';
import { renderSummaryMarkdown } from './summary-md.ts';
import { renderTerminal } from './terminal.ts';

const KILL: FaultScript = { key: 'broker-kill', atMs: 20_000 };
const FREEZE: FaultScript = { key: 'freeze', atMs: 45_000, lasting: true, healAtMs: 55_000, healedMs: 55_400 };
const OUTAGES: readonly OutageScript[] = [
  { fromMs: 20_300, toMs: 24_000, how: 'refuses' },
  { fromMs: 45_000, toMs: 56_000, how: 'hangs' },
];

/** Ten orders a second for 95 s. */
async function verdict(faults: readonly FaultScript[], outages = OUTAGES, loadMs = 95_000): Promise<Verdict> {
  const scene = new Scene().broken(faults, outages);
  for (let order = 0; order < 900; order++) scene.order(`order-${order}`, { atMs: order * 100 });
  const target = { ...aRun().target, embedded: true };
  return judge(await scene.run({ target, load: { startedMs: START_MS, endedMs: START_MS + loadMs } }).evidence());
}

describe('the report of a run with faults', () => {
  it('has load, probes and faults on one line of time each', async () => {
    const { chaos } = await verdict([KILL, FREEZE]);
    const picture = chaos === undefined ? [] : chaosPicture(chaos).map((line) => line.slice(0, 75).trimEnd());
    expect(picture).toEqual([
      '             0s        10s       20s       30s       40s       50s       60',
      expect.stringMatching(/^orders {7}.▁*[▂-█]+$/),
      'probes       ····················xXXX····················xXXXXXXXXXx·······',
      'broker-kill                      !   +',
      'freeze                                                    !=========h+',
      expect.stringContaining('one character is 1 s; orders completed, at most 10.0 per s'),
    ]);
  });

  it('shows in a terminal how long it took, and what happened when', async () => {
    const text = renderTerminal(await verdict([KILL, FREEZE]), { directory: 'runs/run-1', colour: false });
    expect(text).toMatch(/^broker-kill +305 ms +4 s +3\.7 s +3\.8 s +none +\d+ +0 +\d+ +0 {2}yes$/m);
    expect(text).toMatch(/^freeze +1\.35 s +11 s +11 s +1 s +none +\d+ +0 +\d+ +0 {2}yes$/m);
    expect(text).toContain('+20.0 s  fault broker-kill strikes {}');
    expect(text).toContain(
      '+56.0 s  orders are completed in time again, after 197 broken probes: recovered from freeze',
    );
    expect(text).toMatch(/0 of \d+ at risk lost over 2 faults: durability ≥/);
  });

  it('stands in the summary, and in verdict.json', async () => {
    const one = await verdict([KILL, FREEZE]);
    expect(isVerdict(JSON.parse(JSON.stringify(one))), JSON.stringify(isVerdict.errors)).toBe(true);
    const summary = renderSummaryMarkdown(one);
    expect(summary).toContain('| broker-kill | 305 ms | 4 s | 3.7 s | 3.8 s | none |');
    expect(summary).toContain('| 2027-01-15T08:00:20.000Z | fault broker-kill strikes {} |');
  });

  it('counts nothing from before the strike, though the step that broke had begun', async () => {
    const { chaos } = await verdict([KILL], [{ fromMs: 19_900, toMs: 24_000, how: 'hangs' }]);
    expect(chaos?.outages[0]?.fromMs).toBeLessThan(START_MS + KILL.atMs);
    expect(chaos?.faults[0]).toMatchObject({ fromFirstBrokenMs: chaos?.faults[0]?.fromInjectMs });
  });

  it('credits no fault with an outage that was there before it', async () => {
    const one = await verdict([KILL], [{ fromMs: 17_700, toMs: 24_000, how: 'refuses' }]);
    const text = renderTerminal(one, { directory: 'runs/run-1', colour: false });
    expect(text).toMatch(/^broker-kill +already broken 2\.\d+ s before +4 s +– +3\.8 s/m);
    const { message } = one.findings.find(({ id }) => id === 'S1-RTO') ?? {};
    expect(message).toMatch(/probes broke, the first already 2\.\d+ s before the strike/);
    expect(renderPostMortem(one)).toMatch(
      /^- `broker-kill`: probes were already broken 2\.\d+ s before the strike, so from outside nobody could tell/m,
    );
  });

  it('says what was not seen: an effect, a recovery, a heal', async () => {
    const never: readonly OutageScript[] = [{ fromMs: 20_000, toMs: 200_000, how: 'refuses' }];
    const one = await verdict([{ ...KILL, inject: 'info', heal: 'info' }], never);
    const text = renderTerminal(one, { directory: 'runs/run-1', colour: false });
    expect(text).toMatch(/^broker-kill \(no effect seen\) +\d+ ms +\? +\? +\? +none .* NOT SEEN$/m);
    expect(one.exitCode).toBe(7);
  });
});

describe('the draft of a post-mortem', () => {
  it('tells impact, detection, recovery and timeline, and leaves causes and actions to people', async () => {
    const text = renderPostMortem(await verdict([KILL, FREEZE])) ?? '';
    expect(text).toContain('- Orders could not be completed in time for 14.7 s in 2 outages.');
    expect(text).toContain('- `broker-kill`: a probe was broken 305 ms after the strike.');
    expect(text).toContain('- 900 begun, 900 acknowledged = 900 completed + 0 lost');
    expect(text).toMatch(/## Causes\n\n- \[/);
    expect(text).toContain('## Actions');
  });

  it('counts an outage without an end as long as it was watched', async () => {
    const never: readonly OutageScript[] = [...OUTAGES.slice(0, 1), { fromMs: 45_000, toMs: 200_000, how: 'refuses' }];
    const text = renderPostMortem(await verdict([KILL, FREEZE], never)) ?? '';
    const told = /could not be completed in time for at least ([\d.]+) s in 2 outages, the last of which had no end/;
    expect(Number(told.exec(text)?.[1])).toBeCloseTo(3.7 + 50, 0);
  });

  it('of one after which too few probes went well it counts only until they did', async () => {
    const late: readonly OutageScript[] = [{ fromMs: 45_000, toMs: 93_000, how: 'refuses' }];
    const told = /in time for at least ([\d.]+) s in 1 outage,/;
    expect(Number(told.exec(renderPostMortem(await verdict([FREEZE], late)) ?? '')?.[1])).toBeCloseTo(48, 0);
  });

  it('has the end of the load at its true time, among what came before and after it', async () => {
    const freeze = { ...FREEZE, healAtMs: 90_800, healedMs: 96_000 };
    const text = renderPostMortem(await verdict([freeze], [], 94_300)) ?? '';
    const rows = text.split('\n').filter((line) => /^\| 2027-/.test(line));
    expect(rows.map((row) => row.slice('| 2027-01-15T'.length))).toEqual([
      '08:00:00.000Z | the load begins |',
      '08:00:45.000Z | fault freeze strikes {} |',
      '08:01:30.800Z | healing of freeze begins |',
      '08:01:34.300Z | the load has ended |',
      '08:01:36.000Z | freeze is healed |',
    ]);
  });

  it('is not written where nothing was broken', async () => {
    expect(renderPostMortem(judge(await new Scene().orders(10).evidence()))).toBeUndefined();
  });
});
