import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Import,
  type ImportGraph,
  readImportGraph,
  readRuntimeGraph,
  repositoryFiles,
} from './import-rules/import-graph.ts';
import {
  cycles,
  forbiddenDirections,
  k6OutsideItsDoor,
  longFiles,
  MAY_IMPORT,
  nodeInsideK6,
  packagesInModel,
  testsInProduction,
  unnamedFolders,
} from './import-rules/rules.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A graph from `'from → to'` lines; names without a dot and a slash behind it are packages. */
function graph(...lines: readonly string[]): ImportGraph {
  const found = new Map<string, Import[]>();
  for (const line of lines) {
    const [from = '', to = ''] = line.split(' → ');
    const isPackage = !to.includes('.');
    found.set(from, [...(found.get(from) ?? []), { to, isPackage }]);
    if (!isPackage && !found.has(to)) found.set(to, []);
  }
  return found;
}

describe('this repository', () => {
  let all: ImportGraph;
  let runtime: ImportGraph;
  beforeAll(async () => {
    all = await readImportGraph(ROOT);
    runtime = await readRuntimeGraph(ROOT);
  });

  it('is seen whole: commands that are loaded late, types, modules of k6', () => {
    const targets = (file: string) => all.get(file)?.map(({ to }) => to);
    expect(targets('scripts/cli.ts')).toContain('scripts/commands/gate.ts');
    expect(targets('lib/model/exit-code.ts')).toEqual(['lib/model/finding.ts']); // a type alone
    expect(targets('lib/k6/http.ts')).toContain('k6/http');
  });

  it('keeps its dependencies one way', () => {
    expect(forbiddenDirections(all)).toEqual([]);
  });

  it('has nothing of Node in what k6 runs', () => {
    expect(nodeInsideK6(runtime)).toEqual([]);
  });

  it("has k6's modules behind one door", () => {
    expect(k6OutsideItsDoor(all)).toEqual([]);
  });

  it('has a model that is made of words alone', () => {
    expect(packagesInModel(all)).toEqual([]);
  });

  it('does not run on its tests', () => {
    expect(testsInProduction(all)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(cycles(runtime)).toEqual([]);
  });

  it('has no file over 300 lines', () => {
    // The manual of a module is one page to its readers.
    const files = repositoryFiles(ROOT, 'ts,mjs,go,sql,sh').filter((file) => !file.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(100);
    expect(longFiles(new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])))).toEqual([]);
  });

  it('names each of its folders in docs/whats-here.md, and in the rules', () => {
    const page = readFileSync(join(ROOT, 'docs/whats-here.md'), 'utf8');
    const folders = new Set(
      repositoryFiles(ROOT, 'ts,mjs,go,md').flatMap((file) => file.split('/').slice(0, -1)[0] ?? []),
    );
    expect(unnamedFolders([...folders], page)).toEqual([]);
    const source = readdirSync(join(ROOT, 'lib')).map((folder) => `lib/${folder}/`);
    expect(source.filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });
});

describe('the rule of', () => {
  it('direction catches a checker that reaches for the command line, and a type that does', () => {
    const bad = graph('lib/checkers/fates.ts → lib/model/order.ts', 'lib/checkers/fates.ts → scripts/cli.ts');
    expect(forbiddenDirections(bad)).toEqual(['lib/checkers/fates.ts imports scripts/cli.ts']);
  });

  it('direction catches what it does not know', () => {
    expect(forbiddenDirections(graph('scripts/cli.ts → novel/idea.ts'))).toEqual([
      'scripts/cli.ts imports novel/idea.ts',
    ]);
    expect(forbiddenDirections(graph('novel/idea.ts → lib/model/order.ts'))).toHaveLength(1);
  });

  it('direction keeps the order system from the suite, and the rest of the testbed to the contract', () => {
    const bad = graph(
      'testbed/up.ts → lib/model/stampede-error.ts',
      'testbed/up.ts → lib/model/history.ts',
      'testbed/up.ts → testbed/order-system/queries.ts',
      'testbed/order-system/main.ts → lib/model/stampede-error.ts',
      'testbed/order-system/main.ts → testbed/up.ts',
    );
    expect(forbiddenDirections(bad)).toEqual([
      'testbed/up.ts imports lib/model/history.ts',
      'testbed/order-system/main.ts imports lib/model/stampede-error.ts',
      'testbed/order-system/main.ts imports testbed/up.ts',
    ]);
  });

  it('direction keeps the Node side from the k6 side, and both from the tests', () => {
    const bad = graph(
      'scripts/cli.ts → lib/clients/outcome.ts',
      'runner/run.ts → lib/k6/http.ts',
      'runner/run.ts → tests/harness/gate.ts',
    );
    expect(forbiddenDirections(bad)).toHaveLength(3);
  });

  it("Node inside k6 catches a module of Node's, also behind a file of another part", () => {
    const bad = graph(
      'scenarios/ramp.ts → lib/config/load-plan.ts',
      'lib/config/load-plan.ts → node:fs',
      'lib/config/target-file.ts → node:fs',
      'lib/clients/a.ts → k6/http',
      'lib/workload/b.ts → undici',
      'lib/clients/a.ts → lib/workload/b.ts',
      'lib/workload/b.ts → k6/crypto',
    );
    expect(nodeInsideK6(bad)).toEqual(['lib/config/load-plan.ts imports node:fs', 'lib/workload/b.ts imports undici']);
  });

  it("the door catches k6's modules on the Node side", () => {
    const bad = graph('lib/k6/http.ts → k6/http', 'runner/run.ts → k6', 'runner/run.ts → k6-like');
    expect(k6OutsideItsDoor(bad)).toEqual(['runner/run.ts imports k6']);
  });

  it('the model catches any package', () => {
    expect(packagesInModel(graph('lib/model/order.ts → ajv'))).toEqual(['lib/model/order.ts imports ajv']);
  });

  it('tests catches production code that uses their helpers', () => {
    const bad = graph('lib/a.ts → lib/testing/scene.ts', 'lib/a.test.ts → lib/testing/scene.ts');
    expect(testsInProduction(bad)).toEqual(['lib/a.ts imports lib/testing/scene.ts']);
  });

  it('cycles catches a cycle of three, once, and nothing that merely meets again', () => {
    expect(cycles(graph('a.ts → b.ts', 'b.ts → c.ts', 'c.ts → a.ts'))).toEqual(['a.ts → b.ts → c.ts → a.ts']);
    expect(cycles(graph('a.ts → b.ts', 'a.ts → c.ts', 'b.ts → d.ts', 'c.ts → d.ts'))).toEqual([]);
  });

  it('length catches 301 lines and lets 300 be', () => {
    const lines = (count: number) => 'x\n'.repeat(count);
    expect(
      longFiles(
        new Map([
          ['a.ts', lines(301)],
          ['b.ts', lines(300)],
        ]),
      ),
    ).toEqual(['a.ts has 301 lines']);
  });

  it('names catches a folder that the page does not name', () => {
    expect(unnamedFolders(['runner', 'novel'], '| `runner/` | one run |')).toEqual(['novel']);
  });
});
