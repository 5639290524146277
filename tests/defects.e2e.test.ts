import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, gateWith } from './harness/gate-with-defect.ts';
import { linesOf } from './harness/stampede.ts';

afterEach(cleanUp);

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
    const unheard = verdict.findings.find((finding) => finding.id === 'order-events' && finding.status === 'fail');
    expect(unheard).toMatchObject({ observed: absent.length });
    expect(stdout).toContain('planted defects: phantom-ok=0.05');
    expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).target.plantedDefects).toEqual(['phantom-ok=0.05']);
  });
});

/** Keys whose final read found nothing, read from the file by hand. */
function absentOrders(run: string): string[] {
  return linesOf(join(run, 'final-reads.ndjson'))
    .filter((line) => line.type === 'ok' && (line.value as { present: boolean }).present === false)
    .map((line) => String(line.key));
}
