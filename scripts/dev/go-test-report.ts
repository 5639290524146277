// Reads the event stream of `go test -json`: counts the tests, and turns the events back into lines that a person can read.

import type { SuiteCounts } from './suite.ts';

interface GoEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
  readonly Elapsed?: number;
}

const COUNTED = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const;

export class GoTestReport {
  readonly #print: (text: string) => void;
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  /** Output of each test that still runs, by package and test: shown only when it fails. */
  readonly #outputs = new Map<string, string>();
  readonly #packagesWithFailedTests = new Set<string>();
  #rest = '';

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  /** Takes the next piece of the stream, cut anywhere. */
  feed(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  /** Counts of the top-level tests so far. A package that fails without a failed test (it does not build) counts as one failed. */
  counts(): SuiteCounts {
    return { ...this.#counts };
  }

  #line(line: string): void {
    const event = parse(line);
    if (event === undefined) this.#print(`${line}\n`);
    else if (event.Test !== undefined) this.#testEvent(event, event.Test);
    else if (event.Action === 'fail') this.#packageFailed(event.Package ?? '');
    else this.#print(event.Output ?? '');
  }

  #testEvent(event: GoEvent, test: string): void {
    const key = `${event.Package} ${test.split('/')[0]}`;
    if (event.Action === 'output') this.#outputs.set(key, (this.#outputs.get(key) ?? '') + event.Output);
    if (test.includes('/')) return;
    if (!(event.Action in COUNTED)) return;
    this.#counts[COUNTED[event.Action as keyof typeof COUNTED]] += 1;
    if (event.Action === 'fail') {
      this.#packagesWithFailedTests.add(event.Package ?? '');
      this.#print(this.#outputs.get(key) ?? '');
    }
    this.#outputs.delete(key);
  }

  /** Tests that never ended, because the package died under them, have their say now. */
  #packageFailed(name: string): void {
    for (const [key, output] of this.#outputs) if (key.startsWith(`${name} `)) this.#print(output);
    if (!this.#packagesWithFailedTests.has(name)) this.#counts.failed += 1;
  }
}

function parse(line: string): GoEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'Action' in event ? (event as GoEvent) : undefined;
  } catch {
    return undefined; // go itself speaks, outside the stream
  }
}
