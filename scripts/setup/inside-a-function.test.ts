import { describe, expect, it } from 'vitest';
import { insideAFunction } from './inside-a-function.ts';

/** What a module exports that is run as Node would run it. */
const run = async (code: string): Promise<Record<string, unknown>> =>
  import(`data:text/javascript,${encodeURIComponent(code)}`);

const BUNDLE = `
// an import in the middle, as esbuild leaves it
var options = { vus: 1 };
import { default as path2, sep } from "node:path";
function ramp() {
  return path2.join("a", "b") + sep;
}
export {
  ramp as default,
  options
};
`;

describe('a bundle inside a function', () => {
  it('imports and exports the same', async () => {
    const made = await run(await insideAFunction(BUNDLE));
    expect(Object.keys(made).sort()).toEqual(['default', 'options']);
    expect((made['default'] as () => string)()).toBe('a/b/');
    expect(made['options']).toEqual({ vus: 1 });
  });

  it('has nothing else at its top', async () => {
    const wrapped = await insideAFunction(BUNDLE);
    const top = wrapped.slice(0, wrapped.indexOf('const made')) + wrapped.slice(wrapped.lastIndexOf('})();'));
    expect(top).not.toMatch(/ramp\(|var /);
  });

  it('may have no default, or export nothing at all', async () => {
    expect({ ...(await run(await insideAFunction('var a = 1;\nexport {\n  a\n};\n'))) }).toEqual({ a: 1 });
    expect(await insideAFunction('console.log(1);\n')).toBe('console.log(1);\n');
  });
});
