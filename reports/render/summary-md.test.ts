import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import { ABSENT } from '../../lib/checkers/testing/order-script.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import { renderSummaryMarkdown } from './summary-md.ts';

const rendered = async (scene: Scene) => {
  const verdict = judge(await scene.evidence());
  return { verdict, text: renderSummaryMarkdown(verdict) };
};

describe('the summary in Markdown', () => {
  it('says the verdict first, then why', async () => {
    const { text } = await rendered(new Scene().orders(200).order('lost-1', { finalRead: ABSENT }));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# ❌ fail: exit 2',
      '',
      'S1-DURABLE: 1 of 201 acknowledged orders lost (1 absent, 0 fallen back from a completed state)',
    ]);
    expect(text).toContain('orders `lost-1` (on the platform `id-of-lost-1`) |');
  });

  it('has a row for every finding, each in one section', async () => {
    const waivers = [{ bound: 'S1-FLOW-P90', reason: 'known' }];
    const { text, verdict } = await rendered(new Scene().orders(100).run({ target: { ...aRun().target, waivers } }));
    const rows = text.split('\n').filter((line) => /^\| (✅|❌|❔|–) \|/.test(line));
    expect(rows).toHaveLength(verdict.findings.length);
    expect(text.match(/^## .*/gm)).toEqual([
      '## Stages',
      '## Orders',
      '## Look at',
      '## Waived by the target',
      '## Not measured',
      '## Passed',
    ]);
  });

  it('explains the fates that it shows, and names planted defects', async () => {
    const target = { ...aRun().target, plantedDefects: ['phantom-ok=0.05'] };
    const { text } = await rendered(new Scene().orders(200).run({ target }));
    expect(text).toContain(
      '\n_completed: in a completed state when read back · lost: absent, or fallen back from a completed state_\n',
    );
    expect(text).toContain('\n> planted defects: phantom-ok=0.05;');
  });

  it('has the same number of cells in every row of a table', async () => {
    const { text } = await rendered(
      new Scene().orders(200).order('odd', { completionMs: null, sees: 'a|b<script>\n|' }),
    );
    for (const table of text.split('\n\n').filter((part) => part.startsWith('| '))) {
      const cells = table
        .trimEnd()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
    expect(text).toContain('a\\|b&lt;script>?\\|');
  });
});
