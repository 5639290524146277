import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { aRun } from '../../lib/checkers/testing/a-run.ts';
import { ABSENT } from '../../lib/checkers/testing/order-script.ts';
import { Scene } from '../../lib/checkers/testing/scene.ts';
import type { Verdict } from '../../lib/model/verdict.ts';
import { renderJUnit } from './junit.ts';

const attribute = (name: string, xml: string): number =>
  Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(xml)?.[1]);

/** Every element that is opened is closed, in the right order, and nothing stands raw that must be escaped. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const markup =
    /<!\[CDATA\[[\s\S]*?\]\]>|<\?[^>]*\?>|<(\/?)([\w-]+)((?:\s[\w-]+="[^"<&]*(?:&\w+;[^"<&]*)*")*)\s*(\/?)>/g;
  const rest = xml.replaceAll(
    markup,
    (whole: string, closing: string, name: string, _attributes: string, empty: string) => {
      if (whole.startsWith('<!') || whole.startsWith('<?') || empty === '/') return '';
      if (closing === '/') return open.pop() === name ? '' : '<';
      open.push(name);
      return '';
    },
  );
  return open.length === 0 && !/[<&]/.test(rest);
}

const casesOf = (xml: string): readonly string[] => xml.match(/<testcase[\s\S]*?(<\/testcase>|\/>)/g) ?? [];
const render = async (scene: Scene): Promise<{ verdict: Verdict; xml: string }> => {
  const verdict = judge(await scene.evidence());
  return { verdict, xml: renderJUnit(verdict) };
};

describe('the verdict as JUnit', () => {
  it('has one test case for each finding', async () => {
    const { verdict, xml } = await render(new Scene().orders(200));
    expect(casesOf(xml)).toHaveLength(verdict.findings.length);
    expect(attribute('tests', xml)).toBe(verdict.findings.length);
    expect([attribute('failures', xml), attribute('errors', xml)]).toEqual([0, 0]);
  });

  it('has a failure for a broken promise', async () => {
    const { xml } = await render(new Scene().orders(200).order('lost', { finalRead: ABSENT }));
    expect(attribute('failures', xml)).toBe(1);
    expect(xml).toMatch(
      /name="S1-DURABLE">\s*<failure message="1 of 201 acknowledged orders lost[^"]*" type="integrity"\/>/,
    );
  });

  it('has an error, never a green case, for a promise that could not be judged', async () => {
    const { xml } = await render(new Scene().orders(100).withoutQueries());
    expect(xml).toMatch(/name="S1-DUP">\s*<error message="effects not measured[^"]*" type="not-measured"\/>/);
    expect(xml).toMatch(/name="S1-ORDER-P98 in stage 100">\s*<error [^>]*type="inconclusive"\/>/);
  });

  it('skips what was not promised and not measured, and what is waived', async () => {
    const waivers = [{ bound: 'S1-DUP', reason: 'no database access' }];
    const { xml } = await render(
      new Scene()
        .orders(200)
        .withoutQueries()
        .run({ target: { ...aRun().target, capabilities: [], waivers } }),
    );
    expect(attribute('errors', xml)).toBe(0);
    expect(xml).toMatch(/name="effects-complete">\s*<skipped\/>/);
    expect(xml).toMatch(/name="S1-DUP">\s*<skipped\/>[\s\S]*?waived: no database access/);
  });

  it('is well-formed whatever a target says', async () => {
    const evil = 'a]]>b<c>&"d\'\u0000\u001b\ud800\uffff';
    const { xml } = await render(
      new Scene()
        .orders(200)
        .order('odd', { completionMs: null, sees: evil })
        .run({ troubles: [{ where: evil, message: evil }] }),
    );
    expect(xml).toContain('a]] >b<c>&"d\'????: a]] >b');
    expect(isWellFormed(xml)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800\uffff]/u);
  });
});
