import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberSecret } from '../lib/config/known-secrets.ts';
import { EXIT } from '../lib/model/exit-code.ts';
import { StampedeError } from '../lib/model/stampede-error.ts';
import { runCommandLine } from './run-command-line.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.removeAllListeners('uncaughtException');
  process.exitCode = undefined;
});

/** Runs one of two commands, `sail` and `steer`, whose action is `action`; gives the exit code and what was said. */
async function run(args: readonly string[], action: (options: { speed?: string }) => unknown = () => undefined) {
  const said: string[] = [];
  const hear = (text: unknown) => said.push(String(text instanceof Error ? text.stack : text)) > 0;
  vi.spyOn(process.stderr, 'write').mockImplementation(hear);
  vi.spyOn(process.stdout, 'write').mockImplementation(hear);
  vi.spyOn(console, 'error').mockImplementation(hear);
  const loaded: string[] = [];
  const command = (name: string) => async () => {
    loaded.push(name);
    const awaited = async (options: { speed?: string }) => void (await action(options));
    return { register: (program: Command) => void program.command(name).option('--speed <knots>').action(awaited) };
  };
  const exitCode = await runCommandLine(args, { sail: command('sail'), steer: command('steer') });
  return { exitCode, said: said.join('\n'), loaded };
}

describe('the command line', () => {
  it('ends with 0 after a command that says nothing else', async () => {
    expect((await run(['sail'])).exitCode).toBe(EXIT.pass);
  });

  it('ends with the exit code that the command has set', async () => {
    const { exitCode } = await run(['sail'], () => {
      process.exitCode = EXIT.integrity;
    });
    expect(exitCode).toBe(EXIT.integrity);
  });

  it('answers an unknown command with 64 and the one that was perhaps meant', async () => {
    const { exitCode, said } = await run(['steeer']);
    expect(exitCode).toBe(EXIT.usage);
    expect(said).toMatch(/unknown command 'steeer'[\s\S]*steer\?/);
  });

  it('answers an unknown flag with 64 and the one that was perhaps meant', async () => {
    const { exitCode, said } = await run(['sail', '--sped', '3']);
    expect(exitCode).toBe(EXIT.usage);
    expect(said).toMatch(/unknown option '--sped'[\s\S]*--speed\?/);
  });

  it('answers a stray argument and a flag without its value with 64', async () => {
    expect((await run(['sail', 'north'])).exitCode).toBe(EXIT.usage);
    expect((await run(['sail', '--speed'])).exitCode).toBe(EXIT.usage);
  });

  it('answers no command at all with the help and 64', async () => {
    const { exitCode, said } = await run([]);
    expect(exitCode).toBe(EXIT.usage);
    expect(said).toMatch(/Usage: stampede/);
  });

  it('ends with 0 after help', async () => {
    const { exitCode, said } = await run(['--help']);
    expect(exitCode).toBe(EXIT.pass);
    expect(said).toMatch(/sail[\s\S]*steer/);
  });

  it('says what happened, what to do, and the exit code of a StampedeError, without a stack', async () => {
    const { exitCode, said } = await run(['sail'], () => {
      throw new StampedeError('no wind', { exitCode: EXIT.unavailable, hint: 'Row.' });
    });
    expect(exitCode).toBe(EXIT.unavailable);
    expect(said).toBe('stampede: no wind\nRow.');
  });

  it.each([
    ['a StampedeError', new StampedeError('told pass-word-7', { exitCode: EXIT.unavailable, hint: 'pass-word-7' })],
    ['any other exception', new TypeError('told pass-word-7', { cause: new Error('pass%2Dword-7 pass-word-7') })],
  ])('shows no secret in the words of %s', async (_what, error) => {
    rememberSecret('pass-word-7');
    const { said } = await run(['sail'], () => {
      throw error;
    });
    expect(said).toContain('told [redacted]');
    expect(said).not.toContain('pass-word-7');
  });

  it('calls any other exception a defect of the suite, with its stack', async () => {
    const { exitCode, said } = await run(['sail'], async () => {
      throw new TypeError('mast is not a function');
    });
    expect(exitCode).toBe(EXIT.suiteDefect);
    expect(said).toMatch(/TypeError: mast is not a function\n\s+at [\s\S]*defect of the suite/);
  });

  it('loads only the command that was asked for', async () => {
    expect((await run(['steer', '--help'])).loaded).toEqual(['steer']);
    expect((await run(['--help'])).loaded).toEqual(['sail', 'steer']);
    expect((await run(['--version'])).loaded).toEqual([]);
  });

  it('calls an exception that nobody awaits a defect too', () => {
    // The command itself would go on for 5 s: it is the exception that ends it.
    const script = `
      const { runCommandLine } = await import(${JSON.stringify(fileURLToPath(new URL('run-command-line.ts', import.meta.url)))});
      const later = () => new Promise((resolve) => { setImmediate(() => { throw new Error('adrift'); }); setTimeout(resolve, 5000); });
      process.exitCode = await runCommandLine(['sail'], { sail: async () => ({ register: (program) => void program.command('sail').action(later) }) });`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(status).toBe(EXIT.suiteDefect);
    expect(stderr).toMatch(/Error: adrift[\s\S]*defect of the suite/);
  });
});
