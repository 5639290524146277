// Bad input, second part: what a target, the disk and the suite itself can do to a run that has begun. All gates run at the same time, each on
// a stub of its own. Two more rows stand in gate.e2e.test.ts: k6 killed (5) and Ctrl-C (6).

import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import type { RunRecord } from '../lib/model/run.ts';
import { poll } from '../testbed/order-system/testing/poll.ts';
import { cacheWithSpoiltK6 } from './harness/spoilt-k6.ts';
import { type Ended, linesOf, onlyRun, processesWith, stampede, start, verdictOf } from './harness/stampede.ts';
import {
  type Answer,
  always,
  garbage,
  halfBody,
  hangs,
  honest,
  type StubTarget,
  stubTarget,
} from './harness/stub-target.ts';
import { targetAt, targetFile } from './harness/target-files.ts';

interface Row {
  readonly answer: Answer;
  readonly env?: () => NodeJS.ProcessEnv;
}

/** A dozen gates begin at once. */
const LOAD_LIMIT_MS = 60_000;
const stubs: StubTarget[] = [];

const ROWS = {
  honest: { answer: honest() },
  'internal error': { answer: always(500) },
  garbage: { answer: garbage },
  'half a body': { answer: halfBody },
  silence: { answer: hangs },
  'wrong address': { answer: always(404) },
  'wrong method': { answer: always(405) },
  'no credentials': { answer: always(401) },
  'no rights': { answer: always(403) },
  'wrong orders address': { answer: nothingAt((url) => url.startsWith('/api/orders/')) },
  'some not found': { answer: nothingAt(everySecond()) },
  throws: {
    answer: honest(),
    env: () => ({
      STAMPEDE_HOME: cacheWithSpoiltK6(temporaryFolder(), '= planOrder(', '= planted('),
    }),
  },
} as const satisfies Record<string, Row>;
type RowName = keyof typeof ROWS;

type Name = RowName | 'second';
const ended = new Map<Name, Ended & { readonly tookMs: number }>();
const runs = new Map<Name, string>();
const of = (name: Name) => ended.get(name) as NonNullable<ReturnType<typeof ended.get>>;
const runsOf = (name: Name) => runs.get(name) as string;
const runOf = (name: Name) => onlyRun(runsOf(name));

beforeAll(async () => {
  const gates = (Object.keys(ROWS) as RowName[]).map(async (name) => {
    const { answer, env }: Row = ROWS[name];
    const { url } = await stub(answer);
    await Promise.all([gate(name, url, env?.()), ...(name === 'honest' ? [secondGate(url)] : [])]);
  });
  await Promise.all(gates);
});
afterAll(() => {
  for (const each of stubs) each.close();
});

async function stub(answer: Answer): Promise<StubTarget> {
  const made = await stubTarget(answer);
  stubs.push(made);
  return made;
}

async function gate(name: Name, url: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  runs.set(name, temporaryFolder());
  const beganMs = performance.now();
  const command = ['gate', '--profile', 'smoke', '--target', targetFile(targetAt(url)), '--runs', runsOf(name)];
  const result = await start(command, env).ended;
  ended.set(name, { ...result, tookMs: performance.now() - beganMs });
}

/** Another target file, the same platform, while the first gate loads it. */
async function secondGate(url: string): Promise<void> {
  const isLoading = () => processesWith(`-o stampede=${runsOf('honest')}`)[0];
  await poll('the load of the first', isLoading, LOAD_LIMIT_MS);
  await gate('second', url);
}

/** The honest platform behind an address where `is` says that there is nothing. */
function nothingAt(is: (url: string) => boolean): Answer {
  const platform = honest();
  return (request, response) => (is(request.url ?? '') ? always(404) : platform)(request, response);
}

/** Every second order is turned away at its first step. */
function everySecond(): (url: string) => boolean {
  let orders = 0;
  return (url) => url.endsWith('/initialize') && orders++ % 2 === 0;
}

describe('the honest stub', () => {
  it('passes: what breaks in the rows below is the bad input alone', () => {
    const { exitCode, stdout, stderr } = of('honest');
    expect({ exitCode, said: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, said: '' });
  });
});

describe('every gate', () => {
  it.each(Object.keys(ROWS) as RowName[])('leaves its run directory and no process: %s', (name) => {
    for (const file of ['run.json', 'history.ndjson', 'k6.log']) expect(existsSync(join(runOf(name), file))).toBe(true);
    expect(processesWith(runsOf(name))).toEqual([]);
  });
});

describe('a target that answers, and answers badly, breaks the bound on errors: 1', () => {
  // Also for half a body and for silence: a shopper has met an error, whatever the platform did. What it did is asked by the final reads.
  it.each<[RowName, string]>([
    ['internal error', 'http_500'],
    ['garbage', 'malformed_answer'],
    ['half a body', 'network_1000'],
    ['silence', 'timeout'],
  ])('%s', (name, code) => {
    const { exitCode, stdout } = of(name);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toMatch(/^FAIL \(exit 1\): S1-ERRORS in stage 40, step init-cart: 100 %, bound < 1 %/);
    expect(stdout).toMatch(new RegExp(`requests failed \\(${code} × `));
    expect(verdictOf(runOf(name)).orders.acknowledged).toBe(0);
  });

  it('silence, within a minute and a half of a load of half a minute', () => {
    expect(of('silence').tookMs).toBeLessThan(90_000);
  });

  it('404 for some orders only', () => {
    const { exitCode, stdout } = of('some not found');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1 });
    expect(stdout).toMatch(/^FAIL \(exit 1\): S1-ERRORS in stage 40, step init-cart.*http_404 × /);
    expect(verdictOf(runOf('some not found')).orders.fates.completed).toBeGreaterThan(50);
  });
});

describe('a target that turns every order away at the same step is the wrong one: 69', () => {
  it.each<[RowName, RegExp, RegExp]>([
    [
      'wrong address',
      /HTTP 404 at the step init-cart: POST http:.*\/api\/carts\/initialize/,
      /Is http\.baseUrls\.shopping in the target file right\?/,
    ],
    [
      'wrong method',
      /HTTP 405 at the step init-cart: POST http:/,
      /Is http\.baseUrls\.shopping in the target file right\?/,
    ],
    [
      'wrong orders address',
      /HTTP 404 at the step complete: POST http:.*\/api\/orders\/\{orderId\}/,
      /Is http\.baseUrls\.orders in the target file right\?/,
    ],
    ['no credentials', /HTTP 401 at the step init-cart: POST http:/, /http\.baseUrls\.shopping want credentials/],
    ['no rights', /HTTP 403 at the step init-cart: POST http:/, /http\.baseUrls\.shopping want credentials/],
  ])('%s, said long before the load would have ended', async (name, what, toDo) => {
    const { exitCode, stderr, tookMs } = of(name);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 69 });
    expect(stderr).toMatch(what);
    expect(stderr).toMatch(toDo);
    expect(stderr).toContain(runOf(name));
    expect(tookMs).toBeLessThan(25_000);
    expect(existsSync(join(runOf(name), 'verdict.json'))).toBe(false);
  });

  it('judged again from its files, too', async () => {
    expect(await stampede('judge', runOf('wrong address'))).toMatchObject({ exitCode: 69 });
  });
});

describe('a second gate on the same target', () => {
  it('ends at once with 69, and the first goes on', () => {
    const { exitCode, stderr, tookMs } = of('second');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 69 });
    expect(stderr).toMatch(/another run is loading this target[\s\S]*Wait for it/);
    expect(tookMs).toBeLessThan(of('honest').tookMs / 2);
    expect(of('honest').exitCode).toBe(0);
  });
});

describe('a suite whose every iteration throws', () => {
  it('ends with 70 and says what was thrown', () => {
    const { exitCode, stdout } = of('throws');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 70 });
    expect(stdout).toMatch(
      /^FAIL \(exit 70\): generator: .*exceptions in the scenario, the first: ReferenceError: planted is not defined/,
    );
  });
});

describe('a run directory of a green run, changed', () => {
  it('by a promise on a metric that nobody measures is inconclusive: 5', async () => {
    const { exitCode, stdout } = await judgedAfter((run) => ({
      ...run,
      bounds: run.bounds.map((bound) => (bound.id === 'S1-STUCK' ? { ...bound, metric: 'orders_stcuk' } : bound)),
    }));
    expect(exitCode).toBe(5);
    expect(stdout).toMatch(
      /^INCONCLUSIVE \(exit 5\): S1-STUCK: not measured: nothing in this run measures orders_stcuk/,
    );
  });

  // Stepping the real clock would disturb everyone on the machine, and k6, a static binary, takes no preloaded clock:
  // so the readings are changed to what a step of five seconds in the middle of the load would have left.
  it('by a step of the wall clock is inconclusive: 5', async () => {
    const { exitCode, stdout } = await judgedAfter(
      (run) => ({ ...run, clocks: run.clocks.map((reading, index) => (index === 0 ? reading : stepped(reading))) }),
      (directory) => {
        change(join(directory, 'history.ndjson'), (line) =>
          line.type === 'end' ? { ...line, clock: stepped(line.clock) } : line,
        );
        change(join(directory, 'final-reads.ndjson'), (line) => ({
          ...line,
          timeMs: Number(line.timeMs) + STEP_MS,
          ...(line.clock === undefined ? {} : { clock: stepped(line.clock) }),
        }));
      },
    );
    expect(exitCode).toBe(5);
    expect(stdout).toMatch(/^INCONCLUSIVE \(exit 5\): clock: the wall clock was stepped.*by 5 s/);
  });

  const STEP_MS = 5_000;

  function stepped<Reading>(reading: Reading): Reading {
    return { ...reading, wallMs: (reading as { wallMs: number }).wallMs + STEP_MS };
  }

  function change(path: string, edit: (line: Record<string, unknown>) => object): void {
    const lines = linesOf(path).map((line) => `${JSON.stringify(edit(line))}\n`);
    writeFileSync(path, lines.join(''));
  }

  async function judgedAfter(edit: (run: RunRecord) => RunRecord, editFiles: (directory: string) => void = () => {}) {
    const copy = join(temporaryFolder(), 'copy');
    cpSync(runOf('honest'), copy, { recursive: true });
    const record = join(copy, 'run.json');
    writeFileSync(record, JSON.stringify(edit(JSON.parse(readFileSync(record, 'utf8')) as RunRecord)));
    editFiles(copy);
    return stampede('judge', copy);
  }
});
