import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typed } from '../lib/machine/typed.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const FOLDERS = ['scripts', 'testbed', 'chaos', 'reports'];
const COMMAND =
  /(?<!npx )\bstampede (gate|durability|chaos|gameday|judge|up|down|status|cluster|logs|doctor|test|bench)\b/;

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('dev/'))
    .map((path) => join(folder, path)),
);

it('every command that the suite names can be typed as it stands', () => {
  const lines = files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .map((line, index) => ({ line, where: `${file}:${index + 1}` })),
  );
  const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);
  const untypable = lines.filter(({ line }) => !isComment(line) && COMMAND.test(line)).map(({ where }) => where);
  expect(untypable).toEqual([]);
});

it('a hint keeps the instance that it speaks of', () => {
  expect(typed('up')).toBe('npx stampede up');
  expect(typed('up --game-day', 'mine')).toBe('npx stampede up --game-day --instance mine');
});
