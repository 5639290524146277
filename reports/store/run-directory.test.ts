import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import { ABSENT } from '../../lib/checkers/testing/order-script.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import { timelineWith } from '../../lib/checkers/testing/watch-script.ts';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { loadEvidence } from './load-evidence.ts';
import { effectLines, orderLines } from './query-lines.ts';
import { readJson } from './read-json.ts';
import { type RunDirectory, runDirectory, writeRunRecord } from './run-directory.ts';
import { isVerdict } from './schemas.ts';
import { writeAtomically } from './write-atomically.ts';
import { writeReports } from './write-reports.ts';

let root: string;
let directory: RunDirectory;

beforeEach(async () => {
  root = temporaryFolder();
  directory = runDirectory(root, 'run-1');
});

/** Writes all files of a scene as a run does. */
async function write(scene: Scene): Promise<void> {
  const files = scene.files();
  await writeRunRecord(directory, files.run);
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  await writeFile(directory.history, text(files.history));
  await writeFile(directory.finalReads, text(files.finalReads));
  await writeFile(directory.effects, text(files.effects));
  await writeFile(directory.observations, text(files.observations));
}

describe('a run directory', () => {
  it('gives the same verdict from its files as from memory', async () => {
    const scene = new Scene()
      .orders(200)
      .order('lost', { finalRead: ABSENT })
      .order('duplicated', { effects: { payment: 2 } })
      .timeline({ ...timelineWith(0), lines: 0, lag: [], overshoot: [] });
    await write(scene);
    await writeFile(
      directory.timeline,
      '{"v":1,"run":"run-1","generator":"g1","type":"end","lines":10,"lostLines":0}\n',
    );
    const evidence = await loadEvidence(directory);
    expect(judge(evidence)).toEqual(judge(await scene.evidence()));
  });

  it('can be judged again and again, with the same result', async () => {
    await write(new Scene().orders(200));
    const verdict = judge(await loadEvidence(directory));
    await writeReports(directory, verdict);
    expect(judge(await loadEvidence(directory))).toEqual(verdict);
    expect(await readJson(directory.verdict, isVerdict)).toEqual(JSON.parse(JSON.stringify(verdict)));
  });

  it('holds reports and no leftovers after they were written', async () => {
    await write(new Scene().orders(200));
    await writeReports(directory, judge(await loadEvidence(directory)));
    expect((await readdir(directory.root)).sort()).toEqual([
      'effects.ndjson',
      'final-reads.ndjson',
      'history.ndjson',
      'junit.xml',
      'observations.ndjson',
      'run.json',
      'summary.md',
      'verdict.json',
    ]);
  });

  it('is inconclusive, not an error, when all files but run.json are missing', async () => {
    await writeRunRecord(directory, aRun({ endedMs: null, load: null, settle: null, generators: [] }));
    const evidence = await loadEvidence(directory);
    expect(evidence).toMatchObject({ finalReads: null, platform: null, observations: null, timeline: null });
    expect(judge(evidence)).toMatchObject({ exitCode: 5 });
  });

  it('is refused, and no defect of the suite, when a file in it cannot be read', async () => {
    await writeRunRecord(directory, aRun());
    await mkdir(directory.history);
    await expect(loadEvidence(directory)).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringContaining('history.ndjson cannot be read (EISDIR)'),
    });
  });

  it('reads a history whose last line is torn in the middle of a character', async () => {
    await write(new Scene().orders(200));
    const whole = await readFile(directory.history);
    await writeFile(
      directory.history,
      Buffer.concat([whole.subarray(0, -200), Buffer.from('{"v":1,"run":"ü').subarray(0, -1)]),
    );
    const { history } = await loadEvidence(directory);
    expect(history.condition).toMatchObject({ tornLastLine: true });
    expect(history.orders.size).toBe(200);
  });

  it('reads lines that are longer than any buffer', async () => {
    await write(new Scene().orders(2));
    const long = (await readFile(directory.history, 'utf8')).replaceAll('"SKU-001"', `"${'x'.repeat(300_000)}"`);
    await writeFile(directory.history, long);
    expect((await loadEvidence(directory)).history.condition).toMatchObject({ damagedLines: 0 });
  });

  it('finds lines that break the schema, and counts them as damaged', async () => {
    await write(
      new Scene()
        .orders(200)
        .history((lines) => lines.with(9, (lines[9] ?? '').replace('"v":1', '"v":1,"colour":"red"'))),
    );
    const evidence = await loadEvidence(directory);
    expect(evidence.history.condition.damage).toEqual([{ line: 10, reason: 'is not a history line' }]);
    expect(judge(evidence)).toMatchObject({ exitCode: 5 });
  });

  it('takes effects with a damaged line as not read, and says so', async () => {
    await write(new Scene().orders(200));
    await writeFile(directory.effects, `${await readFile(directory.effects, 'utf8')}{"type":"order"`);
    const evidence = await loadEvidence(directory);
    expect(evidence.platform).toBeNull();
    const verdict = judge(evidence);
    expect(verdict.exitCode).toBe(5);
    expect(verdict.findings.find((finding) => finding.id === 'files-readable')?.message).toMatch(
      /^effects.ndjson counts as not there: 1 damaged line/,
    );
  });

  it('never takes an effects file that only holds the totals of before for a platform without orders', async () => {
    await write(new Scene().orders(200));
    const lines = (await readFile(directory.effects, 'utf8')).split('\n').filter((line) => line.includes('"before"'));
    await writeFile(directory.effects, `${lines.join('\n')}\n`);
    const verdict = judge(await loadEvidence(directory));
    expect(verdict).toMatchObject({ exitCode: 5, orders: { fates: { lost: 0, completed: 200 } } });
  });

  it('reads observations, and a timeline without an end', async () => {
    await write(new Scene().orders(2));
    const depth = { v: 1, timeMs: 1, source: 'broker', metric: 'queue_depth_messages', name: 'orders', value: 4 };
    await writeFile(directory.observations, `${JSON.stringify(depth)}\n`);
    await writeFile(directory.timeline, '{"v":1,"run":"run-1"');
    expect(await loadEvidence(directory)).toMatchObject({ observations: [depth], timeline: { end: null } });
  });
});

describe('run.json', () => {
  it.each([
    ['is missing', undefined],
    ['is not JSON', '{'],
    ['is something else', '{"v":1}'],
  ])('is nothing to judge when it %s', async (_what, text) => {
    await write(new Scene().orders(2));
    if (text === undefined) await rm(directory.run);
    else await writeFile(directory.run, text);
    const failure = await loadEvidence(directory).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StampedeError);
    expect(failure).toMatchObject({ exitCode: 64, hint: expect.any(String) });
  });

  it('is not written when it breaks its schema, and the old one stays', async () => {
    await writeRunRecord(directory, aRun());
    const broken = { ...aRun({ seed: 2 }), password: 'secret' };
    await expect(writeRunRecord(directory, broken)).rejects.toThrow(/run.json was not written.*additional properties/);
    expect(JSON.parse(await readFile(directory.run, 'utf8'))).toMatchObject({ seed: 1 });
  });
});

describe('writing', () => {
  it('replaces a file as a whole and leaves no temporary file, also when it fails', async () => {
    const path = join(root, 'file');
    await writeAtomically(path, 'old');
    await writeAtomically(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    const taken = join(root, 'taken');
    await mkdir(taken);
    const unwritten = { exitCode: 5, message: expect.stringContaining(`${taken} cannot be written`) };
    await expect(writeAtomically(taken, 'a directory stands there')).rejects.toMatchObject(unwritten);
    expect((await readdir(root)).sort()).toEqual(['file', 'taken']);
  });

  it('closes the rows of a query with their number', () => {
    const order = { type: 'order', orderId: 'id-1', customerId: 'a', status: 'Placed' } as const;
    expect(orderLines([order])).toEqual([order, { type: 'query-end', query: 'orders', rows: 1 }]);
    expect(effectLines([])).toEqual([{ type: 'query-end', query: 'effects', rows: 0 }]);
  });
});
