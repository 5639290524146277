// Turns the order system and all packages that it uses into a few files that Node runs anywhere.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('../../testbed/order-system', import.meta.url));

/** Packages of the older kind ask for `require`, which a module does not have by itself. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Contents by path: `main.mjs` runs a service, `migrate.mjs` prepares the stores with what lies in `schema/`. */
export async function bundleOrderSystem(): Promise<Readonly<Record<string, string>>> {
  const { outputFiles } = await build({
    entryPoints: ['main.ts', 'migrate.ts'].map((name) => join(FOLDER, name)),
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node24',
    bundle: true,
    write: false,
    banner: { js: REQUIRE },
    logLevel: 'silent',
  });
  const programs = outputFiles.map(({ path, text }) => [basename(path), text] as const);
  const names = (await readdir(join(FOLDER, 'schema'))).sort();
  const schema = await Promise.all(
    names.map(async (name) => [`schema/${name}`, await readFile(join(FOLDER, 'schema', name), 'utf8')] as const),
  );
  return Object.fromEntries([...programs, ...schema]);
}
