import { describe, expect, it } from 'vitest';
import { judge } from '../../lib/checkers/judge.ts';
import { leaving, MessageScene } from '../../lib/checkers/messages/testing/message-scene.ts';
import { isHistoryLine, isRunRecord, isVerdict } from '../store/schemas.ts';
import { renderSummaryMarkdown } from './summary-md.ts';
import { renderTerminal } from './terminal.ts';

const scene = new MessageScene()
  .held(2)
  .publish('lost-1')
  .publish('refused-1', 'fail')
  .publish('unknown-1', 'info')
  .drain('m-1', { atMs: 68_000, redelivered: true })
  .fault();

describe('the verdict of a run about messages', () => {
  it('shows messages in a terminal in place of stages and orders', async () => {
    const verdict = judge(await scene.evidence());
    expect(renderTerminal(verdict, { directory: 'runs/run-1', colour: false })).toBe(`\
FAIL (exit 2): S1-DURABLE-MESSAGES: 1 of 3 acknowledged messages lost
message-durability, profile durability-backlog, target test-platform, 120 s: run-1

messages  5 published = 3 acknowledged + 1 refused + 1 unknown
          3 acknowledged = 2 consumed + 1 lost
          1 unknown = 0 recovered + 1 never
          3 deliveries of 2 messages, 1 marked as redelivered; came again: 1 redelivered, 0 sent again by us, 0 unexplained
          backlog on a quorum queue: 3 at risk over 1 fault (leader-kill); 0.0 ms at most without an acknowledgement
          1 of 3 at risk lost over 1 fault: durability ≥ 13.53 % at 95 %, for these faults only.

look at
  ✗ S1-DURABLE-MESSAGES: 1 of 3 acknowledged messages lost
      message lost-1
      grep -h lost-1 runs/run-1/history.ndjson runs/run-1/final-reads.ndjson

all findings: runs/run-1/summary.md, runs/run-1/verdict.json
`);
  });

  it('names a message by whatever id it came with, and gives no command that would run it', async () => {
    const verdict = judge(await new MessageScene().held(1).drain('$(touch "x"); it\'s').fault().evidence());
    expect(renderTerminal(verdict, { directory: 'runs/the first', colour: false })).toContain(
      `grep -hF -e '$(touch \\"x\\"); it'\\''s' 'runs/the first/history.ndjson' 'runs/the first/final-reads.ndjson'\n`,
    );
  });

  it('does not call lost what is only not seen', async () => {
    const verdict = judge(await new MessageScene().held(2).publish('where').fault().told(leaving(1)).evidence());
    const text = renderTerminal(verdict, { directory: 'runs/run-1', colour: false });
    expect(text).toContain('3 acknowledged = 2 consumed + 1 not seen\n');
    expect(text).not.toMatch(/\d lost/);
    expect(isVerdict(verdict)).toBe(true);
  });

  it('shows them in Markdown too, with the meaning of each word', async () => {
    const text = renderSummaryMarkdown(judge(await scene.evidence()));
    expect(text).toContain('## Messages\n\n- 5 published = 3 acknowledged + 1 refused + 1 unknown');
    expect(text).toContain('lost: acknowledged, and never seen by a consumer');
    expect(text).toContain('messages `lost-1`');
    expect(text).toMatch(/\| messages-at-risk \| 3 messages \| >= \d+ messages? \|/);
    expect(text).not.toContain('## Stages');
  });

  it('has files that keep their schemas', async () => {
    const { run, history, finalReads, chaos } = scene.files();
    const lines = [...history, ...finalReads, ...chaos].map((line) => JSON.parse(line) as unknown);
    expect(lines.filter((line) => !isHistoryLine(line))).toEqual([]);
    expect(isRunRecord(run)).toBe(true);
    expect(isVerdict(judge(await scene.evidence()))).toBe(true);
  });

  it('has no place for a delivery that does not say whether it was made before', () => {
    const line = scene.files().finalReads.find((text) => text.includes('"consume"')) ?? '{}';
    const delivery = JSON.parse(line) as { value: object };
    expect(isHistoryLine(delivery)).toBe(true);
    expect(isHistoryLine({ ...delivery, value: { queue: 'q', deliveryCount: 0 } })).toBe(false);
  });
});
