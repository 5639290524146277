import { Command } from 'commander';
import { expect, it } from 'vitest';
import { register as bench } from '../dev/bench.ts';
import { register as test } from '../dev/test.ts';
import { register as doctor } from './doctor.ts';
import { register as down } from './down.ts';
import { register as durability } from './durability.ts';
import { register as gameday } from './gameday.ts';
import { register as gate } from './gate.ts';
import { register as judge } from './judge.ts';
import { register as status } from './status.ts';
import { register as up } from './up.ts';

const COMMANDS = { gate, durability, gameday, judge, up, down, status, doctor, test };

function program(): Command {
  const all = new Command('stampede');
  for (const register of [...Object.values(COMMANDS), bench]) register(all);
  return all;
}

function helpOf(command: Command | undefined): string {
  let help = '';
  command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

it.each(Object.keys(COMMANDS))('%s says what its exit codes mean', (name) => {
  const help = helpOf(program().commands.find((each) => each.name() === name));
  const [, codes = ''] = help.split('Exit codes');
  expect(codes).toMatch(/ 0 /);
  expect(codes).toMatch(/ (64|69) /);
});

it('every command is named, those for the suite itself too', () => {
  const help = helpOf(program());
  for (const name of [...Object.keys(COMMANDS), 'bench']) expect(help).toMatch(new RegExp(`^ {2}${name} `, 'm'));
});
