// The load generators that are compared: Stampede, and plain k6 v2.2.0 as it comes and stripped.

import { fileURLToPath } from 'node:url';
import { bundleScenario } from '../../scripts/setup/bundle-scenario.ts';
import { ensureGoBinary } from '../../scripts/setup/go-binary.ts';
import { type Load, type StartGenerator, stampedeGenerator, startPlainK6 } from '../generator.ts';
import { type PlainLoad, SETTINGS_VARIABLE } from './plain-load.ts';

/** The same module versions as the suite's own k6: only our parts differ. */
const EXTENSION = fileURLToPath(new URL('../../extension', import.meta.url));
const STRIPPED = ['--no-thresholds', '--summary-mode=disabled'];

export const VARIANTS = ['stampede', 'plain k6', 'plain k6, stripped'] as const;
export type Variant = (typeof VARIANTS)[number];

/** Builds what is missing. */
export async function prepareVariants(): Promise<Readonly<Record<Variant, StartGenerator>>> {
  const binary = await ensureGoBinary({
    name: 'plain-k6',
    about: 'plain k6 for comparison',
    module: EXTENSION,
    main: 'go.k6.io/k6/v2',
  });
  const script = await bundleScenario(fileURLToPath(new URL('plain-orders.ts', import.meta.url)));
  return {
    stampede: await stampedeGenerator(),
    'plain k6': plainGenerator(binary, script, []),
    'plain k6, stripped': plainGenerator(binary, script, STRIPPED),
  };
}

function plainGenerator(binary: string, script: string, flags: readonly string[]): StartGenerator {
  const args = ['run', '--quiet', '--no-usage-report', ...flags, script];
  return (baseUrl, load, folder) => startPlainK6(binary, args, { folder, env: environment({ ...load, baseUrl }) });
}

/** Without the surrounding environment, which could hold options of k6; Go's own settings reach every variant alike. */
function environment(load: PlainLoad & Load): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, K6_AUTO_EXTENSION_RESOLUTION: 'false', [SETTINGS_VARIABLE]: JSON.stringify(load) };
}
