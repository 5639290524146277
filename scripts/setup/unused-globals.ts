// Takes away from a scenario what k6 gives every virtual user and this one never names: each would hold functions and objects of its own.

/** Made by k6 2.2.0 for each virtual user before the script begins; 16 kB in all, most of it `crypto`. */
const GIVEN_BY_K6 = [
  'crypto',
  'TextEncoder',
  'TextDecoder',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'global',
  'require',
] as const;

/** The bundle, which deletes the globals that stand nowhere in it, not even in a string. */
export function withoutUnusedGlobals(bundle: string): string {
  const unused = GIVEN_BY_K6.filter((name) => !new RegExp(`\\b${name}\\b`).test(bundle));
  return `${unused.map((name) => `delete globalThis.${name};\n`).join('')}${bundle}`;
}
