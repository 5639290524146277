// The rules of the repository's own structure (docs/whats-here.md), as functions from what is there to what is wrong.

import type { ImportGraph } from './import-graph.ts';

/**
 * What each part may import besides itself. Of two parts that fit a file, the one with the longer name counts.
 * Tests beside their file may import whatever their part may, the bounds, and what all tests share.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'thresholds.ts': ['lib/model/'],
  'vitest.config.ts': [],
  'lib/model/': [],
  'lib/machine/': ['lib/model/stampede-error.ts', 'lib/model/exit-code.ts'],
  'lib/stats/': ['lib/model/'],
  'lib/flows/': ['lib/model/'],
  'lib/workload/': ['lib/model/'],
  'lib/config/': ['lib/model/', 'lib/flows/'],
  'lib/checkers/': ['lib/model/', 'lib/stats/'],
  'lib/k6/': ['lib/model/'],
  'lib/clients/': ['lib/model/', 'lib/flows/', 'lib/workload/', 'lib/config/', 'lib/k6/'],
  'scenarios/': ['lib/model/', 'lib/flows/', 'lib/workload/', 'lib/config/', 'lib/k6/', 'lib/clients/'],
  'reports/': ['lib/model/', 'lib/stats/', 'lib/checkers/'],
  'runner/': [
    'lib/model/',
    'lib/stats/',
    'lib/flows/',
    'lib/workload/',
    'lib/config/',
    'lib/checkers/',
    'lib/machine/',
    'reports/',
  ],
  'chaos/': ['lib/model/', 'lib/config/', 'lib/machine/', 'chaos/targets/', 'chaos/engine/'],
  // How to act on a system: the embedded one is known to testbed/ alone, and one on Kubernetes is found by its target file.
  'chaos/targets/': ['lib/model/', 'lib/config/', 'lib/machine/', 'chaos/', 'testbed/'],
  'chaos/engine/': ['lib/model/', 'lib/config/', 'lib/machine/', 'lib/stats/', 'chaos/', 'reports/', 'runner/'],
  // It shares with the suite the contract and the tools of this machine, and nothing else.
  'testbed/': [
    'lib/machine/',
    'lib/model/stampede-error.ts',
    'lib/model/exit-code.ts',
    'lib/model/target.ts',
    'testbed/order-system/',
  ],
  'testbed/order-system/': [],
  'scripts/': [
    'thresholds.ts',
    'lib/model/',
    'lib/machine/',
    'lib/workload/',
    'lib/config/',
    'lib/checkers/',
    'reports/',
    'runner/',
    'chaos/',
    'testbed/',
    'bench/',
  ],
  'tests/': ['thresholds.ts', 'lib/', 'reports/', 'runner/', 'chaos/', 'scripts/', 'testbed/'],
  'bench/': ['thresholds.ts', 'lib/', 'reports/', 'runner/', 'chaos/', 'scripts/', 'testbed/'],
};

const FOR_TESTS = ['thresholds.ts', 'lib/machine/testing/'];

/** Parts that run inside k6, where nothing of Node exists. */
const K6_PARTS = ['scenarios/', 'lib/k6/', 'lib/clients/'];
/** Packages of pure computation, bundled into the scenario. */
const PACKAGES_FOR_K6: readonly string[] = [];
const MOST_LINES = 300;

/** Imports that go where their part may not reach. */
export function forbiddenDirections(graph: ImportGraph): string[] {
  return imports(graph, (from, to) => !mayImport(from, to)).map(({ from, to }) => `${from} imports ${to}`);
}

/** Everything that k6 runs, wherever it lies, and what it imports of packages that k6 cannot run. */
export function nodeInsideK6(graph: ImportGraph): string[] {
  const inside = reachable(
    graph,
    [...graph.keys()].filter((file) => isIn(K6_PARTS, file) && !isTest(file)),
  );
  const runsInK6 = (name: string) => isK6Module(name) || PACKAGES_FOR_K6.some((each) => isOfPackage(each, name));
  return packageImports(graph, (from, name) => inside.has(from) && !runsInK6(name));
}

/** Imports of k6's modules outside lib/k6, their only door. */
export function k6OutsideItsDoor(graph: ImportGraph): string[] {
  return packageImports(graph, (from, name) => isK6Module(name) && !from.startsWith('lib/k6/'));
}

/** Packages and built-in modules in lib/model, which is made of words alone. */
export function packagesInModel(graph: ImportGraph): string[] {
  return packageImports(graph, (from) => from.startsWith('lib/model/') && !isTest(from));
}

/** Imports of tests and their helpers by anything else. */
export function testsInProduction(graph: ImportGraph): string[] {
  return imports(graph, (from, to) => isTest(to) && !isTest(from)).map(({ from, to }) => `${from} imports ${to}`);
}

/** Each cycle once, as a path that ends where it began. */
export function cycles(graph: ImportGraph): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const { to } of filesOf(graph, file)) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

/** Files of more than 300 lines, from their contents by path. */
export function longFiles(contents: ReadonlyMap<string, string>): string[] {
  const lengths = [...contents].map(([file, text]) => [file, text.trimEnd().split('\n').length] as const);
  return lengths.filter(([, lines]) => lines > MOST_LINES).map(([file, lines]) => `${file} has ${lines} lines`);
}

/** Folders at the top that the page about them does not name. */
export function unnamedFolders(folders: readonly string[], page: string): string[] {
  return folders.filter((folder) => !page.includes(`\`${folder}/`));
}

function mayImport(from: string, to: string): boolean {
  const own = partOf(from);
  if (own === partOf(to)) return true;
  const allowed = [...(MAY_IMPORT[own] ?? []), ...(isTest(from) ? FOR_TESTS : [])];
  return allowed.some((prefix) => to.startsWith(prefix));
}

/** The part of the repository that a file belongs to; a file that belongs to none is its own. */
function partOf(file: string): string {
  const parts = Object.keys(MAY_IMPORT).filter((part) => file.startsWith(part));
  return parts.sort((a, b) => b.length - a.length)[0] ?? file;
}

function isIn(parts: readonly string[], file: string): boolean {
  return parts.some((part) => file.startsWith(part));
}

/** Tests, what only they use, and everything in tests/. */
function isTest(file: string): boolean {
  return file.startsWith('tests/') || file.endsWith('.test.ts') || file.includes('/testing/');
}

function isK6Module(name: string): boolean {
  return isOfPackage('k6', name);
}

function isOfPackage(name: string, specifier: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

function filesOf(graph: ImportGraph, file: string) {
  return (graph.get(file) ?? []).filter((each) => !each.isPackage);
}

function imports(graph: ImportGraph, matches: (from: string, to: string) => boolean) {
  const all = [...graph.keys()].flatMap((from) => filesOf(graph, from).map(({ to }) => ({ from, to })));
  return all.filter(({ from, to }) => matches(from, to));
}

function packageImports(graph: ImportGraph, matches: (from: string, name: string) => boolean): string[] {
  return [...graph].flatMap(([from, found]) =>
    found.filter((each) => each.isPackage && matches(from, each.to)).map(({ to }) => `${from} imports ${to}`),
  );
}

function reachable(graph: ImportGraph, starts: readonly string[]): ReadonlySet<string> {
  const seen = new Set(starts);
  for (const file of seen) for (const { to } of filesOf(graph, file)) seen.add(to);
  return seen;
}
