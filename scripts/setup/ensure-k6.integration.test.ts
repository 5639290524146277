import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { ensureK6, k6BinaryPath } from './ensure-k6.ts';
import { runTool } from './run-tool.ts';

let home: string;
let extension: string;

beforeEach(() => {
  home = temporaryFolder();
  extension = join(home, 'extension');
  mkdirSync(join(extension, 'cmd/k6'), { recursive: true });
  writeFileSync(join(extension, 'go.mod'), 'module example.org/k6\n\ngo 1.25\n');
  writeMain('one');
  vi.stubEnv('STAMPEDE_HOME', join(home, 'cache'));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function writeMain(word: string): void {
  writeFileSync(join(extension, 'cmd/k6/main.go'), `package main\n\nfunc main() { println("${word}") }\n`);
}

describe('the k6 binary', () => {
  it('is built from the sources, and built no second time', async () => {
    const binary = await ensureK6(extension);
    expect((await runTool({ command: binary, args: [] })).output).toBe('one\n');
    const { ino } = statSync(binary);
    expect(await ensureK6(extension)).toBe(binary);
    expect(statSync(binary).ino).toBe(ino);
  });

  it('is built anew, beside the old one, when a source or a module file changed', async () => {
    const first = await ensureK6(extension);
    writeMain('two');
    const second = await ensureK6(extension);
    expect((await runTool({ command: second, args: [] })).output).toBe('two\n');
    expect((await runTool({ command: first, args: [] })).output).toBe('one\n');
    writeFileSync(join(extension, 'go.mod'), 'module example.org/k6\n\ngo 1.25.0\n');
    expect(await k6BinaryPath(extension)).not.toBe(second);
  });

  it('does not depend on tests', async () => {
    const before = await k6BinaryPath(extension);
    writeFileSync(join(extension, 'cmd/k6/main_test.go'), 'package main\n');
    expect(await k6BinaryPath(extension)).toBe(before);
  });

  it('is built once when two ask for it at the same time', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const [a, b] = await Promise.all([ensureK6(extension), ensureK6(extension)]);
    expect(a).toBe(b);
    expect(said.mock.calls.filter(([text]) => String(text).includes('✓ building k6'))).toHaveLength(1);
  });

  it('is not there after a build that failed; the compiler is quoted', async () => {
    writeFileSync(join(extension, 'cmd/k6/main.go'), 'package main\n\nfunc main() { sail() }\n');
    await expect(ensureK6(extension)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(/undefined: sail/),
    });
    expect(readdirSync(dirname(await k6BinaryPath(extension)))).toEqual([]);
  });

  it('needs Go, and says so', async () => {
    vi.stubEnv('PATH', join(home, 'nothing'));
    await expect(ensureK6(extension)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(/Go is missing/),
      hint: expect.stringMatching(/Go 1\.25/),
    });
  });

  it.each([
    ['go1.24.9', /go1\.24\.9 is too old/],
    [
      'go: go.mod requires go >= 1.25 (running go 1.22; GOTOOLCHAIN=local)',
      /Go does not work here:\ngo: go\.mod requires/,
    ],
  ])('does not make do with a Go that answers "%s"', async (answer, message) => {
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'go'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    vi.stubEnv('PATH', bin);
    await expect(ensureK6(extension)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(message),
    });
  });
});
