import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it.each(['lost-1', '20261121T1/2/7', 'runs/a:b@c'])('leaves %s as it is', (text) => {
  expect(shellWord(text)).toBe(text);
});

it.each(['$(rm -rf x)', "it's", 'a b', '-f', '', '`id`', 'a;b', '\\'])(
  'hands %j to a shell as the one word that it is',
  (text) => {
    expect(shellWord(text)).not.toBe(text);
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);
