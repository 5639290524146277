import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { instanceOf } from '../testbed/testbed.ts';
import { ownTestbed } from './harness/own-testbed.ts';
import { linesOf, onlyRun, stampede, verdictOf } from './harness/stampede.ts';

const instance = ownTestbed('flow');
const runs = temporaryFolder();

describe('the checkout flow of seven calls, by a target file', () => {
  it('passes a smoke gate, and says that money cannot be balanced where the platform sets the prices', async () => {
    const embedded = JSON.parse(readFileSync(instanceOf(instance).targetFile, 'utf8'));
    const file = join(runs, '..', `${instance}.json`);
    writeFileSync(file, JSON.stringify({ ...embedded, name: 'seven-calls', embedded: false, flow: 'checkout' }));
    const { exitCode, stdout } = await stampede('gate', '--profile', 'smoke', '--target', file, '--runs', runs);
    rmSync(file);
    expect({ exitCode, stdout: exitCode === 0 ? '' : stdout }).toEqual({ exitCode: 0, stdout: '' });
    const steps = linesOf(join(onlyRun(runs), 'history.ndjson')).map((line) => line.f);
    expect(new Set(steps)).toContain('payment-method');
    const totals = verdictOf(onlyRun(runs)).findings.find((finding) => finding.id === 'totals-balance');
    expect(totals).toMatchObject({ status: 'pass' });
    expect(totals?.message).toContain('money not compared');
  });
});
