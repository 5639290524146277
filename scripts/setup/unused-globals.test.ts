import { expect, it } from 'vitest';
import { withoutUnusedGlobals } from './unused-globals.ts';

it('deletes what a bundle does not name', () => {
  expect(withoutUnusedGlobals('export default () => 1;')).toMatch(
    /^delete globalThis\.crypto;\n[\s\S]*delete globalThis\.require;\nexport default \(\) => 1;$/,
  );
});

it('leaves what is named anywhere, in a string too', () => {
  const bundle = `export default () => { setTimeout(run, 5); return globalThis['crypto']; };`;
  const deleted = withoutUnusedGlobals(bundle).match(/(?<=^delete globalThis\.)\w+/gm);
  expect(deleted).not.toContain('setTimeout');
  expect(deleted).not.toContain('crypto');
  expect(deleted).toContain('clearTimeout');
});
