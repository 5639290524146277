// Who imports whom in this repository, as esbuild reads it.

import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

export interface Import {
  /** Path of a file of this repository, or the name of a package or built-in module as it stands in the source. */
  readonly to: string;
  readonly isPackage: boolean;
}

/** Imports of each source file, by its path from the root of the repository. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>;

/** Paths of files below `root` that belong to the repository and whose names end in one of `extensions`. */
export function repositoryFiles(root: string, extensions: string): string[] {
  const exclude = ['**/node_modules/**', '**/.git/**', 'runs/**', 'dist/**'];
  return globSync(`**/*.{${extensions}}`, { cwd: root, exclude }).sort();
}

/** Every import, those of types alone among them: a type that crosses a border is a dependency too. */
export function readImportGraph(root: string): Promise<ImportGraph> {
  return bundledGraph(root, [typesAsValues]);
}

/** Only the imports that are left when the program runs. */
export function readRuntimeGraph(root: string): Promise<ImportGraph> {
  return bundledGraph(root, []);
}

async function bundledGraph(root: string, plugins: Plugin[]): Promise<ImportGraph> {
  const files = repositoryFiles(root, 'ts,mjs').filter((file) => !file.endsWith('.d.ts'));
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents: files.map((file) => `import './${file}';`).join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins,
  });
  const entries = Object.entries(metafile.inputs).filter(([file]) => file !== '<stdin>');
  return new Map(entries.map(([file, { imports }]) => [file, imports.map(asImport)]));
}

function asImport({ path, external }: { readonly path: string; readonly external?: boolean }): Import {
  return { to: path, isPackage: external === true };
}

/** esbuild drops the import of a type before it counts; so it gets to see the import of a value. */
const typesAsValues: Plugin = {
  name: 'types-as-values',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { loader: 'ts', contents: source.replace(/^(import|export) type (?=[{*])/gm, '$1 ') };
    });
  },
};
