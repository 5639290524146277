// What a scenario seldom needs comes into being at its first need: k6 makes every function of a script anew for each virtual user and
// keeps it, called or not.

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The modules, each with the one function that scenarios may import from it. They must keep no state. */
const SELDOM: Readonly<Record<string, string>> = {
  'lib/clients/load-options.ts': 'loadOptions',
  'lib/clients/unhappy-answer.ts': 'unhappyResult',
  'lib/config/redact.ts': 'redactorOf',
  'lib/flows/describe.ts': 'describe',
};

/** An esbuild plugin that puts each seldom module, with all that it imports, into a function. */
export function seldomModules(options: BuildOptions): Plugin {
  return {
    name: 'seldom-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const name = SELDOM[relative(ROOT, path).replaceAll('\\', '/')];
        return name === undefined ? undefined : { contents: await atFirstCall(path, name, options), loader: 'js' };
      });
    },
  };
}

async function atFirstCall(path: string, name: string, options: BuildOptions): Promise<string> {
  const bundled: BuildOptions = { entryPoints: [path], bundle: true, format: 'iife', globalName: 'made', write: false };
  const { outputFiles } = await build({ ...options, ...bundled });
  const make = `() => {\n${outputFiles?.[0]?.text}return made.${name};\n}`;
  return `let known;\nexport const ${name} = (...args) => (known ??= (${make})())(...args);\n`;
}
