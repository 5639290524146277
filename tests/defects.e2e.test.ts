import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { linesOf, newRunsFolder, onlyRun, stampede, verdictOf } from './harness/stampede.ts';

const instance = `defect-${process.pid}`;
const folders: string[] = [];

/** A smoke gate against a platform with one planted defect; the platform is gone afterwards. */
async function gateWith(defect: string) {
  const runs = newRunsFolder();
  folders.push(runs);
  const ended = await stampede(
    'gate',
    '--profile',
    'smoke',
    '--instance',
    instance,
    '--defect',
    defect,
    '--runs',
    runs,
  );
  return { ...ended, run: onlyRun(runs), verdict: verdictOf(onlyRun(runs)) };
}

afterEach(async () => {
  await stampede('down', '--instance', instance);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a planted defect is caught', () => {
  it('phantom-ok: orders that were acknowledged and never stored are lost, by their ids, with exit code 2', async () => {
    const { exitCode, stdout, run, verdict } = await gateWith('phantom-ok=0.05');
    expect(exitCode).toBe(2);
    const absent = absentOrders(run);
    expect(absent.length).toBeGreaterThan(0);
    expect(verdict.orders.fates.lost).toBe(absent.length);
    const found = verdict.findings.find((finding) => finding.status === 'fail' && finding.kind === 'integrity');
    const named = JSON.stringify(found?.evidence);
    for (const key of absent) expect(named).toContain(key);
    expect(stdout).toContain(absent[0]);
  });

  it('stuck-saga: with 20 % of the orders never final, the latency bound is broken although the survivors are quick', async () => {
    const { exitCode, verdict } = await gateWith('stuck-saga=0.2');
    expect(exitCode).toBe(1);
    const p90 = verdict.findings.find((finding) => finding.id === 'S1-ORDER-P90' && finding.stage === '40');
    expect(p90).toMatchObject({ status: 'fail' });
    expect(verdict.orders.fates.stuck).toBeGreaterThan(verdict.orders.acknowledged * 0.1);
    expect(verdict.stages[0]?.completion.p50).toBeLessThan(2000);
  });
});

/** Keys whose final read found nothing, read from the file by hand. */
function absentOrders(run: string): string[] {
  return linesOf(join(run, 'final-reads.ndjson'))
    .filter((line) => line.type === 'ok' && (line.value as { present: boolean }).present === false)
    .map((line) => String(line.key));
}
