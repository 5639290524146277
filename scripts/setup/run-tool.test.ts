import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lastLines, runTool } from './run-tool.ts';

const MODULE = fileURLToPath(new URL('run-tool.ts', import.meta.url));

describe('a tool of the machine', () => {
  it('gives its exit code and all that it printed, as it prints it', async () => {
    const heard: string[] = [];
    const args = ['-c', 'echo out; echo err >&2; exit 3'];
    const result = await runTool({ command: 'sh', args, onOutput: (text) => heard.push(text) });
    expect(result).toMatchObject({ found: true, exitCode: 3 });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
    expect(heard.join('')).toBe(result.output);
  });

  it('is heard to the end of what it printed, however much that is', async () => {
    const { output } = await runTool({ command: 'sh', args: ['-c', 'head -c 4000000 /dev/zero'] });
    expect(output).toHaveLength(4_000_000);
  });

  it('gets the environment of this process and what is set beside it', async () => {
    const args = ['-c', 'echo $STAMPEDE_PROBE $PATH'];
    const { output } = await runTool({ command: 'sh', args, env: { STAMPEDE_PROBE: 'yes' } });
    expect(output.trim()).toBe(`yes ${process.env.PATH}`);
  });

  it('that is not there is a result, not an exception', async () => {
    expect(await runTool({ command: 'no-such-tool', args: [] })).toEqual({ found: false, exitCode: null, output: '' });
  });

  it('gets a signal that we get, ends in its own time, and then we stop', async () => {
    const tool = "trap 'kill $!; sleep 0.3; echo cleaned up; exit 0' INT; sleep 20 & echo started; wait";
    const script = `
      const { runTool } = await import(${JSON.stringify(MODULE)});
      const call = { command: 'sh', args: ['-c', ${JSON.stringify(tool)}], onOutput: (text) => process.stdout.write(text) };
      await runTool(call).catch((error) => console.log('exit code ' + error.exitCode));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    while (!output.includes('started')) await once(child.stdout, 'data');
    child.kill('SIGINT');
    await once(child, 'close');
    expect(output).toBe('started\ncleaned up\nexit code 6\n');
  });
});

it('the last lines of an output are those at its end, without the empty ones behind them', () => {
  expect(lastLines('a\nb\nc\n\n', 2)).toBe('b\nc');
});
