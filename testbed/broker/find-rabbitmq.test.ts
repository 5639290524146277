import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../lib/machine/testing/temporary-folder.ts';
import { findRabbitmq } from './find-rabbitmq.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function install(root: string, version: string): void {
  for (const path of ['usr/lib/rabbitmq/bin/rabbitmq-server', `usr/lib/rabbitmq/lib/rabbitmq_server-${version}/x`]) {
    mkdirSync(dirname(join(folder, root, path)), { recursive: true });
    writeFileSync(join(folder, root, path), '', { mode: 0o755 });
  }
}

const find = (series?: '3.10' | '4.0') =>
  findRabbitmq({ root: join(folder, 'machine'), path: '/usr/bin' }, series, (each) => join(folder, each));

it("is the machine's own without a wish, and with the wish for its series", () => {
  install('machine', '3.10.8');
  install('3.10', '3.10.9');
  const own = { folder: join(folder, 'machine/usr/lib/rabbitmq/bin'), version: '3.10.8' };
  expect([find(), find('3.10')]).toEqual([own, own]);
});

it('is a fetched one when the machine has another, with its folder as seen in its root', () => {
  install('machine', '3.10.8');
  expect(find('4.0')).toBeUndefined();
  install('4.0', '4.0.5');
  expect(find('4.0')).toEqual({ folder: '/usr/lib/rabbitmq/bin', version: '4.0.5', root: join(folder, '4.0') });
});

it('is not a fetched one of another series', () => {
  install('4.0', '4.10.1');
  expect(find('4.0')).toBeUndefined();
});
