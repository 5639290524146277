import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { PROFILES } from '../../lib/workload/profiles.ts';
import { prepare } from '../setup/prepare.ts';
import { register } from './gate.ts';

vi.mock('../setup/prepare.ts', () => ({ prepare: vi.fn(() => Promise.reject(new Error('it was prepared'))) }));

const runs = temporaryFolder();
afterEach(() => vi.clearAllMocks());

async function gate(...args: readonly string[]): Promise<void> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  register(program);
  for (const command of program.commands) command.exitOverride();
  await program.parseAsync(['gate', '--runs', runs, ...args], { from: 'user' });
}

describe('the gate', () => {
  it.each([
    ['an unknown defect', ['--defect', 'phantom'], { exitCode: 64 }],
    ['a share that is none', ['--defect', 'phantom-ok=5'], { exitCode: 64 }],
    ['an impossible name of an instance', ['--instance', 'No Name'], { exitCode: 64 }],
    ['an unknown profile', ['--profile', 'none'], { exitCode: 64 }],
    ['a target file that is not there', ['--target', '/none.json'], { exitCode: 64 }],
    ['a defect for a target file', ['--target', '/none.json', '--defect', 'phantom-ok'], { exitCode: 64 }],
    ['a folder that cannot be made', ['--runs', '/proc/none/runs'], { exitCode: 69 }],
    ['a seed that is no number', ['--seed', 'one'], { code: 'commander.invalidArgument' }],
  ])('refuses %s before anything is prepared', async (_what, args, refusal) => {
    await expect(gate(...args)).rejects.toMatchObject(refusal);
    expect(prepare).not.toHaveBeenCalled();
  });

  it('prepares when the arguments are right', async () => {
    await expect(gate('--defect', 'phantom-ok=0.5')).rejects.toThrow('it was prepared');
  });

  it('has a line for each profile in its help, with how long it takes', () => {
    const program = new Command();
    register(program);
    let help = '';
    program.commands[0]?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    for (const { name, about } of PROFILES) {
      expect(help).toMatch(new RegExp(`^  ${name} +${about.slice(0, 20)}`, 'm'));
      expect(about).toMatch(/\d (s|min)\b/);
    }
  });
});
