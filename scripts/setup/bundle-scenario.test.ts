import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { bundleScenario } from './bundle-scenario.ts';

let home: string;
beforeEach(() => {
  home = temporaryFolder();
  vi.stubEnv('STAMPEDE_HOME', join(home, 'cache'));
});
afterEach(() => vi.unstubAllEnvs());

function scenario(source: string): string {
  const file = join(home, 'ramp.ts');
  writeFileSync(file, source);
  return file;
}

describe('a scenario for k6', () => {
  it('becomes one file: its own modules inside, those of k6 outside, no types, nothing that k6 cannot parse', async () => {
    writeFileSync(join(home, 'words.ts'), 'export const word: string = "stampede";\n');
    const entry = scenario(`
      import http from 'k6/http';
      import ledger from 'k6/x/ledger';
      import { word } from './words.ts';
      export default async function () { for await (const each of [word]) http.get(ledger.url(each ?? '')); }`);
    const bundle = readFileSync(await bundleScenario(entry), 'utf8');
    expect(bundle).toMatch(/from "k6\/http"[\s\S]*from "k6\/x\/ledger"/);
    expect(bundle).toContain('"stampede"');
    expect(bundle).not.toMatch(/words\.ts"|for await|: string/);
  });

  it('has the same path for the same content, and another for another', async () => {
    const first = await bundleScenario(scenario('export default () => 1;'));
    expect(await bundleScenario(scenario('export default () => 1;'))).toBe(first);
    expect(await bundleScenario(scenario('export default () => 2;'))).not.toBe(first);
    expect(readdirSync(join(home, 'cache/scenarios'))).toHaveLength(2);
  });

  it("may not use Node's modules: the message names file and line", async () => {
    const entry = scenario("import { readFileSync } from 'node:fs';\nexport default () => readFileSync('x');");
    await expect(bundleScenario(entry)).rejects.toMatchObject({
      exitCode: EXIT.suiteDefect,
      message: expect.stringMatching(/ramp\.ts:1: Could not resolve "node:fs"/),
    });
  });

  it('takes packages by their ES module', async () => {
    mkdirSync(join(home, 'node_modules/pack'), { recursive: true });
    writeFileSync(join(home, 'node_modules/pack/package.json'), '{"main":"main.cjs","module":"module.mjs"}');
    writeFileSync(join(home, 'node_modules/pack/main.cjs'), 'exports.kind = "commonjs";');
    writeFileSync(join(home, 'node_modules/pack/module.mjs'), 'export const kind = "esm";');
    const bundle = readFileSync(
      await bundleScenario(scenario("import { kind } from 'pack';\nexport default () => kind;")),
      'utf8',
    );
    expect(bundle).toContain('"esm"');
  });

  it('that is not there ends with a message, not a stack', async () => {
    await expect(bundleScenario(join(home, 'absent.ts'))).rejects.toMatchObject({
      exitCode: EXIT.suiteDefect,
      message: expect.stringMatching(/absent\.ts could not be bundled/),
    });
  });
});
