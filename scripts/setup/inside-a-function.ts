// Puts the code of a bundle into a function. What stands at the top of a module is found by its name at each use, and costs every virtual
// user a table of these names; what stands in a function is found by its place.

import { init, parse } from 'es-module-lexer';

/** The bundle (an ES module as esbuild writes it) with the same imports and exports. */
export async function insideAFunction(bundle: string): Promise<string> {
  await init;
  const [imports, exports] = parse(bundle);
  const importLines = imports.filter(({ d }) => d === -1).map(({ ss, se }) => ({ from: ss, to: se }));
  const exportBlock = bundle.lastIndexOf('\nexport {');
  if (exports.length === 0 || exportBlock === -1) return bundle;
  const body = without(bundle.slice(0, exportBlock), importLines);
  const made = exports.map(({ n, ln }) => `${JSON.stringify(n)}: ${ln}`).join(', ');
  const named = exports.filter(({ n }) => n !== 'default').map(({ n }) => `export const ${n} = made.${n};\n`);
  const byDefault = exports.some(({ n }) => n === 'default') ? 'export default made.default;\n' : '';
  const heads = importLines.map(({ from, to }) => `${bundle.slice(from, to)};\n`);
  return `${heads.join('')}const made = (() => {\n${body}\nreturn { ${made} };\n})();\n${byDefault}${named.join('')}`;
}

function without(text: string, parts: readonly { readonly from: number; readonly to: number }[]): string {
  let rest = '';
  let end = 0;
  for (const { from, to } of parts) {
    rest += text.slice(end, from);
    end = to;
  }
  return rest + text.slice(end);
}
