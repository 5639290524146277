import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { type BrokerMachine, ensureBroker } from './ensure-broker.ts';

vi.spyOn(process.stderr, 'write').mockImplementation(() => true);

let cache: string;
let root: string;

beforeEach(() => {
  cache = temporaryFolder();
  root = join(cache, '4.0');
});

function machine(exitCode = 0): BrokerMachine & { readonly fetched: string[] } {
  const fetched: string[] = [];
  return {
    fetched,
    isThere: () => existsSync(join(root, 'rabbitmq')),
    fetch: async (folder, debian) => {
      fetched.push(debian);
      mkdirSync(folder);
      writeFileSync(join(folder, 'rabbitmq'), '');
      return { found: true, exitCode, output: 'apt says\nE: no such mirror' };
    },
  };
}

it('fetches the release of Debian that has the series, once', async () => {
  const bare = machine();
  await ensureBroker('4.0', bare, root);
  await ensureBroker('4.0', bare, root);
  expect(bare.fetched).toEqual(['trixie']);
  expect(readdirSync(cache)).toEqual(['4.0']);
});

it('leaves nothing behind when the fetch fails, and tells what the tool said', async () => {
  await expect(ensureBroker('4.0', machine(100), root)).rejects.toMatchObject({
    exitCode: EXIT.unavailable,
    message: expect.stringContaining('E: no such mirror'),
  });
  expect(readdirSync(cache)).toEqual([]);
});

it('does not take another version for the wanted one', async () => {
  const other = { ...machine(), isThere: () => false };
  await expect(ensureBroker('3.10', other, root)).rejects.toThrow('Debian bookworm has another version');
});
