import { describe, expect, it } from 'vitest';
import { filesReadable, finalReadsComplete, historyComplete } from './history-complete.ts';
import { check, checkOne } from './testing/check.ts';
import { START_MS } from './testing/history-builder.ts';
import { Scene } from './testing/scene.ts';

describe('the history', () => {
  it('is complete with its end line, all counts and all numbers', async () => {
    expect(await checkOne(historyComplete, new Scene().orders(3))).toMatchObject({
      kind: 'measurement',
      status: 'pass',
      promised: true,
      message: 'history.ndjson is whole: 15 operations',
    });
  });

  it('is inconclusive without an end line, and names what ended the generator', async () => {
    const scene = new Scene()
      .orders(3)
      .history((lines) => lines.slice(0, -1))
      .run({
        generators: [{ generator: 'g1', exitCode: null, signal: 'SIGKILL' }],
        interruption: { by: 'generator-died', timeMs: START_MS, reason: 'k6 was ended by SIGKILL' },
      });
    const finding = await checkOne(historyComplete, scene);
    expect(finding).toMatchObject({ status: 'inconclusive', promised: true });
    expect(finding.message).toBe(
      'history.ndjson is not whole: no end line of g1: it was killed or could not write (generator g1 was ended by SIGKILL)',
    );
  });

  it('is inconclusive when lines could not be written', async () => {
    const scene = new Scene()
      .orders(3)
      .history((lines) => lines.map((line) => line.replace('"lostLines":0', '"lostLines":4')));
    expect((await checkOne(historyComplete, scene)).message).toContain(
      '4 line(s) that g1 could not write (disk full?)',
    );
  });

  it('is inconclusive with a damaged line, and shows where', async () => {
    const scene = new Scene().orders(3).history((lines) => lines.with(5, '#'));
    expect((await checkOne(historyComplete, scene)).message).toContain(
      '1 damaged line(s) (the first: line 6 is not JSON)',
    );
  });

  it('is inconclusive when there is none', async () => {
    expect(
      await checkOne(
        historyComplete,
        new Scene().history(() => []),
      ),
    ).toMatchObject({ status: 'inconclusive' });
  });

  it('is inconclusive when a load generator of the run has no line in it, or one that the run had not has some', async () => {
    const two = ['g1', 'g2'].map((generator) => ({ generator, exitCode: 0, signal: null }));
    expect((await checkOne(historyComplete, new Scene().orders(3).run({ generators: two }))).message).toBe(
      'history.ndjson is not whole: no line of g2, which should have written it',
    );
    const foreign = (lines: readonly string[]) => [...lines, ...lines.map((line) => line.replace('"g1"', '"g2"'))];
    const finding = await checkOne(historyComplete, new Scene().orders(3).history(foreign));
    expect(finding).toMatchObject({ status: 'inconclusive' });
    expect(finding.message).toContain('lines of g2, which had no part in it');
  });

  it('leaves it to another finding that the run came to note no load generator', async () => {
    const scene = new Scene().orders(3).run({ generators: [] });
    expect(await checkOne(historyComplete, scene)).toMatchObject({ status: 'pass' });
  });

  it('is inconclusive when one writer began twice', async () => {
    const scene = new Scene().orders(3).history((lines) => [...lines.slice(0, 1), ...lines]);
    expect((await checkOne(historyComplete, scene)).message).toBe(
      'history.ndjson is not whole: 1 begin line(s) of g1 beyond the first',
    );
  });

  it('never fails: what did not measure is not broken', async () => {
    const scene = new Scene().orders(3).history((lines) => lines.slice(3, 6));
    expect(await checkOne(historyComplete, scene)).toMatchObject({ status: 'inconclusive' });
  });
});

describe('the final reads', () => {
  it('are complete with their end line', async () => {
    expect(await checkOne(finalReadsComplete, new Scene().orders(3))).toMatchObject({ status: 'pass' });
  });

  it('may be missing only when no order has an id to be read by', async () => {
    const unnamed = new Scene().operation({ key: 'a', f: 'init-cart', stage: '100', atMs: 0 }).withoutFinalReads();
    expect(await checkOne(finalReadsComplete, unnamed)).toMatchObject({ status: 'pass' });
  });

  it('are inconclusive when nothing was read at all', async () => {
    const scene = new Scene().orders(3).withoutFinalReads().withFailedQueries();
    expect(await checkOne(finalReadsComplete, scene)).toMatchObject({ status: 'inconclusive', promised: true });
  });
});

describe('files beside the history', () => {
  it('give no finding when they can be read', async () => {
    expect(await check(filesReadable, new Scene().orders(3))).toEqual([]);
  });

  it('are inconclusive with damaged lines', async () => {
    const evidence = await new Scene().orders(3).evidence();
    const damagedFiles = [{ file: 'effects.ndjson', lines: 2, reason: 'line 7: is not JSON' }];
    expect(filesReadable({ ...evidence, damagedFiles }, [])).toMatchObject([
      {
        status: 'inconclusive',
        promised: true,
        message: 'effects.ndjson counts as not there: 2 damaged lines (line 7: is not JSON)',
      },
    ]);
  });
});
