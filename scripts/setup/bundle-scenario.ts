// Turns a scenario and all it imports into the one JavaScript file that k6 runs. k6 itself would neither check nor resolve enough.

import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildFailure, type BuildOptions, build } from 'esbuild';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { insideAFunction } from './inside-a-function.ts';
import { seldomModules } from './seldom-modules.ts';
import { withoutUnusedGlobals } from './unused-globals.ts';

/** Path of the bundle of `entry` (a path of a scenario); the same content has the same path. Throws StampedeError 70. */
export async function bundleScenario(entry: string): Promise<string> {
  const content = await bundle(entry);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const folder = join(cacheFolder(), 'scenarios');
  const file = join(folder, `${basename(entry, '.ts')}-${digest}.js`);
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, file);
  return file;
}

/** The same for one of `scenarios/`, by its name. */
export function bundleOf(scenario: string): Promise<string> {
  return bundleScenario(fileURLToPath(new URL(`../../scenarios/${scenario}.ts`, import.meta.url)));
}

const FOR_K6: BuildOptions = {
  // No browser and no Node: an import of Node's modules is an error here, not a surprise in k6.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  // k6's engine has no async iteration, and hangs on a file that it cannot parse. The rest it does itself, faster than
  // what older syntax would need in its place.
  target: 'es2022',
  supported: { 'for-await': false, 'async-generator': false },
  external: ['k6', 'k6/*'],
  logLevel: 'silent',
};

async function bundle(entry: string): Promise<string> {
  try {
    const result = await build({
      ...FOR_K6,
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      plugins: [seldomModules(FOR_K6)],
    });
    return withoutUnusedGlobals(await insideAFunction(result.outputFiles[0]?.text ?? ''));
  } catch (error) {
    throw cannotBundle(entry, error as BuildFailure);
  }
}

function cannotBundle(entry: string, failure: BuildFailure): StampedeError {
  const reasons = (failure.errors ?? []).map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}: ${text}`,
  );
  return new StampedeError(`${entry} could not be bundled for k6:\n${reasons.join('\n') || failure.message}`, {
    exitCode: EXIT.suiteDefect,
    hint: 'Scenarios may import k6 modules, lib/k6, lib/clients, lib/workload and lib/model, and nothing of Node.',
    cause: failure,
  });
}
